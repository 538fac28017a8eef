"""Asks the derived rows that say whose total an activity belongs to, and derives them. Never knows a reader."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import islice
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from unionrelations.kit.acts import untold
from unionrelations.kit.periods import Period
from unionrelations.kit.scoping import ScopedQuerySet

from .left import awaits
from .scope_columns import scope_columns

SHORT = 200  # notes of a union that are told apart in no time
AT_ONCE = 1000  # activities worked out together: few queries, bounded memory


class ActivityScopeQuerySet(ScopedQuerySet):
    """Asks the derived rows, and derives them."""

    scope_path = "union"
    WORKED_OUT: ClassVar[tuple[str, ...]] = ("delegation", "conference", "course")

    def of(self, union, *, under: bool):
        """One row an activity: of the union's own, or with `under` of every union in its branch."""
        rows = self.filter(union=union)
        return rows if under else rows.filter(own=True)

    @staticmethod
    def tell_all_to(user) -> bool:
        """Whether the person sees just the activities that have a scope row of their union, and those of their own are
        the union's own: what is restricted has none."""
        return user.is_active and user.union_id is not None and not (user.sees_everything or user.is_named)

    def counting(self):
        """Held, and counted as something: what figures are made of."""
        return self.filter(held=True).exclude(counts_as="")

    def touching(self, period: Period):
        """Those that started, or may have started, in the period."""
        return self.filter(window_first__lte=period.last, window_last__gte=period.start)

    def inside(self, period: Period):
        """Those that surely started in it: the whole window lies within."""
        return self.filter(self._inside(period))

    def undetermined(self, period: Period):
        """Those whose window crosses the period's edge: they may have started in it or not."""
        return self.touching(period).exclude(self._inside(period))

    def bringing(self, *, under: bool):
        """Each with `brought`, the own people of the unions asked for, and whether one of them is missing."""
        people = "people" if under else "own_people"
        return self.annotate(brought=F(people), brought_unknown=F(f"{people}_unknown"))

    def of_several(self, unions):
        """One row an activity of unions that share no branch, with what their own people brought together."""
        own = self.model._default_manager.filter(own=True, union__in=unions)
        first = own.order_by().values("activity_id").annotate(first=Min("pk")).values("first")
        theirs = own.filter(activity_id=OuterRef("activity_id")).order_by()
        together = theirs.values("activity_id").annotate(together=Sum("own_people")).values("together")
        return self.filter(pk__in=first).annotate(
            brought=Subquery(together, output_field=models.IntegerField()),
            brought_unknown=Exists(theirs.filter(own_people_unknown=True)),
        )

    def placed(self, period: Period, *, under: bool):
        """The rows touching the period, each with `is_inside`, and `whole_is_logged`: its whole stands in the same
        report, so the total of activities leaves it out."""
        whole = Q(whole_counts=True, whole_first__gte=period.start, whole_last__lte=period.last)
        if not under:
            whole &= Q(whole_own=True)
        return self.placed_by_start(period).annotate(whole_is_logged=_true(whole))

    def placed_by_start(self, period: Period):
        """Those that started, or may have, in the period; `is_inside` where they surely did."""
        return self.touching(period).annotate(is_inside=_true(self._inside(period)))

    def placed_by_end(self, period: Period):
        """The same by the last day known of each: a window stays a window, a trip without a return has one day."""
        to_the_day = When(activity__precision="day", then=Coalesce("activity__ends_on", "activity__starts_on"))
        rows = self.annotate(
            end_first=Case(to_the_day, default=F("window_first")), end_last=Case(to_the_day, default=F("window_last"))
        ).filter(end_first__lte=period.last, end_last__gte=period.start)
        return rows.annotate(is_inside=_true(Q(end_first__gte=period.start, end_last__lte=period.last)))

    def with_wholes_among(self, logged):
        """Each with `whole_is_logged`: whether the activity it is part of is one of the logged."""
        whole = logged.order_by().filter(activity_id=OuterRef("activity__part_of_id"))
        return self.annotate(whole_is_logged=Exists(whole))

    @staticmethod
    def _inside(period: Period) -> Q:
        return Q(window_first__gte=period.start, window_last__lte=period.last)

    def derive(self, activity_ids: Iterable[int]) -> None:
        """Works out category and scope rows of these activities and of their parts, in place of what stood there."""
        activities = self._activities()
        for some in _in_pieces(activity_ids):
            with transaction.atomic():
                parts = activities.filter(part_of__in=some).exclude(pk__in=some).values_list("pk", flat=True)
                wanted = [*some, *parts]
                activities.hold(wanted)
                found = list(self._to_work_out(wanted))
                self._categorise(found, {*some})
                stood = self.filter(activity__in=wanted)
                touched = set(stood.order_by().values_list("union_id", flat=True))
                stood.delete()
                restricted = self._restrictions().of({*wanted, *(one.part_of_id for one in found)} - {None})
                rows: list = [row for one in found for row in self.rows_of(one, restricted)]
                self.bulk_create(rows)
                self._date_roles(wanted, rows)
                self._changes().note(touched | {row.union_id for row in rows})

    derive.alters_data = True

    def note_reports(self, activity_ids: Iterable[int]) -> None:
        """Papers of these activities came, went or changed. No figure follows from that, so no change is noted.

        Whoever writes the paper holds the activities beforehand (`ActivityQuerySet.hold`).
        """
        for one in self._with_reports(self._activities().filter(pk__in=activity_ids)):
            self.filter(activity=one).update(awaits=awaits(one))

    note_reports.alters_data = True

    def note_leaving(self, activities) -> None:
        """Activities are about to go, and their scope rows with them."""
        self._changes().note(set(self.filter(activity__in=activities).order_by().values_list("union_id", flat=True)))

    note_leaving.alters_data = True

    def catch_up(self) -> int:
        """Derives again what a release before this one wrote while it ran beside it; of how many activities.

        Where it took all scope rows away, as a restriction does, roles say that they counted and nothing else does.
        """
        ids = set(self.filter(roles_dated=False).order_by().values_list("activity_id", flat=True))
        scopes = Exists(self.order_by().filter(activity=OuterRef("activity_id")))
        for roles in self._dated_roles():
            alone = roles.filter(~scopes, counted_first__isnull=False)
            ids |= set(alone.order_by().values_list("activity_id", flat=True))
        self.derive(ids)
        return len(ids)

    catch_up.alters_data = True

    def rebuild(self) -> int:
        """Derives everything again, and says of how many activities."""
        ids = list(self._activities().order_by("pk").values_list("pk", flat=True))
        self.derive(ids)
        return len(ids)

    rebuild.alters_data = True

    def follow_branch(self, union) -> None:
        """A branch of the tree has moved: its activities belong to other unions above now."""
        roles = self._activities().model._meta.get_field("union_roles").related_model
        self.derive(set(roles.objects.filter(union__path__startswith=union.path).values_list("activity_id", flat=True)))

    follow_branch.alters_data = True

    def rows_of(self, activity, restricted: Container[int] = ()) -> Iterator[models.Model]:
        """The scope rows an activity should have, unsaved. Roles and their unions are read from `activity`."""
        return (self.model(**columns) for columns in scope_columns(activity, restricted))

    def _categorise(self, found: list, ids: set[int]) -> None:
        """Works out the category of those with these ids; the parts among `found` read it from their whole."""
        changed = {}
        for one in found:
            if one.pk in ids and (category := one.category()) != one.counts_as:
                one.counts_as = category
                changed[one.pk] = one
        if changed:
            self._activities().bulk_update(changed.values(), ["counts_as"])
        for one in found:
            if one.part_of_id in changed:
                one.part_of.counts_as = changed[one.part_of_id].counts_as

    def _date_roles(self, ids: list[int], rows: list) -> None:
        """Partners and countries of these activities say when they counted, as their scope rows do."""
        windows = {row.activity_id: (row.window_first, row.window_last) for row in rows if row.held and row.counts_as}
        said = self.filter(activity=OuterRef("activity_id")).counting().order_by()
        window = {f"counted_{end}": Subquery(said.values(f"window_{end}")[:1]) for end in ("first", "last")}
        for roles in self._dated_roles():
            stood = roles.filter(activity__in=ids).order_by().values_list("pk", "activity_id", *window)
            stale = [pk for pk, activity, *when in stood if tuple(when) != windows.get(activity, (None, None))]
            if stale:
                with untold():
                    roles.filter(pk__in=stale).update(**window)

    def _to_work_out(self, ids: list[int]):
        return (
            self._with_reports(self._activities().filter(pk__in=ids))
            .select_related("part_of", *self.WORKED_OUT)
            .prefetch_related(
                "union_roles__union",
                "part_of__union_roles__union",
                "conference__activity_countries__country",
                "conference__partner_roles__partner__country",
            )
        )

    @staticmethod
    def _with_reports(activities):
        """Each with its `papers`, of which its trip reports alone."""
        papers = activities.model._meta.get_field("papers").related_model._base_manager
        reports = papers.filter(kind="trip_report").only("activity_id", "kind").order_by()
        return activities.prefetch_related(Prefetch("papers", reports))

    def _dated_roles(self):
        fields = (self._activities().model._meta.get_field(name) for name in ("partner_roles", "activity_countries"))
        return [one.related_model._default_manager for one in fields]

    def _restrictions(self):
        return self.model._meta.apps.get_model("activities", "Restriction")._default_manager.all()

    def _changes(self):
        return self.model._meta.apps.get_model("activities", "ScopeChange")._default_manager

    def _activities(self):
        return self.model._meta.get_field("activity").related_model._default_manager.all()


class ScopeChangeQuerySet(ScopedQuerySet):
    """Notes that scope rows of unions have changed, and tells one state of them from another."""

    scope_path = "union"

    def note(self, unions: Iterable[int]) -> None:
        """Without a lock: whoever saves at the same time writes a note of their own."""
        self.bulk_create(self.model(union_id=one) for one in sorted(unions))

    note.alters_data = True

    def states(self, unions: Iterable[int]) -> dict[int, tuple[int, int, int]]:
        """By union, what stays the same only while none of its scope rows change. A union without a note has none."""
        found = self.filter(union__in=unions).values("union_id").order_by()
        rows = found.annotate(notes=Count("pk"), last=Max("pk"), sum=Sum("token"))
        return {row["union_id"]: (row["notes"], row["last"], row["sum"]) for row in rows}

    def shorten(self) -> None:
        """One fresh note in place of many: the state is another one from then on, and told in less time."""
        for union in self.order_by().values("union_id").annotate(notes=Count("pk")).filter(notes__gt=SHORT):
            with transaction.atomic():
                fresh = self.create(union_id=union["union_id"])
                self.filter(union=union["union_id"], pk__lt=fresh.pk).delete()

    shorten.alters_data = True


def _true(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _in_pieces(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, AT_ONCE)):
        yield some
