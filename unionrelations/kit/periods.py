"""Calendar arithmetic: spans of whole days and how they meet. Pure; never knows Django, never asks for today."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

YEARS = re.compile(r"(?P<first>\d{4})\s*[-–]\s*(?P<last>\d{4})")


@dataclass(frozen=True)
class Period:
    """A span of whole days, both ends included. An `end` of None runs on: its last day is not known yet."""

    start: date
    end: date | None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"A period cannot end ({self.end}) before it starts ({self.start}).")

    @classmethod
    def years(cls, first: int, last: int | None = None) -> Period:
        """Printed years: 1 January of the first to 31 December of the last."""
        return cls(date(first, 1, 1), date(last or first, 12, 31))

    @classmethod
    def months(cls, year: int, first: int, count: int = 1) -> Period:
        """`count` whole months, beginning with month `first` (1–12) of `year`."""
        begin = date(year, first, 1)
        return cls(begin, month_end(_months_later(begin, count - 1)))

    @classmethod
    def named(cls, words: str) -> Period | None:
        """The years a name such as "2018-2023" or "2018–2023" prints; None where it prints none."""
        found = YEARS.fullmatch(words.strip())
        if found is None or found["last"] < found["first"]:
            return None
        return cls.years(int(found["first"]), int(found["last"]))

    @property
    def last(self) -> date:
        """The last day for comparing; the end of the calendar where the period runs on."""
        return self.end or date.max

    @property
    def days(self) -> int | None:
        """Whole days, both ends counted; None while the period runs on."""
        return None if self.end is None else (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.last

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.last and other.start <= self.last

    def covers(self, other: Period) -> bool:
        """Whether every day of `other` lies in this period."""
        return self.start <= other.start and other.last <= self.last

    def clip(self, other: Period) -> Period | None:
        """The days both share; None where they share none."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.end, other.end) if end is not None]
        return Period(max(self.start, other.start), min(ends) if ends else None)

    def preceding(self) -> Period:
        """The equally long period that ends the day before this one starts; whole months stay whole months.

        Raises ValueError for a period that runs on: it has no length yet.
        """
        if self.end is None:
            raise ValueError("A period that runs on has no preceding period of equal length.")
        day_before = self.start - timedelta(days=1)
        if months := self._whole_months():
            return Period(_months_later(self.start, -months), day_before)
        return Period(day_before - timedelta(days=(self.end - self.start).days), day_before)

    def _whole_months(self) -> int | None:
        if self.end is None or self.start.day != 1 or self.end != month_end(self.end):
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def a_year_after(day: date) -> date:
    """The same day of the next year; the 28th after a 29 February."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _months_later(first_of_month: date, months: int) -> date:
    year, month = divmod(first_of_month.year * 12 + first_of_month.month - 1 + months, 12)
    return date(year, month + 1, 1)
