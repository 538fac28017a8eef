"""A month on paper: weeks from Monday to Sunday, and bars that lie over the days something lasts.

Pure arithmetic of days. Never knows who reads it, asks no database and never for today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from activities.models import Activity
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import EARLIEST, LATEST

LANES = 4  # bars drawn over one day; the day says how many more there are
WEEK = 7  # days
WRITTEN = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<month_first>\d{1,2})/(?P<then_year>\d{4})")
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """One month of one year."""

    year: int
    number: int  # 1–12

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, written: str) -> Month | None:
        """The month of "2023-12" or "12/2023"; None for anything else, and beyond the years the house keeps."""
        found = WRITTEN.fullmatch(written.strip())
        if found is None:
            return None
        year, number = int(found["year"] or found["then_year"]), int(found["month"] or found["month_first"])
        return cls(year, number) if EARLIEST.year <= year <= LATEST.year and 1 <= number <= 12 else None

    def __str__(self) -> str:
        """As an address holds it."""
        return f"{self.year}-{self.number:02}"

    @cached_property
    def days(self) -> Period:
        return Period.months(self.year, self.number)

    @property
    def before(self) -> Month | None:
        return Month.read(str(Month.of(self.days.start - A_DAY)))

    @property
    def after(self) -> Month | None:
        return Month.read(str(Month.of(self.days.last + A_DAY)))

    @cached_property
    def sheet(self) -> Period:
        """The whole weeks the month touches, from a Monday to a Sunday."""
        first, last = self.days.start, self.days.last
        return Period(first - timedelta(days=first.weekday()), last + timedelta(days=WEEK - 1 - last.weekday()))


@dataclass(frozen=True)
class Bar:
    """The part of an activity that lies in one week."""

    activity: Activity
    first: date
    length: int  # days in this week
    came: bool  # began in an earlier week
    goes_on: bool  # into the next one

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.length - 1)


@dataclass
class Day:
    date: date
    is_outside: bool  # of the neighbouring month
    is_today: bool
    lanes: list[Bar | None] = field(default_factory=list)  # bars that begin here; None keeps a lane for an earlier one
    more: int = 0  # bars over this day that are not drawn

    @property
    def begins(self) -> bool:
        """Whether something begins here, so that a narrow screen shows the day."""
        return self.more > 0 or any(one and not one.came for one in self.lanes)


def weeks_of(month: Month, today: date, activities: Iterable[Activity]) -> list[list[Day]]:
    """The sheet of the month with the activities on it; they must be dated to the day."""
    ordered = sorted(activities, key=lambda one: (one.starts_on, -(_last(one) - one.starts_on).days, one.pk))
    mondays = range(0, month.sheet.days or 0, WEEK)
    return [_week(month, month.sheet.start + timedelta(days=offset), today, ordered) for offset in mondays]


def _last(activity: Activity) -> date:
    return activity.ends_on or activity.starts_on


def _week(month: Month, monday: date, today: date, activities: Sequence[Activity]) -> list[Day]:
    dates = [monday + timedelta(days=number) for number in range(WEEK)]
    days = [Day(one, one not in month.days, one == today) for one in dates]
    free_from = [monday] * LANES  # of each lane, the first day nothing lies on
    for activity in activities:
        bar = _bar(activity, monday)
        if bar is None:
            continue
        lane = next((number for number, day in enumerate(free_from) if day <= bar.first), None)
        start = (bar.first - monday).days
        if lane is None:
            for day in days[start : start + bar.length]:
                day.more += 1
        else:
            free_from[lane] = bar.last + A_DAY
            lanes = days[start].lanes
            lanes.extend([None] * (lane + 1 - len(lanes)))
            lanes[lane] = bar
    return days


def _bar(activity: Activity, monday: date) -> Bar | None:
    first, last = activity.starts_on, _last(activity)
    shown = Period(first, last).clip(Period(monday, monday + timedelta(days=WEEK - 1)))
    if shown is None:
        return None
    return Bar(activity, shown.start, shown.days or 1, came=shown.start > first, goes_on=shown.last < last)
