"""One due thing: which rule, which day, why, and where it is settled. Never knows today, nor who looks.

A day may be a window (ADR 5). A window is late when all of it is over, and it is reminded of before its first day.
What falls on a day off is reminded of on the working day before; it is late only when its own day is over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from unionrelations.kit.periods import Period
from unionrelations.kit.windows import Precision, day_in_words, in_words
from unionrelations.kit.working_days import LONGEST_LEAVE, WorkingDays, weekday

LATE = -1  # the stage after the last one: the day is over and nothing was done


@dataclass(frozen=True)
class Rule:
    """What makes things due, in words, and how many days before it reminds: the first of them is when it is shown."""

    code: str
    label: str | Promise
    icon: str
    stages: tuple[int, ...]  # days before, falling; 0 is the day itself
    settle: str | Promise = ""  # what is done about it, on a button
    may_be_late: bool = True  # an anniversary passes, a silence lasts: neither is late
    permission: str = ""  # of whoever may settle it

    @property
    def looks_ahead(self) -> timedelta:
        """How far ahead of today a day may lie and still be shown; days off let a stage begin earlier."""
        return timedelta(days=self.stages[0] + LONGEST_LEAVE)


@dataclass(frozen=True)
class Due:
    rule: Rule
    key: str  # of the record, or records, it speaks of; with rule and day it is this thing and no other
    title: str
    why: str
    window: Period  # the day it is due, or the days one of which it is
    url: str
    settle_url: str = ""
    union_id: int | None = None
    union: str = ""  # its name, put in once for all of them
    precision: str = Precision.DAY
    since: date | None = None  # of what lasts: since when
    day_told: str = ""  # said instead of the day, where that is only worked out
    entered_at: datetime | None = None
    calendar: WorkingDays = field(default_factory=WorkingDays, compare=False)

    @property
    def day(self) -> date:
        """The day lists are ordered by: the last one on which it is in time."""
        return self.window.last if self.rule.may_be_late else self.window.start

    @property
    def reminded_on(self) -> date:
        """The day itself, or the working day before it where offices do not work on it."""
        return self.begins(0)

    def begins(self, stage: int) -> date:
        """The day from which this stage holds. Later stages never begin earlier."""
        if stage == LATE:
            return self.window.last + timedelta(days=1)
        return self.calendar.last_before(self.window.start - timedelta(days=stage))

    def stage(self, today: date) -> int | None:
        """How far it has come: the smallest number of days before that was reached, `LATE`; None before the first."""
        if self.is_late(today):
            return LATE
        reached = [one for one in self.rule.stages if self.begins(one) <= today]
        return min(reached) if reached else None

    def is_late(self, today: date) -> bool:
        return self.rule.may_be_late and self.window.last < today

    def is_new(self, today: date, looked_at: datetime | None) -> bool:
        """Whether it was entered, or came to its stage, since this moment; nothing is new to who never looked."""
        if looked_at is None:
            return False
        if self.entered_at is not None and self.entered_at > looked_at:
            return True
        stage = self.stage(today)
        return stage is not None and self.begins(stage) > timezone.localdate(looked_at)

    def distance(self, today: date) -> str:
        """How far off in words: "10 days late", "tomorrow", "in 31 days", "next year"."""
        if self.is_late(today):
            days = (today - self.window.last).days
            return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}
        if not self.rule.may_be_late and self.window.last < today:
            return _since(self.since or self.window.last, today)
        if self.window.start < today or self.precision != Precision.DAY:
            return _within(self.window, today)
        days = (self.window.start - today).days
        if days < 2:
            return _("tomorrow") if days else _("today")
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}

    @property
    def day_words(self) -> str:
        """The day with its weekday, and what the calendar makes of it; a window as exactly as it is known."""
        if self.day_told:
            return self.day_told
        if self.precision != Precision.DAY:
            return _("within %(when)s") % {"when": in_words(self.window.start, self.window.end, self.precision)}
        said = _("%(weekday)s %(day)s") % {
            "weekday": weekday(self.window.start),
            "day": day_in_words(self.window.start),
        }
        if self.reminded_on == self.window.start:
            return said
        return _("%(day)s (%(why)s), reminded on %(before)s") % {
            "day": day_in_words(self.window.start),
            "why": self.calendar.why_off(self.window.start),
            "before": day_in_words(self.reminded_on),
        }


def _since(day: date, today: date) -> str:
    months = months_between(day, today)
    if months < 1:
        days = (today - day).days
        return ngettext("for %(n)d day", "for %(n)d days", days) % {"n": days}
    return ngettext("for %(n)d month", "for %(n)d months", months) % {"n": months}


def _within(window: Period, today: date) -> str:
    year = window.start.year
    if window.start.year != window.last.year:
        return day_in_words(window.start)
    if year == today.year:
        return _("this year")
    return _("next year") if year == today.year + 1 else str(year)


def months_between(first: date, last: date) -> int:
    """Whole months from one day to a later one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if last.day >= first.day else months - 1


@lru_cache(10_000)  # a union that knows thousands of partners met many of them on the same day
def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last one of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = Period.months(year, month + 1).last
    return date(year, month + 1, min(day.day, last.day))
