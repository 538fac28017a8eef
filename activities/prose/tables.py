"""Tables pasted as text: rows of cells parted by tabs or bars. Never guesses what a column without a heading holds.

A row's first words and a column's heading say together what a number is: indicator by row and year by column, union by
row and indicator by column, year by row and indicator by column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from . import words
from .candidates import Candidate, candidates
from .clear import Clear
from .meaning import Meaning
from .numbers import Number, numbers
from .printed import Printed, periods
from .speakers import OURS, Mention, mentions
from .unions import UnionNames

CELL = re.compile(r"[^\t|\n]+")
RUNNING = re.compile(r"(?:stt|tt|no\.?|#|số thứ tự)$")
TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng|total|all)\b")
PEOPLE = re.compile(r"\b(?:lượt|người|cán bộ|khách|people|officials|person|guests|individuals|participants)\b")
PEOPLE_OF = {
    "delegations_out": "officials_out",
    "delegations_in": "guests_in",
    "courses": "trainees",
    "conferences_abroad": "officials_conferences_abroad",
    "conferences_home": "officials_conferences_home",
}
EVENTS = re.compile(r"^(?:số )?(?:lượng|đoàn|số đoàn|kết quả|tổng số|số|thực hiện|number|delegations|events|result)$")


@dataclass(frozen=True)
class Cell:
    start: int
    end: int
    text: str

    @property
    def is_number(self) -> bool:
        return re.fullmatch(r"\d{1,3}(?:[.,]\d{3})*|\d+", self.text) is not None


@dataclass(frozen=True)
class Head:
    """What a heading of a column, or the words of a row, say of its numbers."""

    indicator: str = ""
    period: Printed | None = None
    body: Mention | None = None
    is_people: bool = False
    is_events: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class Entry:
    """A number of a table and what row and column say of it; what they do not say is that of the text around."""

    candidate: Candidate
    period: Printed | None
    body: Mention | None


def cells(clear: Clear, start: int, end: int) -> list[Cell]:
    found = []
    for one in CELL.finditer(clear.text, start, end):
        shown = one[0].strip()
        if shown:
            first = one.start() + one[0].index(shown)
            found.append(Cell(first, first + len(shown), shown))
    return found


def is_row(clear: Clear, start: int, end: int) -> bool:
    line = clear.text[start:end]
    return "\t" in line.strip() or line.count("|") > 1


def entries(clear: Clear, rows: list[tuple[int, int]], names: UnionNames) -> Iterator[Entry]:
    """The numbers of a table whose meaning its rows and columns tell."""
    reader = _Table(clear, names)
    columns: list[Head] = []
    for start, end in rows:
        row = cells(clear, start, end)
        if not any(one.is_number and not _is_year(one) for one in row):
            columns = [reader.head(one) for one in _counted_from_label(row)]
            continue
        yield from reader.row(row, columns)


def _is_year(cell: Cell) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", cell.text) is not None


def _counted_from_label(row: list[Cell]) -> list[Cell]:
    return row[1:] if row and RUNNING.match(row[0].text) else row


class _Table:
    def __init__(self, clear: Clear, names: UnionNames) -> None:
        self.clear, self.names = clear, names

    def head(self, cell: Cell) -> Head:
        text = cell.text
        years = _year_of(cell) or next(iter(periods(self.clear.text, cell.start, cell.end)), None)
        bodies = [one for one in mentions(self.clear, cell.start, cell.end, self.names) if one.kind == OURS]
        indicator = _indicator_of(text)
        return Head(
            indicator,
            years if years and years.period else None,
            bodies[0] if bodies and not indicator else None,
            bool(PEOPLE.search(text)),
            bool(EVENTS.search(text)),
            bool(TOTAL.match(text)),
        )

    def row(self, row: list[Cell], columns: list[Head]) -> Iterator[Entry]:
        if row[0].is_number and len(row) > 2 and not row[1].is_number:
            row = row[1:]  # a running number
        label = self.head(row[0])
        if label.is_total:
            return
        before = label.indicator
        for place, cell in enumerate(row):
            if place == 0 or not cell.is_number:
                continue
            column = columns[place] if place < len(columns) else Head()
            if len(columns) not in (0, len(row)):
                column = Head()
            indicator = _together(label, column, before, len(row))
            before = indicator or before
            number = next(iter(numbers(self.clear.text, cell.start, cell.end)), None)
            if indicator and number is not None:
                yield _entry(indicator, number, cell, label, column)


def _entry(indicator: str, number: Number, cell: Cell, label: Head, column: Head) -> Entry:
    one = Candidate("cell", number, cell.start, cell.end, indicators=[indicator])
    return Entry(one, column.period or label.period, label.body or column.body)


def _together(label: Head, column: Head, before: str, width: int) -> str:
    if label.indicator:
        if column.is_people and not column.period:
            return PEOPLE_OF.get(label.indicator, "")
        if column.period or column.is_events or column.body or (width == 2 and not column.indicator):
            return label.indicator
        return ""
    if not (label.body or label.period):
        return ""
    return column.indicator or (PEOPLE_OF.get(before, "") if column.is_people else "")


def _year_of(cell: Cell) -> Printed | None:
    if not _is_year(cell):
        return None
    found = periods(f"năm {cell.text}", 0, len(cell.text) + 4)
    return Printed(cell.start, cell.end, "year", cell.text, found[0].period)


@lru_cache(maxsize=10_000)
def _indicator_of(label: str) -> str:
    """The indicator a label names by itself: the same grammar reads it as if a number stood behind."""
    text = f"{label}: 1"
    found = candidates(text, 0, len(text), [])
    Meaning(text, 0, len(text), found, text + " đối ngoại").settle()
    return next((one.indicator for one in found if one.indicator and one.noun != words.ONLINE), "")
