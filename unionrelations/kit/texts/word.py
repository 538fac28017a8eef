"""The text of a Word file (.docx): paragraphs, tables and footnotes, in their order. Never runs or fetches anything."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_PART = 16 * 1024 * 1024  # bytes of one part unpacked: more than 500 pages; a bomb has more still
BODY, FOOTNOTES, ENDNOTES = "word/document.xml", "word/footnotes.xml", "word/endnotes.xml"

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What the readers of packages and of XML raise where bytes are missing or wrong.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    SAXException,
    KeyError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
)


class _TooLarge(Exception):
    """A part unpacks to more than is ever read."""


def text_of_docx(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            held = set(package.namelist())
            if BODY not in held:
                raise _other_package(held, package, name)
            parts = [BODY, *(one for one in (FOOTNOTES, ENDNOTES) if one in held)]
            return "\n".join(line for part in parts for line in _lines(_unpacked(package, part)))
    except _TooLarge:
        raise ValidationError(
            _("“%(name)s” unpacks to more than %(most)d MB and is not read. Paste its text instead.")
            % {"name": name, "most": LARGEST_PART // 1024 // 1024}
        ) from None
    except DefusedXmlException:
        raise ValidationError(
            _("“%(name)s” holds references that a Word file never needs and is not read. Paste its text instead.")
            % {"name": name}
        ) from None
    except _DAMAGED:
        raise ValidationError(
            _("“%(name)s” is damaged and cannot be read. Open it in Word and save it anew, or paste its text.")
            % {"name": name}
        ) from None


def _other_package(held: set[str], package: zipfile.ZipFile, name: str) -> ValidationError:
    """Why a package that is no Word file is not read."""
    if "mimetype" in held and package.read("mimetype")[:80].endswith(b"opendocument.text"):
        return ValidationError(
            _("“%(name)s” is an OpenDocument file. Save it as .docx, or paste its text.") % {"name": name}
        )
    if any(one.startswith("xl/") for one in held) or "content.xml" in held:
        return ValidationError(_("“%(name)s” is a spreadsheet, not a report in words.") % {"name": name})
    return ValidationError(
        _("“%(name)s” is neither text, Word (.docx) nor PDF. Save it as one of these, or paste its text.")
        % {"name": name}
    )


def _unpacked(package: zipfile.ZipFile, part: str) -> io.BytesIO:
    """What the part really holds; the size it claims is not believed."""
    with package.open(part) as stream:
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise _TooLarge
    return io.BytesIO(content)


def _lines(part: io.BytesIO) -> list[str]:
    reader, parser = _Reader(), make_parser()
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(reader)
    parser.parse(part)
    return reader.lines


class _Reader(ContentHandler):
    """Keeps a line for each paragraph and each row of a table, whose cells stand apart by a tab. Builds no tree."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.line: list[str] = []
        self.rows: list[list[list[str]]] = []  # rows begun, the innermost last: cells, each with its paragraphs
        self.in_words = False
        self.twins = 0  # how deep in what Word writes a second time for older programs

    def startElementNS(self, name, qname, attrs):
        space, tag = name
        self.twins += tag == "Fallback"
        if space not in _WORD or self.twins:
            return
        self.in_words = tag == "t"
        if tag in _SIGNS:
            self.line.append(_SIGNS[tag])
        elif tag == "tr":
            self.rows.append([])
        elif tag == "tc" and self.rows:
            self.rows[-1].append([])

    def characters(self, content):
        if self.in_words:
            self.line.append(content)

    def endElementNS(self, name, qname):
        space, tag = name
        self.in_words = False
        self.twins -= tag == "Fallback"
        if space not in _WORD or self.twins:
            return
        if tag == "p":
            self._place("".join(self.line))
            self.line = []
        elif tag == "tr" and self.rows:
            cells = self.rows.pop()
            self._place("\t".join(" ".join(filter(None, one)) for one in cells))

    def _place(self, text: str) -> None:
        """Into the cell it stands in, else a line of its own."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(text)
        elif text.strip():
            self.lines.append(text)
