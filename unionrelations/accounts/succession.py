"""Who carries on for a union that has ended. Never moves a record: activities stay with the union that did them.

Succession is editable data. An absorption, a consolidation or a renaming has one heir; a split has none of its own
accord, and a dissolution has none at all, so what such a union did stays where it was until somebody decides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from .models import Union, UnionSuccession

Kind = UnionSuccession.Kind
WITH_AN_HEIR = (Kind.CONSOLIDATION, Kind.ABSORPTION, Kind.RENAMING)


def heirs(on: date) -> dict[int, int]:
    """The union that carries on for each that has ended by this day, through every step; those without one are left
    out. A union that was split, or that several succession rows give to different unions, has no heir."""
    steps: dict[int, set[int | None]] = defaultdict(set)
    for predecessor, successor, kind in UnionSuccession.objects.filter(day__lte=on).values_list(
        "predecessor_id", "successor_id", "kind"
    ):
        steps[predecessor].add(successor if kind in WITH_AN_HEIR else None)
    certain = {one: heir for one, found in steps.items() if len(found) == 1 and (heir := next(iter(found)))}
    return {one: last for one in certain if (last := _last(one, certain)) is not None}


def _last(one: int, steps: dict[int, int]) -> int | None:
    """The end of the chain; None where it leads back to where it began."""
    seen = {one}
    while one in steps:
        one = steps[one]
        if one in seen:
            return None
        seen.add(one)
    return one


@dataclass(frozen=True)
class Today:
    """Whose records a union answers for as unions are organised on a day: its own, and those of whom it follows."""

    joined: frozenset[int]  # unions from elsewhere that are carried on here
    left: frozenset[int]  # unions from here that are carried on elsewhere
    heirs: dict[int, int]

    @classmethod
    def of(cls, union: Union, on: date, *, under: bool) -> Today:
        """`under` asks for the whole branch of the union."""
        found = heirs(on)
        if not found:
            return cls(frozenset(), frozenset(), found)
        paths = dict(Union.objects.filter(pk__in={*found, *found.values()}).values_list("pk", "path"))
        here = {one for one, path in paths.items() if (path.startswith(union.path) if under else one == union.pk)}
        joined = {one for one, heir in found.items() if heir in here and one not in here}
        left = {one for one, heir in found.items() if one in here and heir not in here}
        return cls(frozenset(joined), frozenset(left), found)

    @property
    def changes_nothing(self) -> bool:
        return not self.joined and not self.left

    def unions(self, union: Union, *, under: bool) -> Q:
        """Which unions' rows belong, by their key."""
        recorded = Q(path__startswith=union.path) if under else Q(pk=union.pk)
        return (recorded & ~Q(pk__in=self.left)) | Q(pk__in=self.joined)
