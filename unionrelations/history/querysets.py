"""Which part of the history a person reads. Never knows a page.

Of a row that stands, whoever sees the row, but for what is only handed down from a union above: that is read below as
it stands, not as it came about. Of a row that is gone, whoever its union, or the record it was part of, belonged to.
"""

from __future__ import annotations

from collections import defaultdict

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from unionrelations.kit.scoping import ScopedQuerySet

from .kept import ACTIVITY, KEPT, RECORDS, SHARES, Kept


class ActQuerySet(ScopedQuerySet):
    """Read by whoever reads a change of it."""

    def visible_to(self, user):
        entries = self.model._meta.get_field("entries").related_model.objects.visible_to(user)
        return self.filter(Exists(entries.order_by().filter(act=OuterRef("pk"))))


class EntryQuerySet(ScopedQuerySet):
    scope_path = "union_key"  # whose it is, `within` says
    reader = None  # in whose words a list tells it

    def _clone(self):
        clone = super()._clone()
        clone.reader = self.reader
        return clone

    def for_reader(self, user):
        rows = self.order_by("-pk")
        rows.reader = user
        return rows

    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        alike = defaultdict(list)  # of rows that are gone it is asked once for all tables of a kind: that is long
        for kept in KEPT.values():
            if _may_view(kept.model, user):
                alike[_whose_when_gone(kept)].append(kept)
        seen = Q(pk__in=())
        for tables in alike.values():
            reads = stands = Q(pk__in=())
            for kept in tables:
                row = Q(label=kept.label)
                reads |= row & Exists(_readable(kept, user).order_by().filter(pk=OuterRef("key")))
                stands |= row & Exists(kept.model._base_manager.filter(pk=OuterRef("key")).order_by())
            labels = [kept.label for kept in tables]
            seen |= reads | Q(label__in=labels) & ~stands & self._gone_of(tables[0], user)
        return self.filter(seen)

    def unrestricted(self):
        """Without activities that only named people read, and those that went while it was so."""
        restricted = self.model._base_manager.filter(label="activities.restriction", root_key=OuterRef("root_key"))
        gone = Exists(restricted.filter(what="deleted", before__lifted_at=None).order_by())
        stands = apps.get_model("activities.restriction")._default_manager.open().filter(activity=OuterRef("root_key"))
        return self.filter(~(Q(root=ACTIVITY) & (gone | Exists(stands.order_by()))))

    def within(self, user) -> Q:
        return Q(pk__in=self.visible_to(user).values("pk"))

    def of_record(self, label: str, key: int):
        """All that happened to a record and its parts, wherever these stand today."""
        of_it = Q(root=label, root_key=key) | Q(root=label, left_key=key)
        return self.filter(of_it | Q(label=label, key=key)) if label in KEPT else self.none()

    def of_union(self, union, *, under: bool):
        """What concerns the union, or with `under` one below it: its own rows, and the records it has a share in."""
        inside = self._union_ids(union.path) if under else [union.pk]
        shared = self._of_gone_shares(inside)
        return self.filter(Q(union_key__in=inside) | shared)

    def for_listing(self):
        return self.select_related("act__person")

    def bin(self):
        """Records that are gone: the change with which each went, of those that did not go with a larger one."""
        later = self.model._base_manager.filter(label=OuterRef("label"), key=OuterRef("key"), pk__gt=OuterRef("pk"))
        whole = self.model._base_manager.filter(
            label=OuterRef("root"), key=OuterRef("root_key"), act=OuterRef("act"), what="deleted"
        ).exclude(pk=OuterRef("pk"))
        gone = self.filter(what="deleted", label__in=RECORDS).exclude(act__way__in=("merge", "apart"))
        return gone.filter(~Exists(later), ~Exists(whole)).order_by("-pk")

    def _gone_of(self, kept: Kept, user) -> Q:
        """Of rows that are gone: which of them a person reads."""
        inside = self._union_ids(user.union.path) if user.union_id else ()
        if user.sees_everything:
            gone = Q()
        elif kept.is_own:
            gone = Q(union_key__in=inside)
        else:
            gone = self._seen_by_record(kept, user, inside)
        if kept.root == ACTIVITY or kept.label == ACTIVITY:
            gone &= ~self._held_back_to_the_end(user)
        return gone

    def _seen_by_record(self, kept: Kept, user, inside) -> Q:
        """Of a row that is gone, by the record it was part of; by whose that was, where it is gone as well."""
        root = KEPT[kept.root]
        if _is_shared(root.model):
            return Q()
        stands = root.model._base_manager.filter(pk=OuterRef("root_key")).order_by()
        told = self.model._base_manager.filter(root_key=OuterRef("root_key"), union_key__in=inside)
        whose = (
            told.filter(label=SHARES[root.label], root=root.label)
            if root.label in SHARES
            else told.filter(label=root.label, key=OuterRef("root_key"))
        )
        was = ~Exists(stands) & Exists(whose.order_by())
        if root is kept:
            return was
        return Exists(_readable(root, user).order_by().filter(pk=OuterRef("root_key"))) | was

    def _held_back_to_the_end(self, user) -> Exists:
        """Of an activity that went while its access was restricted: for all but who took it away it was never there."""
        told = self.model._base_manager.filter(label="activities.restriction", what="deleted", before__lifted_at=None)
        return Exists(told.filter(root_key=OuterRef("root_key")).exclude(act__person=user.pk).order_by())

    def _union_ids(self, path: str):
        """The unions of a branch, those that are gone among them."""
        unions = apps.get_model("accounts.union")._base_manager.filter(path__startswith=path)
        gone = self.model._base_manager.filter(label="accounts.union", what="deleted", before__path__startswith=path)
        return unions.order_by().values("pk").union(gone.order_by().values("key"))

    def _of_gone_shares(self, inside) -> Q:
        found = Q()
        for label, share in SHARES.items():
            told = self.model._base_manager.filter(label=share, union_key__in=inside, root_key=OuterRef("root_key"))
            found |= Q(root=label) & Exists(told.order_by())
        return found


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


def _is_shared(model: type[models.Model]) -> bool:
    return model._default_manager.all()._is_shared
