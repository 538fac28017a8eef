"""A date as spreadsheets tell it: in one cell, or its first and last day in two. Never guesses a year.

A year left out is the one of the other day, else that of the period the sheet is about, else it is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from unionrelations.kit.periods import Period
from unionrelations.kit.typed_dates import Reading
from unionrelations.kit.windows import Precision, day_in_words, in_words
from unionrelations.kit.written import Misread, read_day, read_window

from .columns import Column
from .context import Context
from .drafts import Draft
from .importer import Importer

LONGEST_WORDS = 120  # characters of a date as written
DATE_CELLS = ("starts", "ends", "period")


@dataclass(frozen=True)
class When:
    """A date as a row says it; `words` where it was written and not kept as a day."""

    starts_on: date
    ends_on: date | None
    precision: Precision
    words: str = ""

    def __eq__(self, other):
        return isinstance(other, When) and self._told == other._told

    def __hash__(self):
        return hash(self._told)

    @property
    def _told(self) -> tuple:
        ends_on = None if self.precision == Precision.DAY and self.ends_on == self.starts_on else self.ends_on
        return self.starts_on, ends_on, self.precision

    @property
    def window(self) -> Period:
        """The days on which it can have started."""
        return Period(self.starts_on, self.starts_on if self.precision == Precision.DAY else self.ends_on)

    def __str__(self):
        return in_words(self.starts_on, self.ends_on, self.precision)


class CellColumn(Column):
    """A cell that is read together with others."""

    is_comparable = False

    def read(self, cell, draft, context):
        return cell

    def held(self, record, context):
        return None


class WhenColumn(Column):
    """The date as one value; the cells it is read from stand in columns of their own."""

    def held(self, record, context):
        return When(record.starts_on, record.ends_on, Precision(record.precision))

    def together(self, held, said, is_exact):
        """A row that gives the first day alone does not gainsay the last."""
        if (
            not is_exact
            and said.ends_on is None
            and (held.starts_on, held.precision) == (said.starts_on, said.precision)
        ):
            return held
        return said

    def put(self, record, value):
        record.starts_on, record.ends_on, record.precision = value.starts_on, value.ends_on, value.precision
        record.date_words = value.words

    def in_words(self, value):
        return str(value)


def date_columns() -> tuple[Column, ...]:
    """The cells a date is read from, and the date itself."""
    return (
        CellColumn(
            "starts",
            "từ ngày | ngày bắt đầu | bắt đầu | from | start date | first day",
            label=gettext_lazy("First day"),
        ),
        CellColumn(
            "ends", "đến ngày | ngày kết thúc | kết thúc | to | end date | last day", label=gettext_lazy("Last day")
        ),
        CellColumn(
            "period",
            "thời gian thực hiện | thời gian | thời gian tổ chức | ngày tổ chức | thời điểm | ngày | ngày tháng",
            "ngày tháng năm | date | dates | when | time",
            label=gettext_lazy("Date"),
        ),
        WhenColumn("when", label=gettext_lazy("Date"), is_needed=True),
    )


class DatedImporter(Importer):
    """Of records that are `Dated`."""

    def complete(self, draft, table, context):
        self._date(draft, context)
        super().complete(draft, table, context)

    def _date(self, draft: Draft, context: Context) -> None:
        starts, ends, period = (draft.values.pop(one, None) for one in DATE_CELLS)
        name, cell = ("starts", starts) if starts is not None else ("period", period)
        if cell is None:
            self._miss(draft, ends)
            return
        draft.headings.setdefault("when", draft.headings[name])
        reading = self.told(draft, name, cell, _read_lines, context.period or _year_of(ends))
        last = None if ends is None else self.told(draft, "ends", ends, read_day, _around(reading, context.period))
        if reading is None or (last is None and ends is not None):
            draft.spoilt.add("when")
            if reading is None and not self._is_refused(draft, name):
                draft.refuse(name, _("It says no date. Write it as day/month/year."), value=cell)
            return
        if last is not None and last < reading.starts_on:
            sentence = _("It lies before the first day, %(day)s. Check both.")
            draft.refuse("ends", sentence % {"day": day_in_words(reading.starts_on)}, value=ends)
            draft.spoilt.add("when")
            return
        ends_on = last if last is not None and reading.precision == Precision.DAY else reading.ends_on
        words = reading.words if isinstance(cell, str) and reading.precision != Precision.DAY else ""
        draft.values["when"] = When(reading.starts_on, ends_on, reading.precision, words[:LONGEST_WORDS])

    def _miss(self, draft: Draft, ends: Any) -> None:
        first = next((one for one in ("starts", "period", "ends") if one in draft.headings), "when")
        draft.headings.setdefault("when", draft.headings.get(first, ("when", None)))
        if self._is_refused(draft, first) or (draft.is_exact and first == "when"):
            return
        if draft.is_exact or first != "when":
            missing = _("The first day is missing. Write it as day/month/year.")
            draft.refuse(first, _("The date is empty. Write it as day/month/year.") if ends is None else missing)


def _read_lines(cell: Any, period: Period | None) -> Reading | None:
    """A date, or its two days on a line each."""
    try:
        return read_window(cell, period)
    except Misread:
        lines = cell.split("\n") if isinstance(cell, str) else []
        if len(lines) != 2:
            raise
        return read_window(" - ".join(one.strip(" -–") for one in lines), period)


def _around(reading: Reading | None, period: Period | None) -> Period | None:
    """Where a last day without a year lies: in the sheet's period, else in what is left of the first day's year."""
    if period is not None or reading is None:
        return period
    return Period(reading.starts_on, reading.starts_on.replace(month=12, day=31))


def _year_of(last_day: Any) -> Period | None:
    """The year the last day says, for a first day that says none; December before it for a trip over New Year."""
    try:
        last = read_day(last_day) if last_day is not None else None
    except Misread:
        return None
    return None if last is None else Period(last.replace(month=1, day=1), last)
