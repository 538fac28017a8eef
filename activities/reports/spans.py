"""The periods reports are asked for by name: years, reporting years, halves and quarters. Never asks for today.

The reporting year runs from 15 December to 14 December, as many offices close their books; the calendar year also
occurs. Which one a report is of stands in its address as days, so neither is ever assumed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from activities.models import Term
from unionrelations.kit.periods import Period

YEARS_BACK = 6


def reporting_year(year: int) -> Period:
    return Period(date(year - 1, 12, 15), date(year, 12, 14))


def period_of(word: str) -> Period | None:
    """The days of a word such as year-2023, reporting-2023, half-2023-1 or quarter-2023-4; None for any other."""
    kind, _dash, rest = word.partition("-")
    year, _dash, part = rest.partition("-")
    if len(year) != 4 or not year.isdecimal() or not 1900 <= int(year) <= 2100 or (part and part not in "1234"):
        return None
    match kind, part:
        case "year", "":
            return Period.years(int(year))
        case "reporting", "":
            return reporting_year(int(year))
        case "half", "1" | "2":
            return Period.months(int(year), 6 * int(part) - 5, 6)
        case "quarter", "1" | "2" | "3" | "4":
            return Period.months(int(year), 3 * int(part) - 2, 3)
    return None


def words_of_year(year: int) -> Iterator[str]:
    yield from (f"year-{year}", f"reporting-{year}", *(f"half-{year}-{one}" for one in (1, 2)))
    yield from (f"quarter-{year}-{one}" for one in (1, 2, 3, 4))


def word_of(period: Period) -> str | None:
    """The word whose days these are, if any."""
    return next((one for one in words_of_year(period.last.year) if period_of(one) == period), None)


def name_of(word: str) -> str:
    """How a reader calls it."""
    kind, _dash, rest = word.partition("-")
    year, _dash, part = rest.partition("-")
    named = {
        "year": _("year %(year)s"),
        "reporting": _("reporting year %(year)s (15 December – 14 December)"),
        "half": _("first half of %(year)s") if part == "1" else _("second half of %(year)s"),
        "quarter": _("quarter %(part)s of %(year)s"),
    }
    return named[kind] % {"year": year, "part": part}


def choices(terms: list[Term], today: date) -> list[tuple]:
    """(group, [(word, name)]): the union's terms, then the last years with their parts, newest first."""
    of_terms = [(f"term-{one.name}", _("term %(years)s") % {"years": one}) for one in terms]
    years = [
        (str(year), [(word, name_of(word)) for word in words_of_year(year)])
        for year in range(today.year + (today.month == 12), today.year - YEARS_BACK, -1)
    ]
    return [*([(_("Terms"), of_terms)] if of_terms else []), *years]
