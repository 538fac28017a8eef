"""The lists people ask for again and again: the house's own, a reader's, and those shared with them.

Holds questions, never rows: whoever opens a shared one sees only their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from unionrelations.kit.entities import Entity

from .asked import same_list
from .models import SavedView


@dataclass(frozen=True)
class Tab:
    name: str | Promise
    url: str
    is_current: bool
    is_shared: bool = False


def saved_of(entity: Entity, user) -> list[SavedView]:
    """The reader's own lists and those shared with them."""
    return list(SavedView.objects.visible_to(user).filter(slug=entity.slug))


def tabs_of(entity: Entity, request, saved: list[SavedView]) -> list[Tab]:
    """Everything first, then the house's lists, then the reader's own and the shared ones by name."""
    known = [(_("All"), "", False), *((name, query, False) for name, query in entity.views)]
    known += [(one.name, one.query, one.owner_id != request.user.pk) for one in saved]
    tabs, found = [], False
    for name, query, is_shared in known:
        current = not found and same_list(QueryDict(query), request.GET)
        found = found or current
        tabs.append(Tab(name, f"{request.path}?{query}" if query else request.path, current, is_shared))
    return tabs
