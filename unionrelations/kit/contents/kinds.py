"""The kinds of file that are kept, and the way to refuse one. Never looks into a file."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """Why a file is not kept, in a sentence for the person, which may name the file and further words."""

    def __init__(self, sentence: str, **words: str):
        super().__init__(sentence)
        self.sentence, self.words = sentence, words

    def about(self, name: str) -> Refused:
        """The same, with the file's name in its sentence."""
        return Refused(self.sentence % {"name": name, **self.words})


@dataclass(frozen=True)
class Kind:
    suffixes: tuple[str, ...]  # names it goes by; the first is ours
    media_type: str

    @property
    def suffix(self) -> str:
        return self.suffixes[0]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

PDF = Kind(("pdf",), "application/pdf")
DOC = Kind(("doc",), "application/msword")
XLS = Kind(("xls",), "application/vnd.ms-excel")
DOCX = Kind(("docx",), f"{_OFFICE}.wordprocessingml.document")
XLSX = Kind(("xlsx",), f"{_OFFICE}.spreadsheetml.sheet")
PPTX = Kind(("pptx",), f"{_OFFICE}.presentationml.presentation")
ODT = Kind(("odt",), f"{_OPEN}.text")
ODS = Kind(("ods",), f"{_OPEN}.spreadsheet")
JPEG = Kind(("jpg", "jpeg"), "image/jpeg")
PNG = Kind(("png",), "image/png")
TIFF = Kind(("tif", "tiff"), "image/tiff")
WEBP = Kind(("webp",), "image/webp")
HEIC = Kind(("heic", "heif"), "image/heic")
TEXT = Kind(("txt", "csv"), "text/plain")

KINDS = (PDF, DOC, DOCX, XLS, XLSX, PPTX, ODT, ODS, JPEG, PNG, TIFF, WEBP, HEIC, TEXT)
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)
BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in kind.suffixes}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}
