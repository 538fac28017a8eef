"""What a spreadsheet file holds: a book, its sheets, their lines and cells. Never knows what the cells are about."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal, TypeAlias

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

# Limits. A book within them is read in bounded memory; a book of an office is far from all of them.
MOST_BYTES = 100 * 2**20  # of a file: 200,000 full rows of numbers weigh less
MOST_ROWS = 250_000  # filled lines of a book: a hundred years of the busiest union
MOST_COLUMNS = 512  # filled ones: the widest known form has 40; a wider sheet is no register
MOST_SHEETS = 255  # one for each province and month would still do
MOST_STRINGS = 1_000_000  # different texts of a book
MOST_IDLE = 2_000_000  # elements that bring no value; empty cells as programs write them are passed over before
MOST_IDLE_OF_LINE = 100
MOST_MERGES = 200_000  # merged cells of a sheet: one for each line
LONGEST_CELL = 32_767  # characters: what spreadsheet programs themselves allow
MOST_KEPT = 280 * 2**20  # bytes of values kept, the larger part of what a reading process may take

BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\t"), " ") | dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
UNEVEN = re.compile("[\x00-\x09\x0b-\x1f\x7f\u00a0\u2007\u202f\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")


class Unreadable(Exception):
    """A file that is not read. `str()` is one translated sentence: what is wrong with it and how to mend it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a value that can be used: as the spreadsheet shows it, and why."""

    shown: str
    reason: str


Value: TypeAlias = str | int | float | bool | date | datetime | time | Fault | None


@dataclass(slots=True)
class Line:
    """A line that is not blank; the number is the one the spreadsheet shows beside it."""

    number: int
    cells: tuple[Value, ...]
    hidden: bool = False


Merge: TypeAlias = tuple[int, int, int, int]  # first row, first column, last row, last column; columns from 0


@dataclass(slots=True)
class Sheet:
    name: str
    hidden: bool = False
    lines: list[Line] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    kind: Literal["xlsx", "xls", "ods", "csv"]
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


def in_letters(column: int, row: int | None = None) -> str:
    """ "C" for column 2, "C7" for its cell in row 7."""
    return f"{get_column_letter(column + 1)}{row or ''}"


def tidy(words: str) -> str | None:
    """Composed, every blank an ordinary one, none at the ends; None where nothing is left."""
    if not words.isprintable():  # far faster than looking for the signs themselves
        words = words.replace("\r\n", "\n").replace("\r", "\n").translate(BLANKS)
        words = UNEVEN.sub("", words)
    if not words.isascii():
        words = unicodedata.normalize("NFC", words)
    return words.strip() or None


def whole(number: float) -> int | float | Fault:
    """Spreadsheets keep every number as a float; a whole one is an int here."""
    if number != number or number in (float("inf"), float("-inf")):
        return Fault(str(number), _("This is not a number that can be used."))
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def on_its_day(moment: datetime) -> date | datetime:
    """A moment at midnight is a day."""
    return moment if (moment.hour, moment.minute, moment.second) != (0, 0, 0) else moment.date()


def error(shown: str) -> Fault:
    return Fault(shown, _("The formula in this cell ends in an error. Mend it, or type the value."))


def uncalculated(formula: str) -> Fault:
    shown = formula[:60] or "="
    return Fault(
        shown if shown.startswith("=") else f"={shown}",
        _("This formula holds no result. Open the file in a spreadsheet program and save it again, or type the value."),
    )


class Room:
    """What a book may still bring into memory. Refuses the file where it runs out."""

    def __init__(self) -> None:
        self.bytes, self.rows, self.idle = MOST_KEPT, MOST_ROWS, MOST_IDLE

    def take(self, value: object) -> None:
        self.bytes -= sys.getsizeof(value)
        if self.bytes < 0:
            raise Unreadable(
                _("This file holds more than can be read at once; divide it into several files, such as one a year.")
            )

    def waste(self) -> None:
        """One more element that brings no value. A filled line may have some."""
        self.idle -= 1
        if self.idle < 0:
            raise too_large()

    def line(self, number: int, cells: list[Value], hidden: bool = False) -> Line:
        """The line, once it is seen to be within bounds."""
        self.rows -= 1
        if self.rows < 0:
            raise Unreadable(
                _("This file has more than %(most)d filled rows; divide it into several files.") % {"most": MOST_ROWS}
            )
        self.idle += MOST_IDLE_OF_LINE
        line = Line(number, tuple(cells), hidden)
        self.take(line.cells)
        return line


def check_column(column: int) -> None:
    if column >= MOST_COLUMNS:
        raise Unreadable(
            _("This file has cells to the right of column %(last)s; delete what is not part of the table.")
            % {"last": in_letters(MOST_COLUMNS - 1)}
        )


def check_length(length: int, column: int, row: int) -> None:
    if length > LONGEST_CELL:
        raise Unreadable(
            _("Cell %(cell)s holds more than %(most)d characters; shorten it and send the file again.")
            % {"cell": in_letters(column, row), "most": LONGEST_CELL}
        )


def check_sheets(count: int) -> None:
    if count > MOST_SHEETS:
        raise Unreadable(
            _("This file has more than %(most)d sheets; keep those with the table and delete the others.")
            % {"most": MOST_SHEETS}
        )


def damaged() -> Unreadable:
    return Unreadable(
        _("This file is damaged; open it in a spreadsheet program, save it again as .xlsx and send that.")
    )


def locked() -> Unreadable:
    return Unreadable(_("This file is locked with a password; remove the password, save it and send it again."))


def too_large() -> Unreadable:
    return Unreadable(
        _("Unpacked, this file would be far too large; copy the table into a new spreadsheet and send that.")
    )
