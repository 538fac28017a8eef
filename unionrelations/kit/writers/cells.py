"""Cells of a table as a reader sees them, and how wide their columns want to be. Never knows a format."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import islice

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from unionrelations.kit.documents import UNKNOWN, Grid

NARROWEST, WIDEST = 7, 60  # characters; beyond, a cell breaks into lines
LONGEST_WORD = 18  # characters; longer ones, such as addresses, break anywhere
LOOKED_AT = 500  # rows; those further down are like them
# Characters neither XML nor a font holds.
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def printable(text: str) -> str:
    return text.translate(UNPRINTABLE)


def in_words(value) -> str:
    """A cell as a reader sees it."""
    if value is None:
        return ""
    if value is UNKNOWN:
        return _("not known")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if is_number(value):
        return number_format(value)
    return str(value)


def is_number(value) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def widths(grid: Grid, room: int | None = None) -> list[int]:
    """Characters each column gets: what it wants or, where there is room for fewer, at least its longest word."""
    wanted = [_wanted(grid, column) for column in range(len(grid.headers))]
    if room is None or sum(wanted) <= room:
        return wanted
    least = [min(_room_for(_longest_word(grid, column)), one) for column, one in enumerate(wanted)]
    left, missing = max(room - sum(least), 0), sum(wanted) - sum(least)
    return [few + left * (many - few) // max(missing, 1) for few, many in zip(least, wanted, strict=True)]


def _wanted(grid: Grid, column: int) -> int:
    longest = max((len(line) for text in _cells(grid, column) for line in text.splitlines()), default=0)
    half_a_head = (len(str(grid.headers[column])) + 1) // 2  # it may break once
    return max(_room_for(_longest_word(grid, column)), min(max(longest, half_a_head, NARROWEST), WIDEST) + 2)


def _room_for(word: int) -> int:
    """Heads are bold, and a cell has edges."""
    return word + word // 6 + 2


def _longest_word(grid: Grid, column: int) -> int:
    texts = (str(grid.headers[column]), *_cells(grid, column))
    return min(max((len(word) for text in texts for word in text.split()), default=0), LONGEST_WORD)


def _cells(grid: Grid, column: int) -> list[str]:
    return [in_words(row[column]) for row in islice(grid.rows, LOOKED_AT)]
