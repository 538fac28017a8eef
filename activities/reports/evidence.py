"""The rows behind a number, asked for by address. Cuts a list to exactly what the number is made of.

The reader's own scope is applied by the list; the union must be one the reader sees, so nothing is lost by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Model, OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from activities.models import Term
from unionrelations.accounts.models import Union

from .addresses import OF_ROWS, Unanswerable, read
from .breakdowns import BREAKDOWNS, LineOf
from .findings import measure, measure_by_line
from .indicators import BY_CODE, Indicator
from .money import AMOUNTS, Amount, name_of
from .registers import REGISTERS, Register
from .reports import Report


@dataclass(frozen=True)
class Found:
    """A number of any sort, surely and perhaps; None: not known."""

    logged: int | Decimal | None
    undetermined: int | None
    unknown_people: int


PARAMETERS = OF_ROWS.all | {"figure", "union", "undetermined", "uncounted", "by", "line"}


@dataclass(frozen=True)
class Evidence:
    """One number of one report, and whether its sure rows or its undetermined ones are asked for.

    It is an indicator's, of the whole report or of one line of a breakdown, or it is a line of a register, or of money.
    """

    figure: Indicator | Register | Amount
    report: Report
    undetermined: bool
    line: LineOf | None = None
    key: str = ""
    uncounted: bool = False  # only the rows whose headcount is missing

    @classmethod
    def asked(cls, asked, unions: QuerySet[Union]) -> Evidence | None:
        """From an address's parameters; None where no figure is asked for. `unions` are those the reader sees.

        Raises Unanswerable where a parameter cannot be read, or the union is not among those seen.
        """
        code = asked.get("figure")
        if not code:
            return None
        figure = BY_CODE.get(code) or REGISTERS.get(code) or AMOUNTS.get(code)
        if figure is None:
            raise Unanswerable(_("No figure is called “%(code)s”.") % {"code": code[:60]})
        union = unions.filter(code=asked.get("union", "")).first()
        if union is None:
            raise Unanswerable(_("No union has the code “%(code)s”.") % {"code": asked.get("union", "")[:60]})
        question = read(asked, OF_ROWS, union, unions)
        term = next((one for one in Term.objects.of(union) if one.period == question.period), None)
        line = LineOf.read(asked, BREAKDOWNS) if isinstance(figure, Indicator) else None
        report = Report(question, term=term)
        if isinstance(figure, Indicator) and not figure.is_asked(question):
            raise Unanswerable(_("Under these filters, no figure is called “%(code)s”.") % {"code": code[:60]})
        undetermined, uncounted = (asked.get(name) == "1" for name in ("undetermined", "uncounted"))
        return cls(figure, report, undetermined, line, asked.get("line", "")[:200], uncounted)

    @property
    def model(self) -> type[Model]:
        return self.figure.model

    @property
    def label(self) -> str:
        if isinstance(self.figure, Indicator):
            return f"{self.figure.label}: {self.line.name()}" if self.line else self.figure.label
        return f"{self.figure.label}: {name_of(self.key) if self.is_money else self.figure.name(self.key)}"

    def url(self, *, undetermined: bool) -> str:
        """The list of its sure rows, or of its undetermined ones."""
        if isinstance(self.figure, Indicator):
            return self.report.rows_url(self.figure, undetermined=undetermined, line=self.line)
        if isinstance(self.figure, Amount):
            return self.report.money_url(self.figure, self.key)
        return self.report.register_url(self.figure, self.key, undetermined=undetermined)

    @property
    def is_money(self) -> bool:
        return isinstance(self.figure, Amount)

    @property
    def adds_up(self) -> bool:
        """Whether the number is a sum of what the rows bring, so that their list shows it."""
        return self.is_money or (isinstance(self.figure, Indicator) and self.figure.sums is not None)

    def narrow(self, rows: QuerySet) -> QuerySet:
        """The list cut to the rows behind the number, each with `figure_number`: what it brings to a sum.

        Raises Unanswerable where the list does not hold such rows.
        """
        if not issubclass(rows.model, self.model):
            raise Unanswerable(_("This list does not hold the rows of that figure."))
        rows = rows.filter(pk__in=self._behind().values("pk"))
        return rows.annotate(figure_number=self._brought()) if self.adds_up else rows

    def _behind(self) -> QuerySet:
        question = self.report.question
        if isinstance(self.figure, Indicator):
            rows = self.figure.rows(question, undetermined=self.undetermined, cut=self.line)
            if self.uncounted and self.figure.sums:
                scopes = self.figure.scope_rows(question, undetermined=self.undetermined, cut=self.line)
                rows = rows.filter(pk__in=scopes.filter(self.figure.uncounted).values("activity_id"))
            return rows
        if isinstance(self.figure, Amount):
            return self.figure.rows(question, self.key)
        return self.figure.rows(question, self.key, undetermined=self.undetermined)

    def _brought(self) -> Subquery:
        question, mine = self.report.question, {"activity": OuterRef("pk")}
        if isinstance(self.figure, Amount):
            costs = self.figure.costs(question, self.key).filter(**mine).order_by()
            return Subquery(costs.values("activity_id").annotate(sum=Sum(self.figure.column)).values("sum"))
        scopes = self.line.scopes(question) if self.line else question.scopes()
        return Subquery(scopes.filter(**mine).order_by().values(self.figure.column)[:1])

    def finding(self) -> Found:
        """The number as the report says it."""
        question = self.report.question
        if isinstance(self.figure, Amount):
            added = self.figure.costs(question, self.key).aggregate(sum=Sum(self.figure.column))["sum"]
            return Found(added, 0, 0)
        if isinstance(self.figure, Register):
            return Found(*self.figure.counts(question).get(self.key, (0, 0)), 0)
        if self.line:
            finding = self.line.tally(measure_by_line(self.line.lined(question))).finding(self.figure)
        else:
            finding = measure(question)[self.figure.code.value]
        return Found(finding.logged, finding.undetermined, finding.unknown_people)
