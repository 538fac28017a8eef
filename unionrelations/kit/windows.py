"""Dates as staff know them: a day, or a window with a precision. Never knows what happened then.

"June 2022" and "first half of 2023" are windows: the day lies somewhere inside, nobody knows where.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from .periods import Period

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)  # beyond, a year was mistyped
DAYS_KEPT = 10_000  # days whose words are kept in each process: fourteen years in two languages


class Precision(models.TextChoices):
    DAY = "day", pgettext_lazy("precision", "day")
    MONTH = "month", pgettext_lazy("precision", "month")
    QUARTER = "quarter", pgettext_lazy("precision", "quarter")
    HALF_YEAR = "half_year", pgettext_lazy("precision", "half-year")
    YEAR = "year", pgettext_lazy("precision", "year")
    SPAN = "span", pgettext_lazy("precision", "span of time")


MONTHS_IN = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF_YEAR: 6, Precision.YEAR: 12}


def window_around(day: date, precision: str) -> Period:
    """The month, quarter, half-year or year that `day` lies in; the day alone for any other precision."""
    months = MONTHS_IN.get(Precision(precision))
    if months is None:
        return Period(day, day)
    first = (day.month - 1) // months * months + 1
    return Period.months(day.year, first, months)


class Dated(models.Model):
    """Something that started on a day, or at an unknown day inside a window.

    With precision `day`, `starts_on` is that day and `ends_on` the last day, null where it is not stated.
    With any other precision the two are the first and last day the start can lie on.
    """

    starts_on = models.DateField(gettext_lazy("starts on"))
    ends_on = models.DateField(gettext_lazy("ends on"), null=True, blank=True)
    precision = models.CharField(
        gettext_lazy("how exact the date is"), max_length=10, choices=Precision, default=Precision.DAY
    )
    date_words = models.CharField(
        gettext_lazy("date as written"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("The words of the source, such as “first half of 2023”."),
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message=gettext_lazy("The last day lies before the first. Check both dates."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__range=(EARLIEST, LATEST))
                & (Q(ends_on__isnull=True) | Q(ends_on__range=(EARLIEST, LATEST))),
                name="%(class)s_lies_within_living_memory",
                violation_error_message=gettext_lazy("A year lies before 1900 or after 2100. Check the dates."),
            ),
            models.CheckConstraint(
                condition=Q(precision="day") | Q(ends_on__isnull=False),
                name="%(class)s_window_has_two_ends",
                violation_error_message=gettext_lazy(
                    "A date that is not exact to the day needs the last day it can lie on."
                ),
            ),
        ]

    @property
    def window(self) -> Period:
        """The days on which it can have started."""
        return Period(self.starts_on, self.starts_on if self.precision == Precision.DAY else self.ends_on)

    @property
    def days(self) -> int | None:
        """Length in days, return − departure + 1; None where a day is not known."""
        if self.precision != Precision.DAY or self.ends_on is None:
            return None
        return Period(self.starts_on, self.ends_on).days

    @property
    def when(self) -> str:
        """The date in the reader's language, no more exact than it is known."""
        return in_words(self.starts_on, self.ends_on, self.precision)


def in_words(start: date, end: date | None, precision: str) -> str:
    """A date in words: "11–15/12/2023", "tháng 6/2022", "2018–2023". Two windows never share their words."""
    if precision == Precision.DAY:
        return _days_in_words(start, end or start)
    if precision not in MONTHS_IN or window_around(start, precision) != Period(start, end or start):
        return _somewhere_in(Period(start, end or start))
    if precision == Precision.MONTH:
        return _("%(month)d/%(year)d") % {"month": start.month, "year": start.year}
    if precision == Precision.QUARTER:
        return _("quarter %(quarter)d of %(year)d") % {"quarter": (start.month + 2) // 3, "year": start.year}
    if precision == Precision.HALF_YEAR:
        half = _("first half of %(year)d") if start.month == 1 else _("second half of %(year)d")
        return half % {"year": start.year}
    return _("the year %(year)d") % {"year": start.year}


def _days_in_words(start: date, end: date) -> str:
    """As offices write them: a month both days share stands once. Every language here writes the day first."""
    if start == end:
        return day_in_words(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%d}–{day_in_words(end)}"
    return f"{day_in_words(start)} – {day_in_words(end)}"


def _somewhere_in(span: Period) -> str:
    if years := _years(span):
        return years
    return _("between %(start)s and %(end)s") % {"start": day_in_words(span.start), "end": day_in_words(span.last)}


def between(start: date, end: date | None) -> str:
    """The days of a period, written as short as the language's own format allows."""
    if end is None or end == start:
        return day_in_words(start)
    return _years(Period(start, end)) or f"{day_in_words(start)} – {day_in_words(end)}"


def _years(span: Period) -> str:
    """Such as "2018–2023" or "2025"; nothing where it is not whole calendar years."""
    first, last = span.start.year, span.last.year
    if span != Period.years(first, last):
        return ""
    return str(first) if first == last else f"{first}–{last}"


def day_in_words(day: date) -> str:
    return _in_short(day, get_language())


@lru_cache(DAYS_KEPT)
def _in_short(day: date, language: str | None) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def refuse_misaligned(start: date | None, end: date | None, precision: str) -> None:
    """Raises ValidationError where a window named a month, quarter, half-year or year is not exactly one."""
    if start is None or Precision(precision) not in MONTHS_IN:
        return
    whole = window_around(start, precision)
    if Period(start, max(end or start, start)) != whole:
        raise ValidationError(
            {
                "ends_on": _("A date exact to the %(precision)s runs from %(start)s to %(end)s.")
                % {
                    "precision": Precision(precision).label,
                    "start": day_in_words(whole.start),
                    "end": day_in_words(whole.last),
                }
            }
        )
