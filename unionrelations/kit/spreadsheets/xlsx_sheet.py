"""One sheet of an Excel book, cell by cell. Never knows what the cells are about.

Written for speed: a sheet may hold millions of cells, and empty ones cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from .archives import DEEPEST, Archive
from .books import (
    LONGEST_CELL,
    MOST_MERGES,
    Fault,
    Room,
    Sheet,
    Value,
    check_column,
    check_length,
    damaged,
    error,
    on_its_day,
    uncalculated,
    whole,
)
from .elements import text_of

FIGURES = "0123456789"
MOST_REMEMBERED = 20_000  # values of one style met before, which are kept once
ROW, CELL, VALUE, FORMULA, TEXT, SPOKEN, MERGE = range(1, 8)
KINDS = {"row": ROW, "c": CELL, "v": VALUE, "f": FORMULA, "t": TEXT, "rPh": SPOKEN, "mergeCell": MERGE}
# Formatted cells and rows without a value, as every common program writes them: a million of them cost a second.
IDLE_CELL = rb'<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+ ?+(?:/>|></c>)'
IDLE_ROW = rb'<row r="[0-9]++"[^<>]*+(?:(?<=/)>|(?<!/)>(?:' + IDLE_CELL + rb")*+</row>)"
IDLE = re.compile(
    rb"<(?:" + IDLE_CELL[1:] + rb"(?:" + IDLE_CELL + rb")*+|" + IDLE_ROW[1:] + rb"(?:" + IDLE_ROW + rb")*+)"
)
TOLD = (VALUE, FORMULA, TEXT)  # what a cell says


class SheetReader:
    """Fills a Sheet from the part that holds it."""

    def __init__(
        self, sheet: Sheet, strings: list[str | None], formats: list[str], from_1904: bool, room: Room
    ) -> None:
        self.sheet, self.strings, self.formats, self.room = sheet, strings, formats, room
        self.epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        self.met: dict[tuple[str, str], dict[str, Value]] = {}  # by type and style, values by how they are written
        self.columns: dict[str, int] = {}
        self.row, self.hidden, self.in_row = 0, False, False
        self.cells: list[Value] = []
        self.column, self.spoken, self.depth = -1, False, 0
        self.cell: dict[str, str] | None = None
        self.said: str | None = None  # inside an element that tells something: what it told so far
        self.value: str | None = None
        self.formula: str | None = None
        self.words = ""

    def read(self, archive: Archive, part: str, namespaces: Iterable[str]) -> None:
        self.kinds = {f"{namespace} {name}": kind for namespace in namespaces for name, kind in KINDS.items()}
        archive.parse(part, self._start, self._end, self._text, IDLE)
        self.sheet.lines.sort(key=lambda line: line.number)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = self.kinds.get(name)
        if kind == CELL:
            if self.cell is not None:
                raise damaged()
            self.cell = attributes
            if reference := attributes.get("r"):
                letters = reference.rstrip(FIGURES)
                column = self.columns.get(letters)
                if column is None:
                    column = self.columns[letters] = _from_letters(letters)
                self.column = column
            else:
                self.column += 1
        elif self.cell is not None and kind in TOLD:
            if self.said is not None:
                raise damaged()
            self.said = ""
        elif kind == ROW:
            self._begin_row(attributes)
        else:
            self.depth += 1
            if self.depth > DEEPEST:
                raise damaged()
            self.spoken = self.spoken or kind == SPOKEN
            if kind == MERGE:
                self._merge(attributes.get("ref", ""))

    def _end(self, name: str) -> None:
        kind = self.kinds.get(name)
        if kind == CELL:
            if self.value is not None or self.words or self.formula is not None:
                self._keep()
                self.value, self.formula, self.words = None, None, ""
            else:
                self.room.waste()
            self.cell = None
        elif self.cell is not None and kind in TOLD:
            if kind == VALUE:
                self.value = self.said
            elif kind == FORMULA:
                self.formula = self.said
            elif self.said and not self.spoken:
                self.words += self.said
                check_length(len(self.words), self.column, self.row)
            self.said = None
        elif kind == ROW:
            if self.cells:
                self.sheet.lines.append(self.room.line(self.row, self.cells, self.hidden))
            else:
                self.room.waste()
            self.in_row = False
        else:
            self.depth -= 1
            self.room.waste()
            self.spoken = self.spoken and kind != SPOKEN

    def _text(self, words: str) -> None:
        if self.said is not None:
            self.said += words
            if len(self.said) > LONGEST_CELL:
                check_length(len(self.said), self.column, self.row)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        if self.in_row:
            raise damaged()
        number = attributes.get("r", "")
        self.row = int(number) if number.isdecimal() and len(number) < 9 else self.row + 1
        self.hidden = attributes.get("hidden", "0") in ("1", "true")
        self.in_row, self.cells, self.column = True, [], -1

    def _keep(self) -> None:
        value, column = self._read(), self.column
        if value is None:
            return
        missing = column - len(self.cells)
        if missing < 0:  # cells out of order, or told twice
            self.cells[column] = value
            return
        if missing:
            check_column(column)
            self.cells.extend([None] * missing)
        self.cells.append(value)

    def _read(self) -> Value:
        attributes, written = self.cell or {}, self.value
        kind = attributes.get("t", "n")
        if kind == "s" and written:
            return self._shared(written)
        if kind == "inlineStr" or self.words:
            return self._own(text_of(self.words))
        if kind == "str" and written is not None:
            return self._own(text_of(written))
        if not written or written.isspace():
            return None if self.formula is None else self._own(uncalculated(self.formula))
        style = attributes.get("s", "")
        met = self.met.get((kind, style))
        if met is None:
            met = self.met[kind, style] = {}
        if written in met:
            return met[written]
        value = self._own(self._number(kind, written, style))
        if len(met) < MOST_REMEMBERED:
            met[written] = value
        return value

    def _own(self, value: Value) -> Value:
        self.room.take(value)
        return value

    def _shared(self, written: str) -> Value:
        try:
            words = self.strings[int(written)]
        except (ValueError, IndexError):
            raise damaged() from None
        if words is not None and len(words) > LONGEST_CELL:
            check_length(len(words), self.column, self.row)
        return words

    def _number(self, kind: str, written: str, style: str) -> Value:
        """Numbers, days, yes and no, and errors."""
        if kind == "b":
            return written.strip() in ("1", "true")
        if kind == "e":
            return error(written.strip())
        if kind == "d":
            return _day_from_text(written.strip())
        try:
            number = float(written)
        except ValueError:
            raise damaged() from None
        if style.isdecimal() and int(style[:9]) < len(self.formats) and self.formats[int(style)] == "date":
            return day_from_number(number, self.epoch)
        return whole(number)

    def _merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        if len(self.sheet.merges) < MOST_MERGES and last:
            ends = [(one.rstrip(FIGURES), one[len(one.rstrip(FIGURES)) :]) for one in (first, last)]
            (left, top), (right, bottom) = ends
            if top.isdecimal() and bottom.isdecimal():
                self.sheet.merges.append((int(top[:9]), _from_letters(left), int(bottom[:9]), _from_letters(right)))


def day_from_number(number: float, epoch=WINDOWS_EPOCH) -> Value:
    """The day, moment or time a spreadsheet means by a number."""
    try:
        moment = from_excel(number, epoch)
    except (ValueError, OverflowError):
        return Fault(str(whole(number)), _("There is no such day. Type it anew, such as 12/06/2023."))
    return on_its_day(moment) if hasattr(moment, "date") else moment


def _day_from_text(written: str) -> Value:
    try:
        moment = from_ISO8601(written)
    except (ValueError, OverflowError, TypeError):
        return Fault(written[:60], _("There is no such day. Type it anew, such as 12/06/2023."))
    if isinstance(moment, timedelta):
        return written
    return on_its_day(moment) if hasattr(moment, "date") else moment


def _from_letters(letters: str) -> int:
    """2 for "C"."""
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise damaged()
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1
