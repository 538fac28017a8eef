"""A Document as a spreadsheet: its words on one sheet, each table on one of its own. Never holds a formula.

Numbers and days stay numbers and days. A document that is one table and nothing else, as lists are, is one sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import chain, islice
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from unionrelations.kit.documents import UNKNOWN, Document, Grid, Heading, Lines, Paragraph

from .cells import LOOKED_AT, is_number, widths

LONGEST_NAME, LONGEST_CELL = 31, 32_767  # characters a spreadsheet takes
MOST_LINES = 1_048_575  # lines under the heads
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
WORDS_WIDTH = 110  # characters: a line of text as wide as a page


class Workbook:
    """One spreadsheet in the making: its sheets' names, and how its cells look."""

    def __init__(self, title: str, file: IO[bytes], *, row_by_row: bool = False):
        kept = {"constant_memory": True} if row_by_row else {"in_memory": True}
        self.book = xlsxwriter.Workbook(file, kept | {"strings_to_formulas": False, "strings_to_urls": False})
        self.book.set_properties({"title": title})
        wrapped = {"text_wrap": True, "valign": "top"}
        self.words = self.book.add_format(wrapped)
        self.head = self.book.add_format(wrapped | {"bold": True, "bg_color": "#E8EDF3", "bottom": 1})
        self.bold = self.book.add_format(wrapped | {"bold": True})
        self.large = self.book.add_format(wrapped | {"bold": True, "font_size": 14})
        self.day = self.book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        self.whole = self.book.add_format({"num_format": "#,##0", "valign": "top"})
        self.broken = self.book.add_format({"num_format": "#,##0.##", "valign": "top"})
        self.names: set[str] = set()

    def sheet(self, wanted: str):
        """A sheet of this name, as far as spreadsheets allow it, and unlike every other."""
        plain = FORBIDDEN.sub(" ", wanted).strip(" '")[:LONGEST_NAME].strip(" '")
        plain = plain or pgettext("of a spreadsheet", "Table")
        name, number = plain, 1
        while name.lower() in self.names or name.lower() == "history":
            number += 1
            name = f"{plain[: LONGEST_NAME - len(str(number)) - 1].rstrip(' ')} {number}"
        self.names.add(name.lower())
        return self.book.add_worksheet(name)

    def grid(self, grid: Grid, name: str):
        """The table on a sheet of its own: heads that stay in sight and can be filtered by."""
        sheet = self.sheet(name)
        rows = iter(grid.rows)
        first = tuple(islice(rows, LOOKED_AT))
        for column, (text, wide) in enumerate(zip(grid.headers, widths(replace(grid, rows=first)), strict=True)):
            sheet.set_column(column, column, wide + 2)
            sheet.write_string(0, column, str(text), self.head)
        line = 0
        for line, row in enumerate(islice(chain(first, rows), MOST_LINES), 1):
            for column, value in enumerate(row):
                self._write(sheet, line, column, value)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        if grid.wide:
            sheet.set_landscape()
        if line:
            sheet.autofilter(0, 0, line, len(grid.headers) - 1)
        return sheet

    def _write(self, sheet, line: int, column: int, value) -> None:
        if value is None or value is UNKNOWN or value == "":
            return
        if isinstance(value, date):
            day = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            sheet.write_datetime(line, column, day, self.day)
        elif is_number(value):
            sheet.write_number(line, column, value, self.whole if isinstance(value, int) else self.broken)
        else:
            sheet.write_string(line, column, str(value)[:LONGEST_CELL], self.words)


def write_xlsx(document: Document) -> bytes:
    file = BytesIO()
    write_xlsx_to(file, document)
    return file.getvalue()


def write_xlsx_to(file: IO[bytes], document: Document) -> None:
    """The same into an open file; a single table whose rows come as Lines is written row by row."""
    alone = document.blocks[0] if len(document.blocks) == 1 and document.sheets is tuple else None
    if isinstance(alone, Grid):
        book = Workbook(document.title, file, row_by_row=isinstance(alone.rows, Lines))
        book.grid(alone, document.title)
        book.book.close()
        return
    book = Workbook(document.title, file)
    words = book.sheet(pgettext("of a spreadsheet", "Report"))
    line = _words(book, words, document)
    listed = [(name, book.grid(grid, grid.name or name)) for name, grid in _named(document)]
    if listed:
        words.write_string(line, 0, _("The sheets"), book.bold)
        for offset, (name, sheet) in enumerate(listed, line + 1):
            quoted = sheet.get_name().replace("'", "''")
            words.write_url(offset, 0, f"internal:'{quoted}'!A1", string=f"{sheet.get_name()}: {name}"[:LONGEST_CELL])
    book.book.close()


def _words(book: Workbook, sheet, document: Document) -> int:
    """Title and sentences, one under another; the number of the first line after them."""
    sheet.set_column(0, 0, WORDS_WIDTH)
    lines = [(document.title, book.large)]
    if document.official:
        lines.append((document.official.period, book.words))
    blocks = (*document.blocks, *document.annexes)
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Paragraph):
            lines.append((block.text, book.words))
        elif isinstance(block, Heading) and not isinstance(following, Grid):
            lines.append((block.text, book.bold))
    for number, (text, form) in enumerate(lines):
        sheet.write_string(number, 0, text[:LONGEST_CELL], form)
        sheet.set_row(number, 20 * (1 + len(text) // WORDS_WIDTH))
    return len(lines) + 1


def _named(document: Document) -> Iterator[tuple[str, Grid]]:
    """Each table with what it is called: its title, else the heading it stands under."""
    above = ""
    for block in (*document.blocks, *document.annexes):
        if isinstance(block, Heading):
            above = block.text
        elif isinstance(block, Grid):
            yield block.title or above or block.name, block
    for grid in document.sheets():
        yield grid.title or grid.name, grid
