"""Periods a list can be asked for by a word: a term by its name, or days counted from one that is handed in.

The address keeps the word, so that a list kept as "this term" is still this term next year. Never asks for today.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .periods import Period

THIS_TERM, PRECEDING_TERM = "this-term", "preceding-term"

# word → (what a reader sees, the days it means)
COUNTED: dict[str, tuple] = {
    "this-month": (gettext_lazy("this month"), lambda day: Period.months(day.year, day.month)),
    "this-year": (gettext_lazy("this year"), lambda day: Period.years(day.year)),
    "last-year": (gettext_lazy("last year"), lambda day: Period.years(day.year - 1)),
    "last-30-days": (gettext_lazy("last 30 days"), lambda day: Period(day - timedelta(29), day)),
    "last-90-days": (gettext_lazy("last 90 days"), lambda day: Period(day - timedelta(89), day)),
    "last-365-days": (gettext_lazy("last 365 days"), lambda day: Period(day - timedelta(364), day)),
    "next-30-days": (gettext_lazy("next 30 days"), lambda day: Period(day, day + timedelta(29))),
    "next-90-days": (gettext_lazy("next 90 days"), lambda day: Period(day, day + timedelta(89))),
}


class Spans:
    """What the words mean on one day for one reader.

    `terms` gives (name, period) of the terms a union reports by, newest first; of the reader's own for "".
    Without a day no word means anything.
    """

    def __init__(self, today: date | None = None, terms: Callable[[str], list[tuple[str, Period]]] = lambda code: []):
        self.today = today
        self._terms = cache(terms)

    def period(self, word: str, union: str = "") -> Period | None:
        """The days of a word; None where it means none, such as "this term" between two terms."""
        if self.today is None:
            return None
        if word in COUNTED:
            return COUNTED[word][1](self.today)
        terms = self._terms(union)
        begun = [period for _name, period in terms if period.start <= self.today]
        if word == THIS_TERM:
            return next((one for one in begun if self.today in one), None)
        if word == PRECEDING_TERM:
            return next((one for one in begun if self.today not in one), None)
        return dict(terms).get(word)

    def choices(self, union: str = "") -> list[tuple]:
        """The words on offer, in groups as a select shows them."""
        if self.today is None:
            return []
        terms = [(name, _("term %(years)s") % {"years": name.replace("-", "–")}) for name, _p in self._terms(union)]
        by_term = [(THIS_TERM, _("this term")), (PRECEDING_TERM, _("preceding term")), *terms]
        return [
            (_("By term"), by_term),
            (_("Counted from today"), [(word, str(label)) for word, (label, _days) in COUNTED.items()]),
        ]
