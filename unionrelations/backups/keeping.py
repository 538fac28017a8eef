"""Which backups stay: one for each of the last days and weeks. Never knows what is in them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date, datetime


def to_keep(moments: Iterable[datetime], days: int, weeks: int) -> set[datetime]:
    """The last one of each of the newest so many days, and of each of the newest so many weeks, that have any.

    Counted by the days there are backups of, so that a house that stood still loses none while it did; the newest
    always stays.
    """
    newest_first = sorted(set(moments), reverse=True)
    return _first_of_each(newest_first, date_of, max(days, 1)) | _first_of_each(newest_first, week_of, weeks)


def date_of(moment: datetime) -> date:
    return moment.date()


def week_of(moment: datetime) -> tuple[int, int]:
    """Year and number of the week that begins on a Monday."""
    return moment.isocalendar()[:2]


def _first_of_each(newest_first: list[datetime], span, most: int) -> set[datetime]:
    found: dict[Hashable, datetime] = {}
    for one in newest_first:
        if len(found) == most and span(one) not in found:
            break
        found.setdefault(span(one), one)
    return set(found.values())
