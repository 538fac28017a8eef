"""The ways a report's activities are cut into lines: by year, union, partner, country, form. Never counts.

A breakdown says which line, or lines, an activity stands in; every indicator of activities can then be read for each
line. Where one activity may stand in several lines they do not add up to the report, and the table says so. An activity
without what is asked for stands in a line of its own, so that nothing is left out silently.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, ExtractMonth, ExtractYear
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity, ActivityCountry, ActivityScope, Conference, PartnerRole
from activities.models.figures import Indicates
from partners.models import Country, Partner
from partners.models.countries import HOME
from unionrelations.accounts.models import Union
from unionrelations.accounts.succession import heirs
from unionrelations.kit.periods import month_end
from unionrelations.kit.windows import Precision, in_words

from .addresses import Unanswerable
from .findings import Tally
from .questions import KIND_OF, Category, Kind, Question

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NONE = "none"  # in an address, the line of activities without what is asked for
IN_THE_COUNTRY = "home"
CATEGORIES = (
    Indicates.DELEGATIONS_OUT,
    Indicates.DELEGATIONS_IN,
    Indicates.CONFERENCES_HOSTED,
    Indicates.CONFERENCES_ABROAD,
    Indicates.CONFERENCES_HOME,
    Indicates.MEETINGS,
    Indicates.COURSES,
)
CONFERENCES = [one for one, kind in KIND_OF.items() if kind == Kind.CONFERENCE]
PEOPLE = (Indicates.OFFICIALS_OUT, Indicates.GUESTS_IN)
ALL = (*CATEGORIES, Indicates.ACTIVITIES)

Lined = Callable[[Question], QuerySet[ActivityScope]]
Names = Callable[[Iterable[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Breakdown:
    """`lined` gives the question's scope rows, each with its `line` as text, null where it has none."""

    code: str
    label: StrOrPromise
    head: StrOrPromise  # of the column of lines
    lined: Lined
    names: Names
    without: StrOrPromise  # the line of activities that have none
    columns: tuple[Indicates, ...] = ALL
    overlaps: bool = False  # one activity may stand in several lines
    in_order: tuple[str, ...] | None = None  # the lines' own order; () is that of their keys; None: the largest first
    kind: str = ""  # says something of activities of this kind only
    under_only: bool = False

    def is_asked(self, question: Question) -> bool:
        return not (self.kind and question.only.kind not in ("", self.kind)) and not (
            self.under_only and not question.under
        )


@dataclass(frozen=True)
class LineOf:
    """One line of a breakdown, by its key; None is the line of activities without one."""

    breakdown: Breakdown
    key: str | None

    @classmethod
    def read(cls, asked, breakdowns: Mapping[str, Breakdown]) -> LineOf | None:
        """From an address's parameters; None where no breakdown is asked for. Raises Unanswerable."""
        if not asked.get("by"):
            return None
        breakdown = breakdowns.get(asked["by"])
        if breakdown is None:
            raise Unanswerable(_now("No table is called “%(code)s”.") % {"code": asked["by"][:60]})
        key = asked.get("line", NONE)[:200]
        return cls(breakdown, None if key == NONE else key)

    @property
    def parameters(self) -> dict[str, str]:
        return {"by": self.breakdown.code, "line": NONE if self.key is None else self.key}

    def lined(self, question: Question) -> QuerySet[ActivityScope]:
        return self.breakdown.lined(question)

    def scopes(self, question: Question) -> QuerySet[ActivityScope]:
        rows = self.lined(question)
        return rows.filter(line__isnull=True) if self.key is None else rows.filter(line=self.key)

    def tally(self, tallies: Mapping[str | None, Tally]) -> Tally:
        return tallies.get(self.key, Tally())

    def name(self) -> str:
        if self.key is None:
            return str(self.breakdown.without)
        return str(self.breakdown.names([self.key]).get(self.key, self.key))


def _by_column(column: str, question: Question, **among) -> QuerySet[ActivityScope]:
    """By one column of the activity; an empty word is none."""
    rows = question.scopes().filter(**among)
    return rows.annotate(line=Case(When(**{column: ""}, then=None), default=F(column), output_field=CharField()))


def _by_plan(question: Question) -> QuerySet[ActivityScope]:
    on, off = When(activity__on_plan=True, then=Value("on")), When(activity__on_plan=False, then=Value("off"))
    return question.scopes().annotate(line=Case(on, off, output_field=CharField()))


def _by_year(question: Question) -> QuerySet[ActivityScope]:
    """The calendar year its start surely lies in."""
    return _by_span(question, ExtractYear)


def _by_month(question: Question) -> QuerySet[ActivityScope]:
    """The month its start surely lies in, written as 202306."""
    return _by_span(question, lambda end: ExtractYear(end) * 100 + ExtractMonth(end))


def _by_span(question: Question, number) -> QuerySet[ActivityScope]:
    first, last = question.window_columns
    rows = question.scopes().annotate(
        first_number=ExpressionWrapper(number(first), IntegerField()),
        last_number=ExpressionWrapper(number(last), IntegerField()),
    )
    sure = When(first_number=F("last_number"), then=Cast("first_number", CharField()))
    return rows.annotate(line=Case(sure, output_field=CharField()))


def _by_course(question: Question) -> QuerySet[ActivityScope]:
    """Cohort and stage, written as VI/2."""
    both = Concat("activity__course__cohort", Value("/"), "activity__course__step", output_field=CharField())
    stated = When(~Q(activity__course__cohort="", activity__course__step=""), then=both)
    return question.scopes().filter(counts_as=Category.COURSE).annotate(line=Case(stated, output_field=CharField()))


def _by_each(rows_of: str, model, line, question: Question) -> QuerySet[ActivityScope]:
    """By something an activity may have several of; it stands once in each line, however often it has it."""
    rows = question.scopes().annotate(row=F(f"activity__{rows_of}__pk"), line=line(f"activity__{rows_of}__"))
    earlier = model.objects.filter(activity=OuterRef("activity_id"), pk__lt=OuterRef("row"))
    return rows.filter(~Exists(earlier.annotate(its_line=line("")).filter(its_line=OuterRef("line"))))


def _region(prefix: str) -> Case:
    """Vietnam stands apart from the region it lies in: most of what is done there crosses no border."""
    home = When(**{f"{prefix}country__code": HOME}, then=Value(IN_THE_COUNTRY))
    return Case(home, default=F(f"{prefix}country__region"), output_field=CharField())


def _by_union(question: Question) -> QuerySet[ActivityScope]:
    """What each union took part in, with its own people; as organised on a day, each under the one that carries on."""
    ours = Union.objects.filter(question.unions()).values("pk")
    own = ActivityScope.objects.filter(own=True, union__in=ours).counting()
    if not question.organised_on:
        rows = question.only.scopes(own.bringing(under=False)).annotate(line=F("union__code"))
    else:
        line = _carrying_on(question.organised_on)
        same = (
            own.filter(activity_id=OuterRef("activity_id")).order_by().annotate(its=line).filter(its=OuterRef("line"))
        )
        together = same.values("activity_id").annotate(together=Sum("own_people")).values("together")
        rows = question.only.scopes(own).annotate(
            line=line,
            brought=Subquery(together, output_field=IntegerField()),
            brought_unknown=Exists(same.filter(own_people_unknown=True)),
        )
        rows = rows.filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))
    placed = question.place(rows)
    whole = placed.filter(is_inside=True, activity_id=OuterRef("activity__part_of_id"), line=OuterRef("line"))
    return placed.annotate(whole_is_logged=Exists(whole.order_by()))


def _carrying_on(on: date) -> Case:
    """The code of the union that carries on for the row's own."""
    led_by = defaultdict(list)
    for ended, heir in heirs(on).items():
        led_by[heir].append(ended)
    codes = dict(Union.objects.filter(pk__in=led_by).values_list("pk", "code"))
    ended = (When(union_id__in=them, then=Value(codes[heir])) for heir, them in led_by.items())
    return Case(*ended, default=F("union__code"), output_field=CharField())


def _named(model, keys: Iterable[str]) -> dict[str, str]:
    return {one.code: str(one) for one in model.objects.filter(code__in=[*keys])}


def _labelled(choices, keys: Iterable[str]) -> dict[str, str]:
    words = dict(choices)
    return {one: str(words.get(one, one)) for one in keys}


def _months(keys: Iterable[str]) -> dict[str, str]:
    firsts = {one: date(int(one[:4]), int(one[4:]), 1) for one in keys if re.fullmatch(r"\d{4}(0[1-9]|1[0-2])", one)}
    return {one: in_words(first, month_end(first), Precision.MONTH) for one, first in firsts.items()}


def _cohorts(keys: Iterable[str]) -> dict[str, str]:
    said = {}
    for one in keys:
        cohort, _slash, step = one.rpartition("/")
        parts = ((_now("cohort %(name)s"), cohort), (_now("stage %(name)s"), step))
        said[one] = capfirst(", ".join(words % {"name": name} for words, name in parts if name))
    return said


_BREAKDOWNS = (
    Breakdown(
        "year", _("By year"), _("Year"), _by_year, lambda keys: {one: one for one in keys},
        _("date lies in more than one year"), columns=(*CATEGORIES, *PEOPLE, Indicates.ACTIVITIES), in_order=(),
    ),
    Breakdown(
        "month", _("By month"), _("Month"), _by_month, _months, _("date lies in more than one month"), in_order=(),
    ),
    Breakdown(
        "union", _("By union"), _("Union"), _by_union, partial(_named, Union), _("no union"),
        columns=(*CATEGORIES[:2], *PEOPLE, *CATEGORIES[2:], Indicates.ACTIVITIES), overlaps=True, under_only=True,
    ),
    Breakdown(
        "partner", _("By partner"), _("Partner"),
        partial(_by_each, "partner_roles", PartnerRole, lambda prefix: F(f"{prefix}partner__code")),
        partial(_named, Partner), _("no partner named"), overlaps=True,
    ),
    Breakdown(
        "partner-kind", _("By kind of partner"), _("Kind of partner"),
        partial(_by_each, "partner_roles", PartnerRole, lambda prefix: F(f"{prefix}partner__kind")),
        partial(_labelled, Partner.Kind.choices), _("no partner named"), overlaps=True,
    ),
    Breakdown(
        "country", _("By country"), pgettext_lazy("a line of a table", "Country"),
        partial(_by_each, "activity_countries", ActivityCountry, lambda prefix: F(f"{prefix}country__code")),
        partial(_named, Country), _("no country named"), overlaps=True,
    ),
    Breakdown(
        "region", _("By region"), _("Region"), partial(_by_each, "activity_countries", ActivityCountry, _region),
        partial(_labelled, (*Country.Region.choices, (IN_THE_COUNTRY, _("in Vietnam")))), _("no country named"),
        overlaps=True,
    ),
    Breakdown(
        "category", _("By kind"), pgettext_lazy("of an activity", "Kind"), partial(_by_column, "counts_as"),
        partial(_labelled, Category.choices), _("not stated"), columns=(Indicates.ACTIVITIES,),
        in_order=tuple(Category.values),
    ),
    Breakdown(
        "format", _("Conferences by format"), _("Format"),
        partial(_by_column, "activity__conference__format", counts_as__in=CONFERENCES),
        partial(_labelled, Conference.Format.choices), _("not stated"), columns=CATEGORIES[2:6],
        in_order=tuple(Conference.Format.values), kind=Kind.CONFERENCE,
    ),
    Breakdown(
        "mode", _("By mode"), _("Mode"), partial(_by_column, "activity__mode"),
        partial(_labelled, Activity.Mode.choices), _("not stated"), in_order=tuple(Activity.Mode.values),
    ),
    Breakdown(
        "plan", _("On plan and off plan"), _("Plan"), _by_plan,
        partial(_labelled, (("on", _("on plan")), ("off", _("off plan")))), _("not known"), in_order=("on", "off"),
    ),
    Breakdown(
        "course", _("Courses by cohort and stage"), _("Cohort and stage"), _by_course, _cohorts, _("not stated"),
        columns=(Indicates.COURSES, Indicates.TRAINEES, Indicates.CERTIFICATES), in_order=(), kind=Kind.COURSE,
    ),
)  # fmt: skip
BREAKDOWNS = {one.code: one for one in _BREAKDOWNS}
