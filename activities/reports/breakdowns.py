"""The ways a report's activities are cut into lines: by year, union, partner, country, form. Never counts.

A breakdown says which line, or lines, an activity stands in; every indicator of activities can then be read for each
line. Where one activity may stand in several lines they do not add up to the report, and the table says so. An activity
without what is asked for stands in a line of its own, so that nothing is left out silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import (
    F,
    QuerySet,
)
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityCountry, ActivityScope, Conference, PartnerRole
from activities.models.figures import Indicates
from partners.models import Country, Partner
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import month_end
from unionrelations.kit.windows import Precision, in_words

from . import lines
from .addresses import Unanswerable
from .findings import Tally
from .questions import KIND_OF, Category, Kind, Question

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NONE = "none"  # in an address, the line of activities without what is asked for
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
            raise Unanswerable(gettext("No table is called “%(code)s”.") % {"code": asked["by"][:60]})
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
        parts = ((gettext("cohort %(name)s"), cohort), (gettext("stage %(name)s"), step))
        said[one] = capfirst(", ".join(words % {"name": name} for words, name in parts if name))
    return said


_BREAKDOWNS = (
    Breakdown(
        "year", _("By year"), _("Year"), lines.by_year, lambda keys: {one: one for one in keys},
        _("date lies in more than one year"), columns=(*CATEGORIES, *PEOPLE, Indicates.ACTIVITIES), in_order=(),
    ),
    Breakdown(
        "month", _("By month"), _("Month"), lines.by_month, _months, _("date lies in more than one month"), in_order=(),
    ),
    Breakdown(
        "union", _("By union"), _("Union"), lines.by_union, partial(_named, Union), _("no union"),
        columns=(*CATEGORIES[:2], *PEOPLE, *CATEGORIES[2:], Indicates.ACTIVITIES), overlaps=True, under_only=True,
    ),
    Breakdown(
        "partner", _("By partner"), _("Partner"),
        partial(lines.by_each, "partner_roles", PartnerRole, lambda prefix: F(f"{prefix}partner__code")),
        partial(_named, Partner), _("no partner named"), overlaps=True,
    ),
    Breakdown(
        "partner-kind", _("By kind of partner"), _("Kind of partner"),
        partial(lines.by_each, "partner_roles", PartnerRole, lambda prefix: F(f"{prefix}partner__kind")),
        partial(_labelled, Partner.Kind.choices), _("no partner named"), overlaps=True,
    ),
    Breakdown(
        "country", _("By country"), pgettext_lazy("a line of a table", "Country"),
        partial(lines.by_each, "activity_countries", ActivityCountry, lambda prefix: F(f"{prefix}country__code")),
        partial(_named, Country), _("no country named"), overlaps=True,
    ),
    Breakdown(
        "region", _("By region"), _("Region"),
        partial(lines.by_each, "activity_countries", ActivityCountry, lines.region),
        partial(_labelled, (*Country.Region.choices, (lines.IN_THE_COUNTRY, _("in Vietnam")))), _("no country named"),
        overlaps=True,
    ),
    Breakdown(
        "category", _("By kind"), pgettext_lazy("of an activity", "Kind"), partial(lines.by_column, "counts_as"),
        partial(_labelled, Category.choices), _("not stated"), columns=(Indicates.ACTIVITIES,),
        in_order=tuple(Category.values),
    ),
    Breakdown(
        "format", _("Conferences by format"), _("Format"),
        partial(lines.by_column, "activity__conference__format", counts_as__in=CONFERENCES),
        partial(_labelled, Conference.Format.choices), _("not stated"), columns=CATEGORIES[2:6],
        in_order=tuple(Conference.Format.values), kind=Kind.CONFERENCE,
    ),
    Breakdown(
        "mode", _("By mode"), _("Mode"), partial(lines.by_column, "activity__mode"),
        partial(_labelled, Activity.Mode.choices), _("not stated"), in_order=tuple(Activity.Mode.values),
    ),
    Breakdown(
        "plan", _("On plan and off plan"), _("Plan"), lines.by_plan,
        partial(_labelled, (("on", _("on plan")), ("off", _("off plan")))), _("not known"), in_order=("on", "off"),
    ),
    Breakdown(
        "course", _("Courses by cohort and stage"), _("Cohort and stage"), lines.by_course, _cohorts, _("not stated"),
        columns=(Indicates.COURSES, Indicates.TRAINEES, Indicates.CERTIFICATES), in_order=(), kind=Kind.COURSE,
    ),
)  # fmt: skip
BREAKDOWNS = {one.code: one for one in _BREAKDOWNS}
