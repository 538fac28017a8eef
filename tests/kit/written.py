"""What is read back from a written file: words, tables, and how a page lies. And documents to write."""

from __future__ import annotations

import io
import struct
import zlib

from docx import Document as read_docx
from openpyxl import load_workbook
from pypdf import PdfReader

from unionrelations.kit.documents import Document, Grid, Official


class TinyChart:
    """As small as a chart can be: one column, drawn in lines and in dots."""

    title = "Đoàn ra theo năm"
    alt = "Đoàn ra theo năm: 2022 có 5."

    def __init__(self, *, empty=False):
        self.empty = empty

    def svg(self, width=720, *, links=True, standalone=False):
        if self.empty:
            return ""
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 90"><path d="M9 9h40v80H9z"/></svg>'

    def png(self, width=1400):
        if self.empty:
            return b""
        rows = zlib.compress((b"\0" + b"\x20" * 8) * 4)
        parts = ((b"IHDR", struct.pack(">IIBBBBB", 8, 4, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
        chunks = (struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in parts)
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def official(**more) -> Official:
    return Official(
        **{
            "superior": "Tổng Liên đoàn Lao động Việt Nam",
            "issuer": "Công đoàn Công Thương Việt Nam",
            "number": "/BC-…",
            "subject": "Kết quả công tác đối ngoại nhiệm kỳ 2018–2023",
            "period": "(26/09/2018 – 02/12/2023)",
            "recipients": ("- Tổng Liên đoàn Lao động Việt Nam;", "- Lưu: VT."),
            "signing": "TM. Ban Thường vụ",
            "signer": "Chủ tịch",
        }
        | more
    )


def grid(rows=3, columns=2, **more) -> Grid:
    heads = tuple(f"Cột {number}" for number in range(columns))
    return Grid(heads, tuple(tuple(f"ô {row}.{one}" for one in range(columns)) for row in range(rows)), **more)


def of_one(*blocks, **more) -> Document:
    return Document("Báo cáo", blocks, **more)


def docx_of(written: bytes):
    return read_docx(io.BytesIO(written))


def docx_words(written: bytes) -> str:
    """Every word of the body, in order, tables included."""
    docx = docx_of(written)
    lines = []
    for one in docx.element.body.iterchildren():
        lines += [paragraph.text for paragraph in one.iter("{*}p")]
    return "\n".join(lines)


def pdf_words(written: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages)


def sheets_of(written: bytes) -> dict[str, list[tuple]]:
    book = load_workbook(io.BytesIO(written))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
