"""Why a report says what it says: the cases at its edges, what was done together, what overlaps, how many persons.

Everything here explains numbers the findings have measured; none of it is added to them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from activities.models import Activity, Member, UnionRole
from activities.models.figures import Indicates
from unionrelations.accounts.models import Union

from .indicators import BY_CODE, PEOPLE, Indicator
from .questions import Category, Question, Rule
from .reports import Report
from .tables import Line, Table, tables

NAMED = 20  # activities named one by one; the rest is behind a link
SIDES = 12  # unions in the matrix of joint activities
LEAVING_OUT = ("year", "month", "partner", "country")
OF_PERSONS = (Indicates.OFFICIALS_OUT, Indicates.GUESTS_IN)


@dataclass(frozen=True)
class Named:
    """The first of some activities by name, and how many there are in all."""

    activities: tuple[Activity, ...]
    number: int

    @classmethod
    def of(cls, rows: QuerySet[Activity]) -> Named:
        found = list(rows.order_by("starts_on", "pk")[: NAMED + 1])
        number = len(found) if len(found) <= NAMED else rows.count()
        return cls(tuple(found[:NAMED]), number)

    @property
    def further(self) -> int:
        return self.number - len(self.activities)


@dataclass(frozen=True)
class Persons:
    """How many different people stand behind person-trips: at least `low`, at most `high`.

    Whoever bears one name within one side is taken for one person. `high` is None where a headcount is missing, both
    are None where nobody wrote anything down. `unnamed` trips have no name and may be anybody's.
    """

    indicator: Indicator
    low: int | None
    high: int | None
    named: int
    unnamed: int
    missing: int

    def __str__(self) -> str:
        if self.low is None:
            return _("not known: no headcount is written down")
        if self.high is None:
            between = _("at least %(low)s; %(missing)s headcounts are missing")
        elif self.low == self.high:
            between = _("%(low)s, every one named") if self.low else _("none")
        else:
            between = _("between %(low)s and %(high)s: %(named)s named, %(unnamed)s trips without a name")
        numbers = {"low": self.low, "high": self.high, "named": self.named, "unnamed": self.unnamed}
        return between % {name: number_format(one or 0) for name, one in (numbers | {"missing": self.missing}).items()}


@dataclass(frozen=True)
class Shared:
    """Unions and how many logged activities each two of them took part in together; the diagonal is each one's own."""

    unions: tuple[Union, ...]
    lines: tuple[tuple[int, ...], ...]
    further: int  # unions with joint activities that the matrix has no room for


class Reasons:
    def __init__(self, report: Report):
        self.report, self.question = report, report.question

    @cached_property
    def undetermined(self) -> Named:
        return Named.of(BY_CODE[Indicates.ACTIVITIES].rows(self.question, undetermined=True))

    @property
    def other_rule_text(self) -> str:
        if self.question.rule == Rule.START:
            return _("If the day an activity ended decided")
        return _("If the day an activity started decided")

    @property
    def undetermined_url(self) -> str:
        return self.report.rows_url(BY_CODE[Indicates.ACTIVITIES], undetermined=True)

    @cached_property
    def left_out(self) -> list[tuple[Table, Line]]:
        """The lines of activities that a table of partners, countries or years has no line for."""
        made = tables(self.report, LEAVING_OUT)
        return [(one, line) for one in made for line in one.lines if line.is_apart and line.last.number]

    @cached_property
    def only_by_this_rule(self) -> Named:
        """Counted here, but not if the other day of an activity decided."""
        return Named.of(self._sure(self.question).exclude(pk__in=self._sure(self.question.other_rule).values("pk")))

    @cached_property
    def only_by_the_other_rule(self) -> Named:
        return Named.of(self._sure(self.question.other_rule).exclude(pk__in=self._sure(self.question).values("pk")))

    @staticmethod
    def _sure(question: Question) -> QuerySet[Activity]:
        return Activity.objects.filter(pk__in=question.scopes().filter(is_inside=True).values("activity_id"))

    @cached_property
    def differences(self) -> list[tuple[Indicator, int]]:
        """By how much each number would change under the other rule, where it would and both are known."""
        here, there = self.report.findings, self.report.under_the_other_rule
        return [
            (one.indicator, other.logged - one.logged)
            for code, one in here.items()
            if (other := there[code]).logged is not None and one.logged is not None and other.logged != one.logged
        ]

    @cached_property
    def overlaps(self) -> list[tuple[str, str, int]]:
        """(category of a part, category of its whole, how many): both logged here, so the total counts the whole."""
        rows = self.question.scopes().filter(is_inside=True, whole_is_logged=True)
        grouped = rows.order_by().values_list("counts_as", "activity__part_of__counts_as").annotate(n=Count("pk"))
        return [(Category(part).label, Category(whole).label, number) for part, whole, number in sorted(grouped)]

    @property
    def counted_twice(self) -> int:
        """By how much the categories together exceed the total of activities."""
        return sum(number for _part, _whole, number in self.overlaps)

    @cached_property
    def shared(self) -> Shared | None:
        """Joint activities of the unions below; None in a report of one union."""
        if not self.question.under:
            return None
        sure = self.question.scopes().filter(is_inside=True).values("activity_id")
        ours = Union.objects.filter(self.question.unions()).values("pk")
        pairs = Counter()
        roles = UnionRole.objects.filter(activity__in=sure, union__in=ours, activity__union_roles__union__in=ours)
        grouped = roles.order_by().values_list("union_id", "activity__union_roles__union_id")
        for one, other, number in grouped.annotate(n=Count("activity_id", distinct=True)):
            pairs[one, other] = number
        joint = Counter()
        for (one, other), number in pairs.items():
            if one != other:
                joint[one] += number
        first = [one for one, _number in sorted(joint.items(), key=lambda it: (-it[1], it[0]))[:SIDES]]
        unions = Union.objects.in_bulk(first)
        lines = tuple(tuple(pairs[one, other] for other in first) for one in first)
        return Shared(tuple(unions[one] for one in first), lines, len(joint) - len(first))

    @cached_property
    def persons(self) -> list[Persons]:
        asked = (BY_CODE[code] for code in OF_PERSONS)
        return [self._persons(one) for one in asked if one.is_asked(self.question)]

    def _persons(self, indicator: Indicator) -> Persons:
        rows = indicator.scope_rows(self.question)
        ours = Union.objects.filter(self.question.unions()).values("pk")
        members = Member.objects.filter(
            **({"union__in": ours} if indicator.sums == PEOPLE else {"union__isnull": True})
        )
        who = Concat(Coalesce(Cast("union_id", CharField()), Value("")), Value("/"), "folded", output_field=CharField())
        named = members.filter(activity__in=rows.values("activity_id")).aggregate(n=Count(who, distinct=True))["n"]
        listed = members.filter(activity=OuterRef("activity_id")).order_by().values("activity")
        number = Coalesce(Subquery(listed.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
        brought = F(indicator.column)
        spare = Case(When(**{f"{indicator.column}__gt": F("listed")}, then=brought - F("listed")), default=Value(0))
        added = rows.annotate(listed=number).aggregate(
            most=Max(indicator.column), spare=Sum(spare), missing=Count("pk", filter=indicator.uncounted)
        )
        low, high = max(named, added["most"] or 0), named + (added["spare"] or 0)
        if added["missing"]:
            return Persons(indicator, low or None, None, named, added["spare"] or 0, added["missing"])
        return Persons(indicator, low, max(low, high), named, added["spare"] or 0, 0)
