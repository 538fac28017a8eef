"""Questions about the history, and how the next changes a person reads are found among millions. Never knows a page."""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from unionrelations.kit.scoping import ScopedQuerySet

from .kept import ACTIVITY, KEPT, RECORDS, SHARES
from .seeing import Seen, union_ids

# Changes, and so many after them, of which is decided one by one whether a reader sees them; whoever sees every union
# sees nearly all.
LOOKED_AT, LOOKED_AT_FROM_ABOVE = (4000, 16_000), (200, 4000, 16_000)
FEW = 5000  # changes that name a share of a union, up to which the records are named one by one
NO_MATTER = Q()


def of_record(label: str, key: int) -> Q:
    """What happened to a record and its parts, wherever these stand today."""
    return Q(root=label, root_key=key) | Q(root=label, left_key=key) | Q(label=label, key=key)


class ActQuerySet(ScopedQuerySet):
    """Read by whoever reads a change of it."""

    def visible_to(self, user):
        entries = self.model._meta.get_field("entries").related_model.objects.visible_to(user)
        return self.filter(Exists(entries.order_by().filter(act=OuterRef("pk"))))


class EntryQuerySet(ScopedQuerySet):
    scope_path = "union_key"  # whose it is, `within` says
    is_long_to_count = True
    reader = None  # in whose words a list tells it
    everybodys = None  # the same changes, whoever may read them

    def _clone(self):
        clone = super()._clone()
        clone.reader, clone.everybodys = self.reader, self.everybodys
        return clone

    def _filter_or_exclude(self, *how):
        found = super()._filter_or_exclude(*how)
        if self.everybodys is not None:
            found.everybodys = self.everybodys._filter_or_exclude(*how)
        return found

    def annotate(self, *columns, **more):
        found = super().annotate(*columns, **more)
        found.everybodys = None  # what asks for more columns is cut into pages of its own
        return found

    def for_reader(self, user):
        return self.order_by("-pk")

    def visible_to(self, user):
        return self._seen_by(user)

    def few_visible_to(self, user, among: Q = NO_MATTER, labels: Collection[str] = ()):
        """The same among some that are few: asked one by one, and only of the tables whose rows they changed."""
        few = self.filter(among)
        labels = labels or set(few.order_by().values_list("label", flat=True).distinct())
        return few._seen_by(user, labels, one_by_one=True)

    def _seen_by(self, user, *which, **how):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        found = self.filter(Seen(user, *which, **how))
        found.reader, found.everybodys = user, self
        return found

    def part(self, first: int, last: int) -> list:
        """Decided for the next changes alone, as they come; of all of them only where those do not fill the page."""
        if self.everybodys is None or self.query.is_empty() or self.query.order_by not in (("-pk",), ("pk",)):
            return super().part(first, last)
        keys = self._keys(last)[first:last]
        return list(self.model._default_manager.for_listing().filter(pk__in=keys).order_by(*self.query.order_by))

    def _keys(self, number: int) -> list[int]:
        """The keys of the first so many."""
        (order,) = self.query.order_by
        left, beyond, keys = self.everybodys.order_by(order), Q(), []
        for some in LOOKED_AT_FROM_ABOVE if self.reader.sees_every_union else LOOKED_AT:
            known = dict(left.values_list("pk", "label")[:some])
            if known:
                among = Q(pk__range=(min(known), max(known)))
                near = left.few_visible_to(self.reader, among, {*known.values()})
                keys += near.values_list("pk", flat=True)[: number - len(keys)]
            if len(keys) == number or len(known) < some:
                return keys
            beyond = Q(pk__lt=min(known)) if order == "-pk" else Q(pk__gt=max(known))
            left = left.filter(beyond)
        return [*keys, *self.filter(beyond).values_list("pk", flat=True)[: number - len(keys)]]

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
        return self.filter(of_record(label, key)) if label in KEPT else self.none()

    def of_union(self, union, *, under: bool):
        """What concerns the union, or with `under` one below it: its own rows, and the records it has a share in."""
        inside = list(union_ids(union.path)) if under else [union.pk]
        return self.filter(Q(union_key__in=inside) | self._of_shares(inside))

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

    def _of_shares(self, inside: list[int]) -> Q:
        """Of records these unions have, or had, a share in; named one by one where they are few."""
        found = Q()
        for label, share in SHARES.items():
            told = self.model._base_manager.filter(label=share, union_key__in=inside).order_by()
            few = list(told.values_list("root_key", flat=True)[: FEW + 1])
            if len(few) <= FEW:
                found |= Q(root=label, root_key__in=set(few))
            else:
                found |= Q(root=label) & Exists(told.filter(root_key=OuterRef("root_key")))
        return found
