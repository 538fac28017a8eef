"""Numbers on a record's page. Each is counted by the very list it opens, so the two cannot differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from activities.entities.spans import spans_for
from unionrelations.kit.entities import Entity


@dataclass(frozen=True)
class Listed:
    """A list of an entity as one reader sees it under these filters."""

    entity: Entity
    request: object
    asked: tuple[tuple[str, str], ...]

    @property
    def url(self) -> str:
        return f"{reverse(f'{self.entity.slug}-list')}?{self._query.urlencode()}"

    @property
    def _query(self) -> QueryDict:
        query = QueryDict(mutable=True)
        query.update(dict(self.asked))
        return query

    @property
    def rows(self):
        whole = self.entity.queryset(self.request.user)
        spans = spans_for(self.request.user, timezone.localdate())
        found = self.entity.filterset(self._query, queryset=whole, request=self.request, spans=spans)
        return found.qs if found.is_valid() else whole.none()  # rather nothing than more than was meant

    @cached_property
    def number(self) -> int:
        return self.rows.order_by().count()


def listed(entity: Entity, request, **asked) -> Listed:
    return Listed(entity, request, tuple((name, str(value)) for name, value in asked.items()))
