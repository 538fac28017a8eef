"""A period year by year: how many activities of each category surely started in each year. Never knows a drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from activities.models import Activity, ActivityScope
from unionrelations.kit.periods import Period

Category = Activity.Category


@dataclass(frozen=True)
class Year:
    """The days of one calendar year that lie in the period, and what started in them, by category."""

    period: Period
    counts: Counter

    @property
    def number(self) -> int:
        return self.period.start.year

    def of(self, *categories: Category) -> int:
        return sum(self.counts[one] for one in categories)

    @property
    def total(self) -> int:
        return self.counts.total()


@dataclass(frozen=True)
class Trend:
    """`across` counts what started in the period, with a date too wide to say in which of its years."""

    years: tuple[Year, ...]
    across: int


def trend(union, period: Period, *, under: bool, until: date) -> Trend:
    """The years of the period up to that of `until`, in one query. Parts of a whole count in their own category."""
    spans = list(_years(period, until))
    counts: dict[int, Counter] = {one.start.year: Counter() for one in spans}
    across = 0
    rows = ActivityScope.objects.of(union, under=under).counting().inside(period)
    grouped = rows.values_list("window_first__year", "window_last__year", "counts_as").order_by()
    for first, last, category, number in grouped.annotate(number=Count("activity_id")):
        if first != last:
            across += number
        elif first in counts:
            counts[first][category] += number
    return Trend(tuple(Year(one, counts[one.start.year]) for one in spans), across)


def _years(period: Period, until: date) -> Iterator[Period]:
    for year in range(period.start.year, min(period.last, until).year + 1):
        yield Period.years(year).clip(period)
