"""The text of a kept file, for whoever searches. Pictures are not read.

A file comes from anywhere, and its reader may hang or eat all memory over it. So it is read by a program of its own
with little time and little memory; of a document too long for that, what was read until then is the text.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.sax import make_parser
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from python_calamine import load_workbook

from .texts.plain import text_of_plain
from .texts.word import text_of_docx

SECONDS = 40  # by the clock
WORKING_SECONDS = 20  # of a processor's time
MEMORY = 1024 * 1024 * 1024  # bytes
LONGEST = 1_000_000  # characters; what comes after is not searched
MOST_PAGES = 2_000
COMMAND = ("-m", "unionrelations.kit.text_layers")
LARGEST_PART = 64 * 1024 * 1024  # bytes of one part of an archive, unpacked


class Unreadable(Exception):
    """The file's text cannot be told: it is damaged, locked, or asked for too much."""


def text_layer(path: str, suffix: str) -> str:
    """The text of the file, up to LONGEST characters; "" where it has none. Raises Unreadable."""
    if suffix not in READERS:
        return ""
    command = [sys.executable, *COMMAND, path, suffix]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, cwd=ROOT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as late:
        if late.stdout:
            return late.stdout.decode(errors="ignore")[:LONGEST]
        raise Unreadable from None
    if done.returncode and not done.stdout:
        raise Unreadable
    return done.stdout.decode(errors="ignore")[:LONGEST]


def _pages(path: str) -> Iterator[str]:
    reader = PdfReader(path)
    if reader.is_encrypted:
        reader.decrypt("")
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return
        try:
            yield page.extract_text()
        except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            continue  # one damaged page does not hide the others


def _rows(path: str) -> Iterator[str]:
    book = load_workbook(path)
    for name in book.sheet_names:
        yield name
        for row in book.get_sheet_by_name(name).iter_rows():
            yield " ".join(str(cell) for cell in row if cell not in ("", None))


def _word(path: str) -> Iterator[str]:
    yield text_of_docx(Path(path).read_bytes(), path)


def _plain(path: str) -> Iterator[str]:
    yield text_of_plain(Path(path).read_bytes(), path)


def _open_text(path: str) -> Iterator[str]:
    yield from _paragraphs(path, lambda part: part == "content.xml")


def _slides(path: str) -> Iterator[str]:
    yield from _paragraphs(path, lambda part: part.startswith("ppt/slides/slide") and part.endswith(".xml"))


def _paragraphs(path: str, is_wanted) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if is_wanted(part.filename) and part.file_size <= LARGEST_PART:
                reader, parser = _Paragraphs(), make_parser()
                parser.setFeature(feature_namespaces, True)
                parser.setContentHandler(reader)
                with archive.open(part) as stream:
                    parser.parse(stream)
                yield "\n".join(reader.lines)


class _Paragraphs(ContentHandler):
    """Lines of text, of the paragraphs and headings of a text or of slides."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0

    def startElementNS(self, name, qname, attrs):
        self.depth += name[1] in ("p", "h")
        if name[1] in ("s", "tab", "line-break", "br"):
            self.line.append(" ")

    def characters(self, content):
        if self.depth:
            self.line.append(content)

    def endElementNS(self, name, qname):
        if name[1] in ("p", "h"):
            self.depth -= 1
            self.lines.append("".join(self.line))
            self.line = []


READERS = {
    "pdf": _pages,
    "docx": _word,
    "txt": _plain,
    "odt": _open_text,
    "pptx": _slides,
    **dict.fromkeys(("xlsx", "xls", "ods"), _rows),
}
ROOT = Path(__file__).parents[2]


def _read_apart(path: str, suffix: str) -> None:
    """What the other program does: writes the text out piece by piece, so that nothing read is lost at the end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (WORKING_SECONDS, WORKING_SECONDS + 1))
    written = 0
    with os.fdopen(sys.stdout.fileno(), "wb", closefd=False) as out:
        for piece in READERS[suffix](path):
            out.write(f"{piece}\n".encode(errors="ignore"))
            out.flush()
            written += len(piece)
            if written > LONGEST:
                return


if __name__ == "__main__":
    _read_apart(*sys.argv[1:])
