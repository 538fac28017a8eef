"""Questions about terms, plans, their lines and what became of them. Never knows who asks, nor today."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import TruncQuarter

from unionrelations.kit.folding import FindableQuerySet
from unionrelations.kit.scoping import ScopedQuerySet

from .restrictions import HeldBackQuerySet


class TermQuerySet(ScopedQuerySet):
    """Terms hold for the unions below that have none of their own, so they are read there too."""

    scope_path = "union"
    handed_down = True

    def for_listing(self):
        return self.select_related("union")

    def of(self, union) -> list:
        """The terms a union reports by, newest first: its own, else those of the nearest union above that has any."""
        terms = self.filter(union__in=[*union.ancestor_ids(), union.pk]).select_related("union").order_by("-first_day")
        nearest = max((len(one.union.path) for one in terms), default=0)
        return [one for one in terms if len(one.union.path) == nearest]

    def of_each(self, unions) -> list[tuple]:
        """Each union with the terms it reports by, newest first, in one query for all of them."""
        own: dict[int, list] = {}
        for one in self.select_related("union").order_by("-first_day"):
            own.setdefault(one.union_id, []).append(one)
        nearest_first = ((union, [union.pk, *reversed(union.ancestor_ids())]) for union in unions)
        return [(union, next((own[pk] for pk in line if pk in own), [])) for union, line in nearest_first]

    def get_by_natural_key(self, union, name):
        return self.get(union__code=union, name=name)


class RuleSetQuerySet(ScopedQuerySet):
    """Rules hold for the unions below that say nothing else, so they are read there too."""

    scope_path = "union"
    handed_down = True

    def for_listing(self):
        return self.select_related("union", "changed_by")

    def nearest_first(self, union):
        """Those that hold for a union: its own, then those of the unions above."""
        rows = self.filter(union__in=[*union.ancestor_ids(), union.pk])
        return rows.select_related("union").order_by("-union__path")

    def get_by_natural_key(self, union):
        return self.get(union__code=union)


class HandedDownOnceApproved(ScopedQuerySet):
    """Read above and in the union itself as it comes about; below, only what was approved.

    `plan_path` leads from a row to its plan.
    """

    handed_down = True
    plan_path = ""

    def within(self, user) -> Q:
        return super().within(user) & (self.in_reach_of(user) | self.read_below)

    @property
    def read_below(self) -> Q:
        return Q(**{f"{self.plan_path}state": "approved"})

    def in_reach_of(self, user) -> Q:
        """What belongs to the person's own union and those below it: whose money and results they see."""
        if user.sees_everything:
            return Q(pk__isnull=False)
        if user.union_id is None:
            return Q(pk__isnull=True)
        return Q(**{f"{self.scope_path}__path__startswith": user.union.path})

    def reached_by(self, user):
        return self.visible_to(user).filter(self.in_reach_of(user))


class PlanQuerySet(HandedDownOnceApproved, FindableQuerySet):
    """Plans are handed down: the unions below make theirs from them. A plan under revision stays in force meanwhile."""

    scope_path = "union"

    @property
    def read_below(self) -> Q:
        return Q(state="approved") | Q(number__gt=0)

    def for_listing(self):
        return self.select_related("union")

    def for_choosing(self):
        return self.select_related("union").order_by("-first_day", "union__path", "pk")

    def removable_by(self, user):
        """One that was approved here is kept; its lines are changed by a revision."""
        return self.writable_by(user).filter(number=0).exclude(state="submitted")

    def open(self):
        """Those whose lines may be changed as they stand."""
        return self.filter(Q(state="draft") | Q(state="approved", number=0))

    def of_year(self, year: int):
        return self.filter(first_day__lte=date(year, 12, 31), last_day__gte=date(year, 1, 1))

    def get_by_natural_key(self, union, title):
        return self.get(union__code=union, title=title)


class PlanLineQuerySet(HandedDownOnceApproved, FindableQuerySet):
    """`outcome` of each: held, dropped or outstanding, exactly one. `in_reach`: whether the reader sees its money."""

    scope_path = "plan__union"
    plan_path = "plan__"

    @property
    def read_below(self) -> Q:
        return super().read_below & Q(refusal="")

    def for_reader(self, user):
        reached = When(self.in_reach_of(user), then=Value(True))
        return self.with_outcome().annotate(in_reach=Case(reached, default=Value(False), output_field=BooleanField()))

    def with_outcome(self):
        """Held: something it became was held, or all its steps are done. Dropped: refused, or all fell through."""
        links = self._related("realisations").counted().filter(line=OuterRef("pk"))
        steps = self._related("steps").filter(line=OuterRef("pk"))
        held = Exists(links.filter(activity__status="held"))
        done = Exists(steps) & ~Exists(steps.filter(percent__lt=100))
        fell = Q(activity__status__in=("cancelled", "refused")) | self._put_off
        outcome = Case(
            When(Q(held), then=Value("held")),
            When(~Q(refusal=""), then=Value("dropped")),
            When(Q(Exists(links.filter(fell))) & ~Q(Exists(links.filter(~fell))), then=Value("dropped")),
            When(~Q(Exists(links)) & Q(done), then=Value("held")),
            default=Value("outstanding"),
            output_field=models.CharField(),
        )
        return self.annotate(outcome=outcome)

    def with_held_in(self):
        """`began_in` of each: what the line itself says as `held_in`."""
        counted = self._related("realisations").counted().filter(line=OuterRef("pk"), activity__status="held")
        first = counted.order_by("activity__starts_on", "pk")
        ends = Case(When(activity__precision="day", then=F("activity__starts_on")), default=F("activity__ends_on"))
        bounds = self.alias(
            _from=TruncQuarter(Subquery(first.values("activity__starts_on")[:1])),
            _to=TruncQuarter(Subquery(first.annotate(last=ends).values("last")[:1])),
        )
        whole = When(_from=F("_to"), then=F("_from"))
        return bounds.annotate(began_in=Case(whole, default=Value(None), output_field=models.DateField()))

    @property
    def _put_off(self) -> Q:
        """Postponed to a day after the plan is over; postponed within it, it is still to come."""
        return Q(activity__status="postponed", activity__starts_on__gt=F("line__plan__last_day"))

    def for_listing(self):
        links = self._related("realisations").with_what_they_brought()
        return self.select_related("plan__union", "partner", "country").prefetch_related(
            Prefetch("realisations", links, to_attr="realised"), "steps"
        )

    def for_choosing(self):
        return self.select_related("plan").order_by("-plan__first_day", "plan", "pk")

    def removable_by(self, user):
        return self.writable_by(user).filter(plan__in=self._plans().open())

    def open(self):
        """Those whose plan may be changed as it stands."""
        return self.filter(plan__in=self._plans().open())

    def of_year(self, year: int):
        """Planned in this year; where that is not said, or wider, those it may be of."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        said = Q(quarter__range=(first, last))
        wide = Q(quarter__isnull=True, starts_on__lte=last, ends_on__gte=first)
        unsaid = Q(quarter__isnull=True, starts_on__isnull=True, plan__first_day__lte=last, plan__last_day__gte=first)
        return self.filter(said | wide | unsaid)

    def get_by_natural_key(self, union, plan, title):
        return self.get(plan__union__code=union, plan__title=plan, title=title)

    def _plans(self):
        return self.model._meta.get_field("plan").related_model._default_manager.all()

    def _related(self, name: str):
        return self.model._meta.get_field(name).related_model._default_manager.all()


class OfPlanLineQuerySet(ScopedQuerySet):
    """What belongs to a line and is read by its union and those above alone."""

    scope_path = "line__plan__union"


class RealisationQuerySet(HeldBackQuerySet, OfPlanLineQuerySet):
    def counted(self):
        """Of activities in which the plan's union, or one below it, took part: whoever sees the one sees the other.

        Each with the people it brought that union and those below.
        """
        brought = {name: F(f"activity__scopes__{name}") for name in ("people", "people_unknown", "guests", "trainees")}
        return self.filter(activity__scopes__union=F("line__plan__union")).annotate(**brought)

    def with_what_they_brought(self):
        """Each with its activity, people and costs, in two queries for all."""
        costs = self._costs().select_related("union")
        shown = self.counted().select_related("activity").order_by("activity__starts_on", "pk")
        return shown.prefetch_related(Prefetch("activity__costs", costs, to_attr="every_cost"))

    def missing_people(self):
        """Held ones of which the headcount that counts is not known, or not whole. After `counted`."""
        held = self.filter(activity__status="held")
        inbound, course = (Q(activity__counts_as=one) for one in ("delegation_in", "course"))
        theirs, taught = inbound & Q(guests__isnull=True), course & Q(trainees__isnull=True)
        own = Q(people_unknown=True) | Q(people__isnull=True)
        return held.filter(theirs | taught | ~inbound & ~course & own)

    def costing(self, currency: str):
        """Those with a settled cost in this currency in the accounts of the plan's union or one below it."""
        ours = self._costs().filter(
            activity=OuterRef("activity"),
            currency=currency,
            settlement__isnull=False,
            union__path__startswith=OuterRef("line__plan__union__path"),
        )
        return self.filter(Exists(ours))

    def _costs(self):
        activity = self.model._meta.get_field("activity").related_model
        return activity._meta.get_field("costs").related_model._default_manager.all()

    def get_by_natural_key(self, union, plan, line, activity):
        return self.get(
            line__plan__union__code=union, line__plan__title=plan, line__title=line, activity__code=activity
        )


class PlanEventQuerySet(ScopedQuerySet):
    """Who did what with a plan, read by its union and those above."""

    scope_path = "plan__union"

    def for_listing(self):
        return self.select_related("by", "on_behalf_of", "plan").defer("lines")
