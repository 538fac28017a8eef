"""Books of Excel before 2007. Values come from a library, what it leaves out from a light walk over the records.

Not known of such a file: whether a formula holds a result (one without reads as 0, or as nothing); links and macros are
neither followed nor run.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

import olefile
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from .books import (
    MOST_MERGES,
    Book,
    Room,
    Sheet,
    Unreadable,
    Value,
    check_column,
    check_length,
    check_sheets,
    damaged,
    error,
    locked,
    on_its_day,
    tidy,
    whole,
)

MOST_XLS = 64 * 2**20  # bytes: the old format holds 65,536 rows a sheet
MOST_SPREAD = 4_000_000  # cells between the first and the last filled one, which the library lays out in full
BOF, EOF, BOUNDSHEET, FILEPASS, SUPBOOK, SHEET, WORKSHEET = 0x809, 0x0A, 0x85, 0x2F, 0x1AE, 0x10, 0
ROW, FORMULA, BOOLERR = 0x208, 0x06, 0x205
CELLS = {0x201: 1, 0x203: 1, 0x204: 1, 0x205: 1, 0x06: 1, 0xFD: 1, 0x27E: 1, 0xBD: 0, 0xD6: 1}  # 0: many in one
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass
class Seen:
    """What the records of one sheet say beside the values."""

    hidden: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


def read_xls(content: bytes) -> Book:
    """Raises Unreadable, with a sentence for whoever sent the file."""
    if len(content) > MOST_XLS:
        raise Unreadable(_("This .xls file is too large; save it as .xlsx and send that."))
    stream, macros = _workbook_stream(content)
    seen, linked = _walk(stream)
    try:
        library = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = list(_sheets(library, seen))
    except PasswordError:
        raise locked() from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise damaged() from None
    if not sheets:
        raise damaged()
    notes = []
    if macros:
        notes.append(_("The macros in this file were left out."))
    if linked:
        notes.append(_("Links to other files were not followed; their last values were read."))
    return Book("xls", sheets, notes)


def _workbook_stream(content: bytes) -> tuple[bytes, bool]:
    try:
        with olefile.OleFileIO(BytesIO(content)) as parts:
            name = "Workbook" if parts.exists("Workbook") else "Book"
            return parts.openstream(name).read(), parts.exists("_VBA_PROJECT_CUR")
    except Exception:  # the library raises whatever a broken file leads it to
        raise damaged() from None


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Each record: its kind, where its data begins, how long they are."""
    at, header, end = 0, struct.Struct("<HH"), len(stream) - 4
    while at <= end:
        kind, length = header.unpack_from(stream, at)
        yield kind, at + 4, min(length, len(stream) - at - 4)
        at += 4 + length


def _walk(stream: bytes) -> tuple[dict[int, Seen], bool]:
    """What is seen of each sheet by where it begins, as the list of sheets says; and whether other files are linked."""
    seen: dict[int, Seen] = {}
    current, linked = Seen(), False
    for kind, at, length in _records(stream):
        if kind == FILEPASS:
            raise locked()
        if kind == BOF:
            current = seen[at - 4] = Seen()
            check_sheets(len(seen) - 2)
        elif kind == SUPBOOK and length > 4:
            linked = True
        elif kind == ROW and length >= 16:
            row, flags = struct.unpack_from("<H10xH", stream, at)
            if flags & 0x20:
                current.hidden.add(row)
        elif kind in CELLS and length >= 6:
            _see_cell(stream, kind, at, length, current)
    return seen, linked


def _see_cell(stream: bytes, kind: int, at: int, length: int, seen: Seen) -> None:
    row, column = struct.unpack_from("<HH", stream, at)
    last = column if CELLS[kind] else struct.unpack_from("<H", stream, at + length - 2)[0]
    seen.rows, seen.columns = max(seen.rows, row + 1), max(seen.columns, last + 1)
    if seen.rows * seen.columns > MOST_SPREAD:
        raise Unreadable(_("The cells of this .xls file lie too far apart; save it as .xlsx and send that."))
    if kind == BOOLERR and length >= 8 and stream[at + 7]:
        seen.errors[row, column] = ERRORS.get(stream[at + 6], "#N/A")
    elif kind == FORMULA and length >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
        seen.errors[row, column] = ERRORS.get(stream[at + 8], "#N/A")


def _sheets(library: CalamineWorkbook, seen: dict[int, Seen]) -> Iterator[Sheet]:
    room, in_order = Room(), list(seen.values())[1:]  # the first is the book itself
    check_sheets(len(library.sheets_metadata))
    for position, about in enumerate(library.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        read = library.get_sheet_by_name(about.name)
        beside = in_order[position] if position < len(in_order) else Seen()
        sheet = Sheet(tidy(about.name) or about.name, about.visible != SheetVisibleEnum.Visible)
        merged = (read.merged_cell_ranges or [])[:MOST_MERGES]
        sheet.merges = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in merged]
        sheet.lines = list(_lines(read, beside, room))
        yield sheet


def _lines(read, seen: Seen, room: Room) -> Iterator:
    errors: dict[int, dict[int, str]] = {}
    for (row, column), shown in seen.errors.items():
        errors.setdefault(row, {})[column] = shown
    for row, written in enumerate(read.to_python(skip_empty_area=False)):
        cells = [_value(one, row, column) for column, one in enumerate(written)]
        for column, shown in errors.get(row, {}).items():
            cells += [None] * (column + 1 - len(cells))
            cells[column] = error(shown)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            check_column(len(cells) - 1)
            for value in cells:
                room.take(value)
            yield room.line(row + 1, cells, row in seen.hidden)


def _value(written: object, row: int, column: int) -> Value:
    if isinstance(written, str):
        check_length(len(written), column, row + 1)
        return tidy(written)
    if isinstance(written, bool):
        return written
    if isinstance(written, float | int):
        return whole(float(written))
    if isinstance(written, datetime):
        return on_its_day(written)
    if isinstance(written, timedelta):
        return written / timedelta(days=1)
    return written if isinstance(written, date | time) else str(written)
