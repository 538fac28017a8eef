"""Writes a Document in each format we offer. Never knows what the document says."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO

import typst
import xlsxwriter
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from docx import Document as Docx
from docx.oxml import OxmlElement

from .documents import Document, Grid, Heading, Paragraph

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Format:
    suffix: str
    media_type: str
    write: Callable[[Document], bytes]


def write_xlsx(document: Document) -> bytes:
    """One sheet; numbers and days stay numbers and days, words are never formulas."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    line = 0
    for block in document.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                sheet.write_string(line, 0, text, bold if isinstance(block, Heading) else None)
                line += 1
            case Grid(headers, rows):
                for column, text in enumerate(headers):
                    sheet.write_string(line, column, str(text), bold)
                if document.blocks == (block,):
                    sheet.freeze_panes(1, 0)
                for row in rows:
                    line += 1
                    for column, value in enumerate(row):
                        _write_cell(sheet, line, column, value, day)
                line += 1
    book.close()
    return buffer.getvalue()


def _write_cell(sheet, line: int, column: int, value, day) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool) or not isinstance(value, int | float | date):
        sheet.write_string(line, column, str(value)[:32767])
    elif isinstance(value, date):
        sheet.write_datetime(line, column, value, day)
    else:
        sheet.write_number(line, column, value)


def write_csv(document: Document) -> bytes:
    """The document's tables, with the mark spreadsheets need to read Vietnamese; no cell starts a formula."""
    text = StringIO()
    lines = csv.writer(text)
    for block in document.blocks:
        if isinstance(block, Grid):
            lines.writerow(block.headers)
            lines.writerows([_harmless(value) for value in row] for row in block.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(value):
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


def write_docx(document: Document) -> bytes:
    docx = Docx()
    docx.add_heading(document.title, level=0)
    for block in document.blocks:
        match block:
            case Heading(text):
                docx.add_heading(text, level=1)
            case Paragraph(text):
                docx.add_paragraph(text)
            case Grid(headers, rows):
                table = docx.add_table(rows=0, cols=len(headers), style="Table Grid")
                for row in (headers, *rows):
                    for cell, value in zip(table.add_row().cells, row, strict=True):
                        cell.text = in_words(value)
                table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    buffer = BytesIO()
    docx.save(buffer)
    return buffer.getvalue()


PAGE = """
#let data = json(bytes(sys.inputs.document))
#set document(title: data.title)
#set page(paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm), numbering: "1")
#set text(size: 11pt, lang: data.language)
#align(center, text(size: 15pt, weight: "bold", data.title))
#for block in data.blocks {
  if block.kind == "heading" [== #block.text]
  else if block.kind == "paragraph" [#par(block.text)]
  else [
    #set text(size: 9pt)
    #table(columns: block.headers.len(), table.header(..block.headers.map(one => strong(one))), ..block.rows.flatten())
  ]
}
"""


def write_pdf(document: Document) -> bytes:
    """Accessible PDF with its fonts inside. The words travel as data, so none of them is read as mark-up."""
    blocks: list[dict] = []
    for block in document.blocks:
        match block:
            case Heading(text):
                blocks.append({"kind": "heading", "text": text})
            case Paragraph(text):
                blocks.append({"kind": "paragraph", "text": text})
            case Grid(headers, rows):
                cells = [[in_words(value) for value in row] for row in rows]
                blocks.append({"kind": "grid", "headers": [str(one) for one in headers], "rows": cells})
    data = {"title": document.title, "language": get_language() or "vi", "blocks": blocks}
    return typst.compile(PAGE.encode(), sys_inputs={"document": json.dumps(data, ensure_ascii=False)})


def in_words(value) -> str:
    """A cell as a reader sees it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_format(value)
    return str(value)


FORMATS = {
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "csv": Format("csv", "text/csv; charset=utf-8", write_csv),
    "docx": Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx),
    "pdf": Format("pdf", "application/pdf", write_pdf),
}
