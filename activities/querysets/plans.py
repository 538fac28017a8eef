"""Questions about terms and plans. Never knows who asks, nor today."""

from __future__ import annotations

from unionrelations.kit.folding import FindableQuerySet
from unionrelations.kit.scoping import ScopedQuerySet


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
