"""Books of LibreOffice: sheets, lines and cells of an OpenDocument file. Never follows a link, never runs a macro."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from .archives import Archive
from .books import (
    MOST_MERGES,
    Book,
    Fault,
    Room,
    Sheet,
    Value,
    check_column,
    check_length,
    check_sheets,
    damaged,
    error,
    locked,
    on_its_day,
    tidy,
    uncalculated,
    whole,
)
from .elements import Elements

OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE = (f"{OPEN}{part}:1.0" for part in ("table", "office", "text", "style"))
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
MANIFEST = 2**22  # bytes
DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", re.ASCII)
KINDS = (
    "table", "table-row", "table-cell", "covered-table-cell", "p", "s", "tab", "line-break", "annotation", "style",
    "table-properties", "table-source", "cell-range-source",
)  # fmt: skip


def read_ods(archive: Archive) -> Book:
    """Raises Unreadable, with a sentence for whoever sent the file."""
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml", MANIFEST):
        raise locked()
    content = Content()
    content.read(archive, "content.xml")
    return Book("ods", content.sheets, list(_left_out(archive, content.linked)))


def _left_out(archive: Archive, linked: bool) -> Iterator[str]:
    if archive.any_under("basic/") or archive.any_under("scripts/"):
        yield _("The macros in this file were left out.")
    if linked:
        yield _("Links to other files were not followed; their last values were read.")


class Content(Elements):
    """Every table of the file as a Sheet. A cell or line that is repeated is told once, with how often."""

    def __init__(self) -> None:
        super().__init__((TABLE, TEXT, OFFICE, STYLE), KINDS, texts=("p", "s", "tab", "line-break"))
        self.sheets: list[Sheet] = []
        self.room = Room()
        self.linked = False
        self.style, self.hidden_styles = "", set()
        self.row, self.row_attributes, self.column = 1, {}, 0
        self.cells: list[Value] = []
        self.cell: dict[str, str] | None = None
        self.paragraphs: list[list[str]] = []
        self.length, self.remarks = 0, 0

    def began(self, kind: str, attributes: dict[str, str]) -> None:
        if kind in ("table-cell", "covered-table-cell"):
            self.cell, self.paragraphs, self.length = attributes, [], 0
        elif kind == "table-row":
            self.row_attributes, self.cells, self.column = attributes, [], 0
        elif kind == "annotation":
            self.remarks += 1
        elif kind == "table":
            check_sheets(len(self.sheets) + 1)
            name = attributes.get(f"{TABLE} name", "")[:255]
            hidden = attributes.get(f"{TABLE} style-name", "") in self.hidden_styles
            self.sheets.append(Sheet(tidy(name) or "", hidden))
            self.row = 1
        elif kind == "style":
            self.style = attributes.get(f"{STYLE} name", "")
        elif kind == "table-properties":
            if attributes.get(f"{TABLE} display") == "false" and len(self.hidden_styles) < 10_000:
                self.hidden_styles.add(self.style)
        elif kind in ("table-source", "cell-range-source"):
            self.linked = True
        elif self.cell is not None and not self.remarks:
            self._began_text(kind, attributes)

    def _began_text(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "p":
            self.paragraphs.append([])
        elif self.paragraphs:
            blanks = min(_count(attributes, f"{TEXT} c"), 100)
            self.paragraphs[-1].append("\n" if kind == "line-break" else " " * blanks)

    def ended(self, kind: str) -> None:
        if kind in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif kind == "table-row":
            self._end_row()
        elif kind == "annotation":
            self.remarks -= 1

    def said(self, words: str) -> None:
        if self.cell is None or self.remarks or not self.paragraphs:
            return
        self.length += len(words)
        check_length(self.length, self.column, self.row)
        self.paragraphs[-1].append(words)

    def _text(self, words: str) -> None:
        self.said(words)  # a paragraph goes on behind the links and marks inside it

    def _end_cell(self) -> None:
        attributes = self.cell or {}
        self.cell = None
        repeated = _count(attributes, f"{TABLE} number-columns-repeated")
        value = self._value(attributes)
        if value is None:
            self.room.waste()
        else:
            check_column(self.column + repeated - 1)
            self.room.take(value)
            self.cells += [None] * (self.column - len(self.cells)) + [value] * repeated
        if self.sheets and len(self.sheets[-1].merges) < MOST_MERGES:
            rows, columns = (_count(attributes, f"{TABLE} number-{one}-spanned") for one in ("rows", "columns"))
            if rows > 1 or columns > 1:
                last = (self.row + rows - 1, self.column + columns - 1)
                self.sheets[-1].merges.append((self.row, self.column, *last))
        self.column += repeated

    def _end_row(self) -> None:
        if not self.sheets:
            raise damaged()
        repeated = _count(self.row_attributes, f"{TABLE} number-rows-repeated")
        hidden = self.row_attributes.get(f"{TABLE} visibility", "visible") != "visible"
        if self.cells:
            for number in range(self.row, self.row + repeated):
                self.sheets[-1].lines.append(self.room.line(number, self.cells, hidden))
        else:
            self.room.waste()
        self.row += repeated

    def _value(self, attributes: dict[str, str]) -> Value:
        shown = tidy("\n".join("".join(pieces) for pieces in self.paragraphs))
        self.paragraphs = []
        kind = attributes.get(f"{OFFICE} value-type")
        if attributes.get(f"{CALC} value-type") == "error":
            return error(shown or "#N/A")
        if kind is None:
            formula = attributes.get(f"{TABLE} formula")
            if formula and not shown:
                return uncalculated(formula.removeprefix("of:"))
            return error(shown) if formula and shown and shown.startswith(("#", "Err:")) else shown
        if kind == "string":
            written = attributes.get(f"{OFFICE} string-value")
            return tidy(written) if written and not shown else shown
        return _typed(kind, attributes, shown)


def _typed(kind: str, attributes: dict[str, str], shown: str | None) -> Value:
    written = attributes.get(f"{OFFICE} {kind}-value", "") if kind in ("date", "time", "boolean") else ""
    try:
        if kind == "boolean":
            return written == "true"
        if kind == "date":
            return on_its_day(datetime.fromisoformat(written)) if "T" in written else date.fromisoformat(written)
        if kind == "time":
            found = DURATION.fullmatch(written)
            return _time(*(int(part) for part in found.groups())) if found else shown
        return whole(float(attributes.get(f"{OFFICE} value", "")))
    except (ValueError, OverflowError):
        return Fault(shown or written, _("This is not a value that can be used. Type it anew."))


def _time(hours: int, minutes: int, seconds: int) -> Value:
    """A time of day; a longer one in days, as a number format alone tells them apart in other files."""
    if hours < 24:
        return time(hours, minutes, seconds)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds) / timedelta(days=1)


def _count(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    return max(int(written), 1) if written.isdecimal() and len(written) < 9 else 1
