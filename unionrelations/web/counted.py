"""A number on the first page and the list behind it are one question, so they cannot disagree. Never knows a rule."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from unionrelations.kit.entities import Entity

COUNTED_UP_TO = 10_000  # beyond it "more than" is said, so that counting never decides a page's time


@dataclass(frozen=True)
class Counted:
    """So many rows of a list under these filters; `number` stops at `COUNTED_UP_TO` + 1, but of `whole`."""

    number: int
    url: str

    @property
    def is_capped(self) -> bool:
        return self.number > COUNTED_UP_TO

    @classmethod
    def of(cls, request, entity: Entity, **asked) -> Counted:
        """Counts what the list of this entity shows this reader when it is opened with these filters."""
        return cls._counted(request, entity, asked, COUNTED_UP_TO + 1)

    @classmethod
    def whole(cls, request, entity: Entity, **asked) -> Counted:
        """The same, however many there are."""
        return cls._counted(request, entity, asked, None)

    @classmethod
    def _counted(cls, request, entity: Entity, asked: dict, most: int | None) -> Counted:
        query = urlencode(asked, doseq=True)
        rows, number = entity.queryset(request.user), None
        if query:
            filters = entity.filterset(QueryDict(query), queryset=rows, request=request)
            rows, number = filters.qs, filters.number_told()
        if number is None:
            number = rows.order_by()[:most].count()
        address = reverse(f"{entity.slug}-list")
        return cls(number if most is None else min(number, most), f"{address}?{query}" if query else address)
