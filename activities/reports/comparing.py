"""What a report is compared with: the period before, the same days of the preceding term, or another union.

Both sides ask one question but for what is compared, so their numbers differ by nothing else.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from activities.models import Term
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period

from .reports import Report


class With(TextChoices):
    PRECEDING = "preceding", _("the period before")
    TERM = "term", _("the same days of the preceding term")


def compared(report: Report, word: str, terms: list[Term]) -> Report | None:
    """`terms` are those the union reports by, newest first; None where there is nothing of the kind to compare with."""
    if word == With.TERM:
        return _a_term_earlier(report, terms)
    if word != With.PRECEDING:
        return None
    if report.term:
        return _a_term_earlier(report, terms)
    if report.period.end is None:
        return None
    return Report(report.question.but(period=report.period.preceding()))


def beside_union(report: Report, other: Union) -> Report:
    """The same question asked of another union."""
    return Report(report.question.but(union=other), term=report.term)


def _a_term_earlier(report: Report, terms: list[Term]) -> Report | None:
    """The preceding term for a term; for days, as many years earlier as the terms are named apart."""
    begun = [one for one in terms if one.first_day <= report.period.start]
    if len(begun) < 2:
        return None
    term, before = begun[0], begun[1]
    if report.term:
        return Report(report.question.but(period=before.period), term=before)
    years = term.named_years.start.year - before.named_years.start.year
    end = report.period.end and _years_before(report.period.end, years)
    return Report(report.question.but(period=Period(_years_before(report.period.start, years), end)))


def _years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
