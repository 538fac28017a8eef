"""The one place that cuts a table down to what a person may see. Never knows a table, a role or a union."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ScopedQuerySet(models.QuerySet):
    """Every list, choice, export, count, report and endpoint starts from `visible_to`."""

    # Lookup from this table to the owning union, along foreign keys only: a to-many step would repeat rows.
    # "" is the union itself; None means everyone who signs in shares the table.
    scope_path: ClassVar[str | None] = None
    # Lookup to the derived scope rows, unique for (row, union), where a row belongs to several unions.
    scope_rows: ClassVar[str | None] = None
    # Whether what a union above owns is read below it as well: terms, plans, published documents.
    handed_down: ClassVar[bool] = False

    is_long_to_count = False  # whether counting its rows means reading all of them, one by one

    def _clone(self):
        clone = super()._clone()
        clone.is_long_to_count = self.is_long_to_count
        return clone

    def _fetch_all(self):
        if self._result_cache is None and self.query.is_empty():
            self._result_cache = []  # Django writes the whole question before it sees that nothing is asked
        super()._fetch_all()

    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.sees_everything or self._is_shared:
            return self.filter(self.open_to(user))
        if user.union_id is None:
            return self.none()
        return self.filter(self.within(user), self.open_to(user))

    def counted_instead(self, user):
        """Rows of another table, one for each that this person sees of this, where they are quicker to count."""
        return None

    def open_to(self, user) -> Q:
        """What is not held back from this person, wherever it belongs; most tables hold nothing back."""
        return Q()

    def within(self, user) -> Q:
        """What belongs to the person's own union and all below it; with `handed_down`, also to those above."""
        if self.scope_rows is not None:
            return Q(**{f"{self.scope_rows}__union": user.union_id})
        step = f"{self.scope_path}__" if self.scope_path else ""
        mine = Q(**{f"{step}path__startswith": user.union.path})
        if self.handed_down:
            mine |= Q(**{f"{step}pk__in": user.union.ancestor_ids()}) | Q(**{f"{self.scope_path}__isnull": True})
        return mine

    def unrestricted(self):
        """Without what named people alone read: for what is kept, counted or sent out for everybody alike."""
        return self

    def writable_by(self, user):
        """Of what the person sees, what they may also change, as far as their rights go."""
        seen = self.visible_to(user)
        return seen.filter(self.written_by(user)) if user.is_authenticated else seen

    def lets_write(self, user, pk) -> bool:
        """Whether the person may change a record they see."""
        further = self.written_by(user)
        return not further or self.filter(further, pk=pk).exists()

    def written_by(self, user) -> Q:
        """What tells it from what they only see; nothing for whoever sees everything or belongs to no union."""
        return Q() if user.sees_everything or user.union_id is None else self.written_from(user)

    def written_from(self, user) -> Q:
        """The same of a person in a union: all but what is only handed down to it from above."""
        if not self.handed_down:
            return Q()
        mine = Q(**{f"{self.scope_path}__path__startswith": user.union.path})
        if user.union.parent_id is None:
            mine |= Q(**{f"{self.scope_path}__isnull": True})  # what no union owns, the highest keeps
        return mine

    def removable_by(self, user):
        """Of what the person may change, what they may also take away; a record shared with others may be narrower."""
        return self.writable_by(user)

    def for_listing(self):
        """With whatever a table row or a serializer reads, in a fixed number of queries."""
        return self

    def part(self, first: int, last: int) -> list:
        """The rows of one page, by their places in the list."""
        return list(self[first:last])

    def as_of(self, day):
        """With whatever a row shows that depends on the day; most rows show nothing of the kind."""
        return self

    def for_choosing(self):
        """In the order a list of choices shows them."""
        return self

    @property
    def _is_shared(self) -> bool:
        return self.scope_path is None and self.scope_rows is None
