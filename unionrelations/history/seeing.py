"""Which part of the history a person reads, as a condition on changes. Never knows a page.

Of a row that stands, whoever sees the row, but for what is only handed down from a union above: that is read below as
it stands, not as it came about. Of a row that is gone, whoever its union, or the record it was part of, belonged to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from hashlib import sha256

from django.apps import apps
from django.core.cache import caches
from django.db import models
from django.db.models import BooleanField, Exists, Expression, OuterRef, Q

from unionrelations.kit.probing import Probe
from unionrelations.kit.scoping import ScopedQuerySet

from .kept import ACTIVITY, KEPT, SHARES, Kept


class Seen(Expression):
    """Whether this person reads a change, where it is of one of these kinds of row.

    It asks some hundred tables and so is worked out only when the database is asked, and once for a person as they
    stand: no answer of the database goes into it. `one_by_one` is for few changes.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, user, labels: Collection[str] = KEPT.keys(), *, one_by_one: bool = False):
        super().__init__()
        self.user, self.labels, self.exists = user, labels, Probe if one_by_one else Exists

    def as_sql(self, compiler, connection):
        query = compiler.query
        asked = sorted(self.labels), self.exists.__name__
        made_of = self.user.standing, asked, connection.vendor, query.alias_prefix, query.get_initial_alias()
        key = sha256(repr(made_of).encode()).hexdigest()
        if (worked_out := caches["conditions"].get(key)) is None:
            worked_out = compiler.compile(query.build_where(self.condition()))
            caches["conditions"].set(key, worked_out, None)
        sql, params = worked_out
        return sql, [*params]

    def condition(self) -> Q:
        alike = defaultdict(list)  # of rows that are gone it is asked once for all tables of a kind: that is long
        for kept in KEPT.values():
            if kept.label in self.labels and _may_view(kept.model, self.user):
                alike[_whose_when_gone(kept)].append(kept)
        seen = Q(pk__in=())
        for tables in alike.values():
            reads = stands = Q(pk__in=())
            for kept in tables:
                row = Q(label=kept.label)
                reads |= row & self.exists(_readable(kept, self.user).order_by().filter(pk=OuterRef("key")))
                stands |= row & self.exists(kept.model._base_manager.filter(pk=OuterRef("key")).order_by())
            labels = [kept.label for kept in tables]
            seen |= reads | Q(label__in=labels) & ~stands & self._gone_of(tables[0])
        return seen

    def _gone_of(self, kept: Kept) -> Q:
        """Of rows that are gone: which of them the person reads."""
        inside = union_ids(self.user.union.path) if self.user.union_id else ()
        if self.user.sees_everything:
            gone = Q()
        elif kept.is_own:
            gone = Q(union_key__in=inside)
        else:
            gone = self._seen_by_record(kept, inside)
        if kept.root == ACTIVITY or kept.label == ACTIVITY:
            gone &= ~self._held_back_to_the_end()
        return gone

    def _seen_by_record(self, kept: Kept, inside) -> Q:
        """Of a row that is gone, by the record it was part of; by whose that was, where it is gone as well."""
        root = KEPT[kept.root]
        if root.model._default_manager.all()._is_shared:
            return Q()
        stands = root.model._base_manager.filter(pk=OuterRef("root_key")).order_by()
        told = _entries().filter(root_key=OuterRef("root_key"), union_key__in=inside)
        whose = (
            told.filter(label=SHARES[root.label], root=root.label)
            if root.label in SHARES
            else told.filter(label=root.label, key=OuterRef("root_key"))
        )
        was = ~self.exists(stands) & self.exists(whose.order_by())
        if root is kept:
            return was
        return self.exists(_readable(root, self.user).order_by().filter(pk=OuterRef("root_key"))) | was

    def _held_back_to_the_end(self) -> Exists:
        """Of an activity that went while its access was restricted: for all but who took it away it was never there."""
        told = _entries().filter(label="activities.restriction", what="deleted", before__lifted_at=None)
        return self.exists(told.filter(root_key=OuterRef("root_key")).exclude(act__person=self.user.pk).order_by())


def union_ids(path: str):
    """The unions of a branch, those that are gone among them."""
    unions = apps.get_model("accounts.union")._base_manager.filter(path__startswith=path)
    gone = _entries().filter(label="accounts.union", what="deleted", before__path__startswith=path)
    return unions.order_by().values_list("pk", flat=True).union(gone.order_by().values_list("key", flat=True))


def _entries():
    return apps.get_model("history.entry")._base_manager


def _whose_when_gone(kept: Kept) -> tuple[str, bool]:
    """What `_gone_of` depends on."""
    if kept.is_own:
        return "", ACTIVITY in (kept.root, kept.label)
    return kept.root, kept.root == kept.label


def _may_view(model: type[models.Model], user) -> bool:
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def _readable(kept: Kept, user):
    rows = kept.model._default_manager.all()
    if not isinstance(rows, ScopedQuerySet):  # read with what it is part of
        return rows.filter(**{f"{kept.root_column}__in": _readable(KEPT[kept.root], user).order_by().values("pk")})
    return rows.writable_by(user) if rows.handed_down else rows.visible_to(user)
