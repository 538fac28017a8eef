"""The tables on the sheets of a book: headings, rows with their numbers, and what stands around them.

Every line of a sheet with a table that holds more than a bare number is a heading, a title, a row, or skipped for a
reason that is told. Never knows what a column means.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from unionrelations.kit.periods import Period

from .bodies import Body, Found, words_of
from .books import Book, Sheet, Value
from .headings import Head, Heading, Heads
from .stated_periods import stated_period


@dataclass(slots=True)
class FoundRow:
    """A row of data; one cell for each heading, and the group rows it stands under, outermost first."""

    number: int
    cells: tuple[Value, ...]
    groups: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(slots=True)
class Skipped:
    number: int
    why: Literal["group", "total", "note", "signature", "numbering", "heading"]
    words: str


@dataclass
class FoundTable:
    sheet: str
    headings: list[Heading]
    first_heading_row: int
    last_heading_row: int
    titles: list[str] = field(default_factory=list)
    rows: list[FoundRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    period: Period | None = None


def find_tables(book: Book, vocabulary: Collection[str] = ()) -> list[FoundTable]:
    """The tables of every sheet, in order; of hidden sheets as well. The vocabulary: known headings, folded."""
    return [table for sheet in book.sheets for table in _on(sheet, vocabulary)]


def _on(sheet: Sheet, vocabulary: Collection[str]) -> list[FoundTable]:
    heads, tables = Heads(sheet, vocabulary), []
    titles: list[int] = []
    index = 0
    while index < len(sheet.lines):
        head = heads.at(index, index - len(titles))
        if head is None:
            titles.append(index)
            index += 1
            continue
        body = Body(sheet, heads, head)
        above = [one for one in titles if one < head.first]
        tables.append(_table(sheet, head, above, body))
        titles, index = body.left_over, body.end
    return tables


def _table(sheet: Sheet, head: Head, above: list[int], body: Body) -> FoundTable:
    titles = [words_of(sheet.lines[index]) for index in above]
    headings = head.headings + [Heading(column, ()) for column in body.unheaded]
    headings.sort(key=lambda heading: heading.position)
    positions = [heading.position for heading in headings]
    return FoundTable(
        sheet=sheet.name,
        headings=headings,
        first_heading_row=sheet.lines[head.first].number,
        last_heading_row=sheet.lines[head.last].number,
        titles=titles,
        rows=[_row(one, positions) for one in body.rows],
        skipped=[Skipped(one.line.number, one.why, words_of(one.line)) for one in body.skipped if one.why],
        period=stated_period(titles) or stated_period([sheet.name]),
    )


def _row(found: Found, positions: list[int]) -> FoundRow:
    cells, width = found.cells, len(found.cells)
    if positions != list(range(width)):
        cells = tuple(cells[column] if column < width else None for column in positions)
    return FoundRow(found.line.number, cells, found.groups, found.line.hidden)
