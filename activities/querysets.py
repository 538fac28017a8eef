"""Questions about activities, their sources and plans. Never knows who asks, nor why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Case, F, Prefetch, Q, Sum, Value, When

from unionrelations.kit.folding import FindableQuerySet
from unionrelations.kit.periods import Period
from unionrelations.kit.scoping import ScopedQuerySet

AT_ONCE = 1000  # activities worked out together: few queries, bounded memory


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


class ActivityQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_rows = "scopes"

    def for_reader(self, user):
        """Newest first, each with `people_in_reach`: the own people of the unions the reader sees, null if unknown.

        Ordered by the scope rows' own day, which their index keeps; by the activity's where no scope cuts the list.
        """
        if user.sees_everything:
            return self.annotate(people_in_reach=Sum("union_roles__people")).order_by("-starts_on", "-pk")
        seen = self if user.union_id is None else self.annotate(people_in_reach=F("scopes__people"))
        return seen.order_by("-scopes__window_first", "-scopes__activity_id")

    def for_listing(self):
        return self.prefetch_related(
            Prefetch("union_roles", self._related("union_roles").select_related("union")),
            Prefetch("partner_roles", self._related("partner_roles").select_related("partner")),
            Prefetch("activity_countries", self._related("activity_countries").select_related("country")),
        )

    def removable_by(self, user):
        """Those all of whose unions are in reach: nobody takes a joint activity out of another union's figures."""
        others = self._related("union_roles")
        others = others.exclude(pk__in=others.visible_to(user).values("pk"))
        return self.visible_to(user).exclude(pk__in=others.values("activity_id"))

    def of(self, union, *, under: bool):
        """Those the union took part in; with `under`, also those of the unions below it. Each once."""
        return self.filter(pk__in=self._scopes().of(union, under=under).values("activity_id"))

    def get_by_natural_key(self, code):
        return self.get(code=code)

    def _related(self, name: str):
        return self.model._meta.get_field(name).related_model._default_manager.all()

    def _scopes(self):
        return self._related("scopes")


class RoleQuerySet(ScopedQuerySet):
    """Who took part; read by whoever reads the activity."""

    scope_rows = "activity__scopes"

    def delete(self):
        touched = set(self.values_list("activity_id", flat=True))
        with transaction.atomic():
            gone = super().delete()
            activity = self.model._meta.get_field("activity").related_model
            activity._meta.get_field("scopes").related_model.objects.derive(touched)
        return gone

    delete.alters_data = True
    delete.queryset_only = True

    def get_by_natural_key(self, activity, other, part=None):
        field = next(one for one in ("partner", "country") if hasattr(self.model, one))
        key = {"activity__code": activity, f"{field}__code": other}
        return self.get(**key if part is None else key | {"part": part})


class UnionRoleQuerySet(RoleQuerySet):
    """A union's share and its people; read by that union and those above, not by the others that took part."""

    scope_rows = None
    scope_path = "union"

    def get_by_natural_key(self, activity, union):
        return self.get(activity__code=activity, union__code=union)


class MemberQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_rows = "activity__scopes"

    def for_listing(self):
        return self.select_related("activity", "union")

    def get_by_natural_key(self, activity, name, title):
        return self.get(activity__code=activity, name=name, title=title)


class PaperQuerySet(ScopedQuerySet):
    scope_rows = "activity__scopes"

    def for_listing(self):
        return self.select_related("activity")


class SourceDocumentQuerySet(ScopedQuerySet, FindableQuerySet):
    """Published papers; a union reads its own, those of the unions above, and those that tell of none in particular."""

    scope_path = "union"
    handed_down = True

    def for_listing(self):
        return self.select_related("union")

    def get_by_natural_key(self, code):
        return self.get(code=code)


class SourceLinkQuerySet(ScopedQuerySet):
    """Read with the record it belongs to."""

    scope_path = "document"

    def within(self, user) -> Q:
        seen = Q(partner__isnull=False)
        for record in ("activity", "union", "officer", "relation_event", "agreement"):
            rows = self.model._meta.get_field(record).related_model.objects.visible_to(user)
            seen |= Q(**{f"{record}__in": rows.values("pk")})
        return seen

    def for_listing(self):
        return self.select_related("document", "activity", "union", "officer", "partner", "agreement", "relation_event")

    def get_by_natural_key(self, document, place, record, *key):
        target = self.model._meta.get_field(record).related_model.objects.get_by_natural_key(*key)
        return self.get(document__code=document, place=place, **{record: target})


class ReportedFigureQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union", "document", "subset_of")

    def touching(self, period: Period):
        """Those whose own period shares a day with this one."""
        return self.filter(first_day__lte=period.last, last_day__gte=period.start)

    def get_by_natural_key(self, document, place, union, indicator, printed):
        return self.get(document__code=document, place=place, union__code=union, indicator=indicator, printed=printed)


class ProposalQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union", "document", "activity")

    def get_by_natural_key(self, document, union, text):
        return self.get(document__code=document, union__code=union, text=text)


class PlanQuerySet(ScopedQuerySet, FindableQuerySet):
    """Plans are handed down: the unions below make theirs from them."""

    scope_path = "union"
    handed_down = True

    def for_listing(self):
        return self.select_related("union").prefetch_related("lines")

    def get_by_natural_key(self, union, title):
        return self.get(union__code=union, title=title)


class PlanLineQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_path = "plan__union"
    handed_down = True

    def for_listing(self):
        return self.select_related("plan", "activity")

    def get_by_natural_key(self, union, plan, title):
        return self.get(plan__union__code=union, plan__title=plan, title=title)


class ActivityScopeQuerySet(ScopedQuerySet):
    """Asks the derived rows, and derives them."""

    scope_path = "union"
    WORKED_OUT: ClassVar[tuple[str, ...]] = ("delegation", "conference", "course")

    def of(self, union, *, under: bool):
        """One row an activity: of the union's own, or with `under` of every union in its branch."""
        rows = self.filter(union=union)
        return rows if under else rows.filter(own=True)

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

    def placed(self, period: Period, *, under: bool):
        """The rows touching the period, each with `is_inside`, and `whole_is_logged`: its whole stands in the same
        report, so the total of activities leaves it out."""
        whole = Q(whole_counts=True, whole_first__gte=period.start, whole_last__lte=period.last)
        if not under:
            whole &= Q(whole_own=True)
        return self.touching(period).annotate(
            is_inside=Case(When(self._inside(period), then=Value(True)), default=Value(False)),
            whole_is_logged=Case(When(whole, then=Value(True)), default=Value(False)),
        )

    @staticmethod
    def _inside(period: Period) -> Q:
        return Q(window_first__gte=period.start, window_last__lte=period.last)

    def derive(self, activity_ids: Iterable[int]) -> None:
        """Works out category and scope rows of these activities and of their parts, in place of what stood there."""
        activities = self._activities()
        for some in _in_pieces(activity_ids):
            with transaction.atomic():
                parts = activities.filter(part_of__in=some).exclude(pk__in=some).values_list("pk", flat=True)
                self._categorise(some)
                wanted = [*some, *parts]
                self.filter(activity__in=wanted).delete()
                self.bulk_create(row for one in self._to_work_out(wanted) for row in self.rows_of(one))

    derive.alters_data = True

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

    def rows_of(self, activity) -> Iterator[models.Model]:
        """The scope rows an activity should have, unsaved. Roles and their unions are read from `activity`."""
        roles = list(activity.union_roles.all())
        whole = activity.part_of
        whole_roles = list(whole.union_roles.all()) if whole else []
        for node in sorted({node for role in roles for node in _nodes(role)}):
            own = [role for role in roles if role.union_id == node]
            mine = [role for role in roles if node in _nodes(role)]
            whole_mine = [role for role in whole_roles if node in _nodes(role)]
            yield self.model(
                union_id=node,
                activity=activity,
                own=bool(own),
                window_first=activity.window.start,
                window_last=activity.window.last,
                long_window=activity.window.days > 366,
                counts_as=activity.counts_as,
                held=activity.status == activity.Status.HELD,
                online=activity.mode == activity.Mode.ONLINE,
                whole_first=whole.window.start if whole_mine else None,
                whole_last=whole.window.last if whole_mine else None,
                whole_counts=bool(whole_mine) and whole.status == whole.Status.HELD and whole.counts_as != "",
                whole_own=any(role.union_id == node for role in whole_mine),
                people=_known(role.people for role in mine),
                people_unknown=any(role.people is None for role in mine),
                own_people=_known(role.people for role in own),
                own_people_unknown=any(role.people is None for role in own),
                guests=getattr(activity.own, "guests", None),
                trainees=getattr(activity.own, "trainees", None),
                certificates=getattr(activity.own, "certificates", None),
            )

    def _categorise(self, ids: list[int]) -> None:
        changed = []
        for one in self._to_work_out(ids):
            category = one.category()
            if category != one.counts_as:
                one.counts_as = category
                changed.append(one)
        if changed:
            self._activities().bulk_update(changed, ["counts_as"])

    def _to_work_out(self, ids: list[int]):
        return (
            self._activities()
            .filter(pk__in=ids)
            .select_related("part_of", *self.WORKED_OUT)
            .prefetch_related(
                "union_roles__union",
                "part_of__union_roles__union",
                "conference__activity_countries__country",
                "conference__partner_roles__partner__country",
            )
        )

    def _activities(self):
        return self.model._meta.get_field("activity").related_model._default_manager.all()


def _nodes(role) -> set[int]:
    """The union of a role and every union above it."""
    return {*role.union.ancestor_ids(), role.union_id}


def _known(numbers: Iterable[int | None]) -> int | None:
    """The sum of those written down; None where none is."""
    stated = [one for one in numbers if one is not None]
    return sum(stated) if stated else None


def _in_pieces(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, AT_ONCE)):
        yield some
