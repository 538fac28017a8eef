"""Opening a spreadsheet file, whatever its name says. Never trusts the file: what is no spreadsheet is told apart."""

from __future__ import annotations

from io import BytesIO

import olefile
from django.utils.translation import gettext as _

from .archives import Archive
from .books import MOST_BYTES, Book, Unreadable, damaged, locked
from .csv import read_csv
from .ods import read_ods
from .xls import read_xls
from .xlsx import read_xlsx

PLAIN_TEXT = (".csv", ".tsv", ".txt", ".tab")
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06")
OLDER_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
    b"\0\0\0\x0cftyp",
    b"\0\0\0\x18ftyp",
)
WEB_PAGES = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<div", b"mime-version:", b"<body")


def open_book(content: bytes, name: str) -> Book:
    """The book in a file. The name tells only plain text apart, and stands in sentences.

    Raises Unreadable, with one sentence for whoever sent the file.
    """
    if not content.strip(b"\0 \r\n\t"):
        raise Unreadable(_("“%(name)s” is empty; choose the file with the table.") % {"name": name})
    if len(content) > MOST_BYTES:
        raise Unreadable(
            _("“%(name)s” is larger than %(most)d MB; divide it into several files.")
            % {"name": name, "most": MOST_BYTES // 2**20}
        )
    if content.startswith(ZIP):
        return _from_zip(content, name)
    if content.startswith(OLE):
        return _from_ole(content, name)
    _refuse_others(content, name)
    if name.lower().endswith(PLAIN_TEXT):
        return read_csv(content)
    raise _no_spreadsheet(name)


def _from_zip(content: bytes, name: str) -> Book:
    archive = Archive(content)
    if "mimetype" in archive and b"opendocument.spreadsheet" in archive.read("mimetype", 1000):
        return read_ods(archive)
    if "xl/workbook.bin" in archive:
        raise _older(name)
    if "[Content_Types].xml" in archive and archive.any_under("xl/"):
        return read_xlsx(archive)
    raise _no_spreadsheet(name)


def _from_ole(content: bytes, name: str) -> Book:
    try:
        with olefile.OleFileIO(BytesIO(content)) as parts:
            found = {one for one in ("EncryptedPackage", "Workbook", "Book") if parts.exists(one)}
    except Exception:  # the library raises whatever a broken file leads it to
        raise damaged() from None
    if "EncryptedPackage" in found:
        raise locked()
    if found:
        return read_xls(content)
    raise _no_spreadsheet(name)


def _refuse_others(content: bytes, name: str) -> None:
    start = content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"%pdf"):
        raise Unreadable(
            _("“%(name)s” is a PDF, not a spreadsheet; send the file it was printed from.") % {"name": name}
        )
    if content.startswith(PICTURES):
        raise Unreadable(
            _("“%(name)s” is a picture, not a spreadsheet; type the table into one and send that.") % {"name": name}
        )
    if start.startswith(WEB_PAGES) or (start.startswith(b"<?xml") and b"<html" in content[:4000].lower()):
        raise Unreadable(
            _("“%(name)s” is a web page inside; open it in a spreadsheet program, save it as .xlsx and send that.")
            % {"name": name}
        )
    if content.startswith(OLDER_EXCEL) or start.startswith((b"<?xml", b"{\\rtf")):
        raise _older(name)


def _older(name: str) -> Unreadable:
    return Unreadable(
        _(
            "“%(name)s” is in a format that is not read here; "
            "open it in a spreadsheet program, save it as .xlsx and send that."
        )
        % {"name": name}
    )


def _no_spreadsheet(name: str) -> Unreadable:
    return Unreadable(
        _("“%(name)s” is not a spreadsheet; send a file saved as .xlsx, .xls, .ods or .csv.") % {"name": name}
    )
