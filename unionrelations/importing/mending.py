"""The refused rows of a spreadsheet, handed back as that spreadsheet: bad cells marked, each with a comment saying why.

Good rows are hidden, not taken out, so every row keeps its number and the file can be handed in again as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from unionrelations.kit.importing.drafts import shown
from unionrelations.kit.spreadsheets import Book, Fault, open_book

from .plan import Line, Plan

AS_IT_IS = 5_000_000  # bytes of a spreadsheet that is marked in place; a larger one is written anew, without its looks
BAD = PatternFill("solid", fgColor="F9D6D5")
AUTHOR = "Union Relations"
WIDE, HIGH = 320, 120  # points of a comment


def write_refused(plan: Plan, content: bytes) -> bytes:
    """The spreadsheet with comments; .xlsx, whatever it was."""
    book = open_book(content, plan.context.file_name)
    sheets = load_workbook(BytesIO(content), keep_links=False) if _can_be_marked(book, content) else _anew(book)
    for line in plan.lines:
        name = line.table.sheet
        sheet = sheets[name] if name in sheets.sheetnames else sheets.worksheets[0]
        if line.verdict == "refused":
            for cell, words in _comments(sheet, line):
                cell.fill, cell.comment = BAD, Comment(words, AUTHOR, height=HIGH, width=WIDE)
        else:
            sheet.row_dimensions[line.row.number].hidden = True
    written = BytesIO()
    sheets.save(written)
    return written.getvalue()


def _can_be_marked(book: Book, content: bytes) -> bool:
    return book.kind == "xlsx" and len(content) < AS_IT_IS


def _comments(sheet, line: Line) -> Iterator[tuple[Cell, str]]:
    """One for each bad cell; what belongs to no cell stands at the row's first."""
    said: dict[int, list[str]] = defaultdict(list)
    for one in line.problems:
        hint = _("Perhaps: %(suggestion)s") % {"suggestion": one.suggestion} if one.suggestion else ""
        place = one.position if one.position is not None else line.table.headings[0].position
        about = "" if one.position is not None else f"{one.column}: "
        said[place].append(f"{about}{one.reason} {hint}".strip())
    for place, words in said.items():
        cell = sheet.cell(row=line.row.number, column=place + 1)
        if isinstance(cell, Cell):
            yield cell, "\n".join(words)
        else:  # a merged cell is written in its first one
            first = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
            yield sheet.cell(row=first.min_row, column=first.min_col), "\n".join(words)


def _anew(book: Book) -> Workbook:
    """The same cells in a new workbook, every row at its number."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for sheet in book.sheets:
        page = made.create_sheet(sheet.name[:31] or _("Sheet"))
        for line in sheet.lines:
            for place, value in enumerate(line.cells):
                if value is not None:
                    cell = page.cell(row=line.number, column=place + 1)
                    told = shown(value) if isinstance(value, Fault) else value
                    cell.value = ILLEGAL_CHARACTERS_RE.sub("", told) if isinstance(told, str) else told
                    if isinstance(value, str) and value.startswith("="):
                        cell.data_type = "s"
        for row in page.iter_rows(max_row=1):
            for cell in row:
                cell.font = Font(bold=True)
    return made
