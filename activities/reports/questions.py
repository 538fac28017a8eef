"""What a report is asked: whose activities, of which days, which of them, read how. Never counts, never knows a reader.

Whatever answers a question, a page, a file, a sentence or the list behind a number, starts from `scopes`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityCountry, ActivityScope, PartnerRole
from partners.models import Agreement, Country, Partner
from unionrelations.accounts.models import Union
from unionrelations.accounts.succession import Today
from unionrelations.kit.periods import Period

Category, Kind = Activity.Category, Activity.Kind

KIND_OF = {
    Category.DELEGATION_OUT: Kind.DELEGATION,
    Category.DELEGATION_IN: Kind.DELEGATION,
    Category.CONFERENCE_HOSTED: Kind.CONFERENCE,
    Category.CONFERENCE_ABROAD: Kind.CONFERENCE,
    Category.CONFERENCE_HOME: Kind.CONFERENCE,
    Category.MEETING: Kind.CONFERENCE,
    Category.COURSE: Kind.COURSE,
}


class Rule(models.TextChoices):
    """Which day of an activity decides the period it belongs to."""

    START = "start", _("by the day it started")
    END = "end", _("by the day it ended")


@dataclass(frozen=True)
class Only:
    """Which activities are asked for; what is empty asks for all."""

    kind: str = ""
    mode: str = ""
    partner: Partner | None = None
    country: Country | None = None

    def __bool__(self) -> bool:
        return bool(self.kind or self.mode or self.partner or self.country)

    @property
    def categories(self) -> tuple[Activity.Category, ...]:
        return tuple(one for one in Category if not self.kind or KIND_OF[one] == self.kind)

    def scopes(self, rows: QuerySet) -> QuerySet:
        if self.kind:
            rows = rows.filter(counts_as__in=self.categories)
        if self.mode:
            rows = rows.filter(activity__mode=self.mode)
        if self.partner:
            rows = rows.filter(activity__in=PartnerRole.objects.filter(partner=self.partner).values("activity_id"))
        if self.country:
            rows = rows.filter(activity__in=ActivityCountry.objects.filter(country=self.country).values("activity_id"))
        return rows

    def agreements(self, rows: QuerySet) -> QuerySet:
        """Agreements know partners and, through them, countries; neither a kind nor a mode of activity."""
        if self.partner:
            rows = rows.filter(pk__in=Agreement.objects.filter(parties__partner=self.partner).values("pk"))
        if self.country:
            rows = rows.filter(pk__in=Agreement.objects.filter(parties__partner__country=self.country).values("pk"))
        return rows


@dataclass(frozen=True)
class Question:
    """`organised_on` None reads activities under the unions that recorded them; a day, under those that carry on for
    them then. `under` asks for the unions below as well, each activity once."""

    union: Union
    period: Period
    under: bool = False
    only: Only = Only()
    rule: Rule = Rule.START
    organised_on: date | None = None

    def but(self, **changes) -> Question:
        return replace(self, **changes)

    @property
    def other_rule(self) -> Question:
        return self.but(rule=Rule.END if self.rule == Rule.START else Rule.START)

    @cached_property
    def today(self) -> Today | None:
        """Whose records belong as unions are organised on the day asked for; None where that is as recorded."""
        if self.organised_on is None:
            return None
        found = Today.of(self.union, self.organised_on, under=self.under)
        return None if found.changes_nothing else found

    def unions(self) -> Q:
        """Whose records belong: a condition on unions."""
        if self.today:
            return self.today.unions(self.union, under=self.under)
        return Q(path__startswith=self.union.path) if self.under else Q(pk=self.union.pk)

    def scopes(self) -> QuerySet[ActivityScope]:
        """One row for each activity that surely or perhaps belongs, held and counted as something.

        Each says `is_inside` (surely), `whole_is_logged` (the activity it is part of is among the sure ones, so the
        total leaves it out), `brought` (own people of the unions asked for; null: none written down) and
        `brought_unknown` (one of them is missing).
        """
        rows = self.only.scopes(self._of_unions().counting())
        if self.rule == Rule.START and not self.only and not self.today:
            return rows.placed(self.period, under=self.under)
        placed = self.place(rows)
        return placed.with_wholes_among(placed.filter(is_inside=True))

    def place(self, rows: QuerySet[ActivityScope]) -> QuerySet[ActivityScope]:
        """Those that surely or perhaps lie in the period by its rule, each with `is_inside`."""
        return rows.placed_by_start(self.period) if self.rule == Rule.START else rows.placed_by_end(self.period)

    @property
    def window_columns(self) -> tuple[str, str]:
        """The scope columns that hold the first and last day the rule may go by."""
        return ("window_first", "window_last") if self.rule == Rule.START else ("end_first", "end_last")

    def _of_unions(self) -> QuerySet[ActivityScope]:
        if self.today:
            return ActivityScope.objects.of_several(Union.objects.filter(self.unions()).values("pk"))
        return ActivityScope.objects.of(self.union, under=self.under).bringing(under=self.under)

    def agreements(self) -> QuerySet[Agreement]:
        """Those one of the unions is a party to, each once."""
        ours = Union.objects.filter(self.unions()).values("pk")
        return self.only.agreements(
            Agreement.objects.filter(pk__in=Agreement.objects.filter(parties__union__in=ours).values("pk"))
        )
