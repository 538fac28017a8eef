"""What a spreadsheet of the corpus is made of, before it has a format. Never knows how a file is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FILES = Path(__file__).parent / "files"


@dataclass(frozen=True)
class Formula:
    """A formula with the value that was stored beside it; `value` None: nobody ever computed it."""

    text: str
    value: object = None


@dataclass(frozen=True)
class Broken:
    """A cell that shows an error, such as #REF!."""

    code: str


@dataclass(frozen=True)
class Sheet:
    """Rows as they stand, None for an empty cell. `merged` and `at` are written as the spreadsheet shows them."""

    name: str
    rows: Sequence[Sequence[object]]
    merged: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    hidden: bool = False
    at: str = "A1"


@dataclass(frozen=True)
class Csv:
    """How text of one sheet is put into bytes."""

    encoding: str = "utf-8-sig"
    separator: str = ","
    line_end: str = "\r\n"


@dataclass(frozen=True)
class Book:
    sheets: Sequence[Sheet]
    csv: Csv = Csv()


def book(*sheets: Sheet | Sequence[Sequence[object]], csv: Csv | None = None, **more) -> Book:
    """Sheets, or the rows of a single one with what else a Sheet takes."""
    named = [one if isinstance(one, Sheet) else Sheet("Sheet1", one, **more) for one in sheets]
    return Book(named, csv or Csv())


def column_number(letters: str) -> int:
    """From 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def place(cell: str) -> tuple[int, int]:
    """Row and column of a cell such as D9, both from 0."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, column_number(letters)


def area(cells: str) -> tuple[int, int, int, int]:
    """First row, first column, last row and last column of A1:D1, from 0."""
    first, last = cells.split(":")
    return (*place(first), *place(last))


def grid(text: str) -> list[list[object]]:
    """Rows as lines, cells parted by |. `#6` is a number, `@2023-06-18` a date cell, `!#REF!` an error,
    `{=A1+1 -> #7}` a formula with its stored value, `{=A1+1}` one that was never computed, `\\n` a line break."""
    lines = text.removeprefix("\n").removesuffix("\n").split("\n")
    return [[_cell(one.strip(" ")) for one in line.split("|")] if line.strip() else [] for line in lines]


def _cell(text: str) -> object:
    if text.startswith("{=") and text.endswith("}"):
        formula, _arrow, value = text[1:-1].partition(" -> ")
        return Formula(formula, _cell(value))
    if text.startswith("@"):
        return date.fromisoformat(text[1:])
    if text.startswith("!"):
        return Broken(text[1:])
    if text.startswith("#"):
        return float(text[1:]) if "." in text else int(text[1:])
    return text.replace("\\n", "\n") or None
