"""Questions about our unions and their people. Never knows who asks, nor why."""

from django.db.models import F, Q

from unionrelations.kit.folding import FindableQuerySet, spell
from unionrelations.kit.scoping import ScopedQuerySet
from unionrelations.kit.working_days import WorkingDays


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


class OfficeDayQuerySet(ScopedQuerySet):
    """The government's exchanges hold for everybody, so everybody reads all of them."""

    def for_listing(self):
        return self.order_by("-day")

    def calendar(self) -> WorkingDays:
        """The calendar of our offices: the country's, with what is entered here in its place."""
        entered = list(self.all())
        off = {one.day: one.name or str(one.get_kind_display()) for one in entered if one.kind == "off"}
        return WorkingDays(off, frozenset(one.day for one in entered if one.kind == "working"))


class ReminderSettingsQuerySet(ScopedQuerySet):
    """They hold for the unions below that say nothing else, so they are read there too."""

    scope_path = "union"
    handed_down = True

    def for_listing(self):
        return self.select_related("union")

    def of_each(self, unions, *settings: str) -> dict[int, tuple | None]:
        """What each union says of some settings, by its key: its own word, else that of the nearest union above it.

        None where nobody on its line says anything.
        """
        said = {one.union_id: tuple(getattr(one, name) for name in settings) for one in self.all()}
        said = {union: values for union, values in said.items() if None not in values}
        return {
            union.pk: next((said[pk] for pk in (union.pk, *reversed(union.ancestor_ids())) if pk in said), None)
            for union in unions
        }


class OfficerQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union").prefetch_related("languages")

    def of_account(self, user) -> list[int]:
        """The officer whose account this is, by key: of the same union and the very same name, its parts in any order.

        An officer is a record and an account is a way in; only the name says that they are one person.
        """
        parts = sorted(spell(user.get_full_name()).split())
        if not parts or user.union_id is None:
            return []
        alike = self.filter(*(Q(spelled__contains=one) for one in parts), union=user.union_id)
        rows = alike.order_by("pk").values_list("pk", "spelled")
        return [pk for pk, names in rows if any(sorted(one.split()) == parts for one in names.split("\n"))]

    def get_by_natural_key(self, union, name):
        return self.get(union__code=union, name=name)


class OfficerLanguageQuerySet(ScopedQuerySet):
    scope_path = "officer__union"
