"""What a leader reads in five minutes: the term in numbers, and year by year.

Every number comes from the report's own indicators and opens its rows. Nothing is estimated: what the preceding term
has no record of is said to have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.entities import ACTIVITIES, DELEGATIONS
from activities.models import Term
from activities.models.figures import Indicates
from activities.reports.findings import Finding, measure
from activities.reports.indicators import BY_CODE
from activities.reports.questions import Question
from activities.reports.reports import Figure, Report
from activities.reports.trends import Category, trend
from unionrelations.kit.drawing import Bars, Column, Mark, Series

from .counted import Counted

HEADLINE = (
    Indicates.DELEGATIONS_OUT,
    Indicates.DELEGATIONS_IN,
    Indicates.CONFERENCES_HOSTED,
    Indicates.COURSES,
    Indicates.ACTIVITIES,
)
# The colours of the year chart, and what each stands for, in the order of the stack.
SHAPES = (
    ("c-out", (Indicates.DELEGATIONS_OUT,), (Category.DELEGATION_OUT,)),
    ("c-in", (Indicates.DELEGATIONS_IN,), (Category.DELEGATION_IN,)),
    (
        "c-conf",
        (Indicates.CONFERENCES_HOSTED, Indicates.CONFERENCES_ABROAD, Indicates.CONFERENCES_HOME, Indicates.MEETINGS),
        (Category.CONFERENCE_HOSTED, Category.CONFERENCE_ABROAD, Category.CONFERENCE_HOME, Category.MEETING),
    ),
    ("c-course", (Indicates.COURSES,), (Category.COURSE,)),
)
LABELS = {
    "c-out": gettext_lazy("Outbound delegations"),
    "c-in": gettext_lazy("Inbound delegations"),
    "c-conf": gettext_lazy("Conferences and talks"),
    "c-course": gettext_lazy("Courses"),
}
AT_ONCE = 5


@dataclass(frozen=True)
class Headline:
    """A figure of the term; `before` is what the preceding term logged, None where there is nothing to compare with."""

    figure: Figure
    before: Finding | None
    before_url: str


class Overview:
    def __init__(self, request, today: date):
        self.request, self.user, self.today = request, request.user, today

    @cached_property
    def _terms(self) -> list[Term]:
        return Term.objects.visible_to(self.user).of(self.user.union) if self.user.union else []

    @cached_property
    def term(self) -> Term | None:
        """The term of today, else the last that has begun."""
        begun = [one for one in self._terms if one.first_day <= self.today]
        return begun[0] if begun else None

    @cached_property
    def term_before(self) -> Term | None:
        earlier = [one for one in self._terms if self.term and one.first_day < self.term.first_day]
        return earlier[0] if earlier else None

    @cached_property
    def under(self) -> bool:
        return self.user.union.children.exists()

    @cached_property
    def report(self) -> Report | None:
        return Report.of_term(self.user.union, self.term, under=self.under) if self.term else None

    @cached_property
    def report_before(self) -> Report | None:
        return Report.of_term(self.user.union, self.term_before, under=self.under) if self.term_before else None

    @property
    def is_over(self) -> bool:
        return self.term.last_day is not None and self.term.last_day < self.today

    @cached_property
    def _before(self) -> dict[str, Finding]:
        """Of the preceding term; nothing where not one activity of it was logged, for then nothing can be compared."""
        if self.report_before is None:
            return {}
        found = measure(Question(self.user.union, self.term_before.period, under=self.under))
        return found if found[Indicates.ACTIVITIES].logged else {}

    @property
    def compares(self) -> bool:
        return bool(self._before)

    def headlines(self) -> list[Headline]:
        lines = []
        for code in HEADLINE:
            url = self.report_before.rows_url(BY_CODE[code]) if self.compares else ""
            lines.append(Headline(self.report.figure(code), self._before.get(code), url))
        return lines

    @cached_property
    def trend(self):
        return trend(self.user.union, self.term.period, under=self.under, until=self.today)

    def years(self) -> list[tuple]:
        """(year, its report's page, [(number, rows behind it) for each column]), the table behind the drawing."""
        lines = []
        for one in self.trend.years:
            report = Report.of_days(self.user.union, one.period, under=self.under)
            cells = [
                (one.of(category), report.rows_url(BY_CODE[code]))
                for _shape, codes, categories in SHAPES
                for code, category in zip(codes, categories, strict=True)
            ]
            lines.append((one, report.url, cells))
        return lines

    @property
    def columns(self) -> list[str]:
        return [BY_CODE[code].label for _shape, codes, _categories in SHAPES for code in codes]

    @property
    def chart(self) -> Bars:
        """The years as bars. A part opens its rows, or its year's report where several numbers are put together."""
        columns = []
        for one in self.trend.years:
            report = Report.of_days(self.user.union, one.period, under=self.under)
            marks = tuple(
                Mark(one.of(*categories), report.rows_url(BY_CODE[codes[0]]) if len(codes) == 1 else report.url, shape)
                for shape, codes, categories in SHAPES
            )
            columns.append(Column(str(one.number), marks, report.url))
        series = tuple(Series(shape, str(label), shape) for shape, label in LABELS.items())
        return Bars(_("Held activities by the year they started"), tuple(columns), series)

    def gaps(self) -> list[tuple]:
        """Published figures that what was logged does not reach, or exceeds; the widest gap first."""
        apart = [(figure, one) for figure in self.report.figures for one in figure.reported if one.gap]
        return sorted(apart, key=lambda it: -abs(it[1].gap or 0))[:AT_ONCE]

    def completeness(self) -> list[tuple]:
        """(what, how many have it, of how many, rows without it) of all that was held; a share needs whole numbers."""

        def counted(entity, **asked) -> Counted:
            return Counted.whole(self.request, entity, status="held", **asked)

        held, trips = counted(ACTIVITIES), counted(DELEGATIONS)
        lacking = (
            ("source", held, counted(ACTIVITIES, source="without")),
            ("date", held, counted(ACTIVITIES, precision="vague")),
            ("people", trips, counted(DELEGATIONS, headcount="unknown")),
        )
        return [
            (what, every.number - without.number, every.number, without.url)
            for what, every, without in lacking
            if every.number
        ]
