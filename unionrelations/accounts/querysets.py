"""Questions about our unions and their people. Never knows who asks, nor why."""

from django.db.models import F

from unionrelations.kit.folding import FindableQuerySet
from unionrelations.kit.scoping import ScopedQuerySet


class UnionQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_path = ""

    def under(self, union):
        """The union itself and every one below it."""
        return self.filter(path__startswith=union.path)

    def above(self, union):
        """The union itself and every one above it, nearest first."""
        return self.filter(pk__in=[*union.ancestor_ids(), union.pk]).order_by("-path")

    def for_listing(self):
        return self.select_related("parent")

    def for_choosing(self):
        return self.in_order()

    def get_by_natural_key(self, code):
        return self.get(code=code)


class UnionSuccessionQuerySet(ScopedQuerySet):
    scope_path = "predecessor"

    def for_listing(self):
        return self.select_related("predecessor", "successor").order_by(F("day").desc(), "pk")

    def get_by_natural_key(self, predecessor, successor, day):
        return self.get(predecessor__code=predecessor, successor__code=successor, day=day)


class OfficerQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union").prefetch_related("languages")

    def get_by_natural_key(self, union, name):
        return self.get(union__code=union, name=name)


class OfficerLanguageQuerySet(ScopedQuerySet):
    scope_path = "officer__union"
