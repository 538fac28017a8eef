"""The rows behind a number, asked for by address. Cuts a list to exactly what the number is made of.

The reader's own scope is applied by the list; the union must be one the reader sees, so nothing is lost by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from activities.models import ActivityScope, Term
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period

from .findings import Finding, measure
from .indicators import BY_CODE, Indicator
from .reports import Report


class Unanswerable(ValueError):
    """The address asks for something no figure has; the text says what, for the reader."""


@dataclass(frozen=True)
class Evidence:
    """One number of one report, and whether its sure rows or its undetermined ones are asked for."""

    indicator: Indicator
    report: Report
    undetermined: bool

    @classmethod
    def asked(cls, asked, unions: QuerySet[Union]) -> Evidence | None:
        """From an address's parameters; None where no figure is asked for. `unions` are those the reader sees.

        Raises Unanswerable where a parameter cannot be read, or the union is not among those seen.
        """
        if not asked.get("figure"):
            return None
        indicator = BY_CODE.get(asked["figure"])
        if indicator is None:
            raise Unanswerable(_("No figure is called “%(code)s”.") % {"code": asked["figure"]})
        union = unions.filter(code=asked.get("union", "")).first()
        if union is None:
            raise Unanswerable(_("No union has the code “%(code)s”.") % {"code": asked.get("union", "")})
        period = period_asked(asked, "since", "until")
        term = next((one for one in Term.objects.of(union) if one.period == period), None)
        report = Report(union, period, term=term, under=asked.get("under") == "1")
        return cls(indicator, report, asked.get("undetermined") == "1")

    def narrow(self, rows: QuerySet) -> QuerySet:
        """The list cut to the rows behind the number, each with `figure_number`: what it brings to a sum of people."""
        behind = self.indicator.rows(
            self.report.union, self.report.period, under=self.report.under, undetermined=self.undetermined
        )
        rows = rows.filter(pk__in=behind.values("pk"))
        column = self.indicator.column(under=self.report.under)
        if column is None:
            return rows
        scope = ActivityScope.objects.filter(union=self.report.union, activity=OuterRef("pk"))
        return rows.annotate(figure_number=Subquery(scope.values(column)[:1]))

    def finding(self) -> Finding:
        measured = measure(self.report.union, self.report.period, under=self.report.under)
        return measured[self.indicator.code.value]


def period_asked(asked, first: str, last: str) -> Period:
    """The period two parameters name, days in ISO form; without a last day it runs on.

    Raises Unanswerable with the sentence to show.
    """
    start, end = day_asked(asked, first), day_asked(asked, last)
    if start is None:
        raise Unanswerable(_("The address needs the first day of the period."))
    if end is not None and end < start:
        raise Unanswerable(_("The period ends before it begins."))
    return Period(start, end)


def day_asked(asked, name: str) -> date | None:
    try:
        return date.fromisoformat(asked[name]) if asked.get(name) else None
    except ValueError:
        raise Unanswerable(
            _("“%(typed)s” is not a day. Write it as year-month-day, such as 2023-02-28.") % {"typed": asked[name]}
        ) from None
