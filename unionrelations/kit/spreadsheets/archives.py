"""The ZIP file around .xlsx and .ods, and the XML inside, opened without harm. Never knows what the parts mean.

Sizes are checked in the directory before anything is inflated and counted again while inflating, since a directory may
lie. XML with a document type is refused: no spreadsheet program writes one, and bombs and thefts need it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from .books import Unreadable, damaged, locked, too_large

MOST_PARTS = 20_000  # files inside, pictures among them
MOST_INFLATED = 2**30  # bytes: 200,000 full rows of 100 columns are 800 MB of XML
SMALL = 32 * 2**20  # bytes inflated that harm nobody, whatever they were before
MOST_RATIO = 150  # times: formatted empty rows shrink to a fiftieth at most, a bomb to a thousandth
CHUNK = 2**17
LONGEST_TOKEN = 2**22  # bytes of one tag or comment
DEEPEST = 100  # elements inside each other

Start = Callable[[str, dict[str, str]], None]
DIRECTORY_ENTRY = b"PK\x01\x02"


class Archive:
    """The parts of a file by their names in lower case."""

    def __init__(self, content: bytes) -> None:
        if content.count(DIRECTORY_ENTRY) > MOST_PARTS:
            raise too_large()
        try:
            self.zip = ZipFile(BytesIO(content))
        except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
            raise damaged() from None
        self.parts = {_plain(info.filename): info for info in self.zip.infolist()}
        self.left = MOST_INFLATED
        inflated = sum(info.file_size for info in self.zip.infolist())
        if inflated > MOST_INFLATED or (inflated > SMALL and inflated > MOST_RATIO * len(content)):
            raise too_large()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.parts

    def any_under(self, folder: str) -> bool:
        return any(name.startswith(folder) for name in self.parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part, piece by piece."""
        info = self.parts.get(_plain(name))
        if info is None:
            raise damaged()
        _check_packing(info)
        taken = 0
        try:
            with self.zip.open(info) as part:
                while piece := part.read(CHUNK):
                    self.left -= len(piece)
                    taken += len(piece)
                    if self.left < 0 or (taken > SMALL and taken > MOST_RATIO * max(info.compress_size, 1)):
                        raise too_large()
                    yield piece
        except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
            raise damaged() from None

    def read(self, name: str, most: int) -> bytes:
        """A small part as a whole."""
        found = b""
        for piece in self.chunks(name):
            found += piece
            if len(found) > most:
                raise too_large()
        return found

    def parse(
        self,
        name: str,
        start: Start,
        end: Callable[[str], None],
        text: Callable[[str], None],
        passed_over: re.Pattern[bytes] | None = None,
    ) -> None:
        """Tells the part's elements and texts in order; a name is its namespace, a blank, and its local name.

        What is `passed_over` is cut out before, as far as it lies in one piece.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text, parser.buffer_size = True, CHUNK
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
        fed, held = 0, b""
        try:
            for piece in self.chunks(name):
                if passed_over is not None:
                    piece, held = _up_to_a_tag(held + piece)
                    piece = passed_over.sub(b"", piece)
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - max(parser.CurrentByteIndex, 0) > LONGEST_TOKEN:
                    raise damaged()
            parser.Parse(held, True)
        except (expat.ExpatError, LookupError, UnicodeError):
            raise damaged() from None


def _up_to_a_tag(piece: bytes) -> tuple[bytes, bytes]:
    """What can be looked through, and the last tag, which may go on in the next piece."""
    last = piece.rfind(b"<")
    return (piece, b"") if len(piece) - last > CHUNK or last < 0 else (piece[:last], piece[last:])


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _check_packing(info: ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise locked()
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise damaged()


def _refuse_document_type(*_declared: object) -> None:
    raise Unreadable(
        _("This file holds instructions no spreadsheet program writes; save the table anew as .xlsx and send that.")
    )
