"""Questions about activities and who took part in them. Never knows who asks, nor why."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connections, models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Sum, Value

from unionrelations.kit.folding import FindableQuerySet
from unionrelations.kit.money import Total
from unionrelations.kit.windows import Precision

from .due import DueQuerySet
from .restrictions import HeldBackQuerySet

UNSHOWN = {"folded", "spelled", "created_at", "changed_at", "changed_by", "aliases", "note"}  # of who took part


@cache
def _naming(roles: type[models.Model], other: str) -> models.QuerySet:
    """The roles with whom they name, of whom no more is read than is shown or leads to them."""
    columns = {one.name for one in roles._meta.get_field(other).related_model._meta.concrete_fields}
    unshown = (f"{other}__{name}" for name in sorted(columns & UNSHOWN))
    return roles._default_manager.select_related(other).defer(*unshown)


def _of_scopes(said: Any) -> Q:
    """A condition on scope rows as one on the activity they belong to."""
    parts = ((f"scopes__{one[0]}", one[1]) if isinstance(one, tuple) else _of_scopes(one) for one in said.children)
    return Q(*parts, _connector=said.connector, _negated=said.negated)


class ActivityQuerySet(DueQuerySet, HeldBackQuerySet, FindableQuerySet):
    scope_rows = "scopes"
    held_by = "pk"

    def for_reader(self, user):
        """Newest first, each with `people_in_reach`: the own people of the unions the reader sees, null if unknown."""
        if user.sees_everything:
            return self.annotate(people_in_reach=Sum("union_roles__people")).newest_first(user)
        people = F("scopes__people") if user.union_id else Value(None, output_field=models.IntegerField())
        return self.annotate(people_in_reach=people).newest_first(user)

    def counted_instead(self, user):
        """The scope rows of their union; whoever is named sees more than those, and a kind of activity is fewer."""
        if not self._scopes().tell_all_to(user) or self.model._meta.parents:
            return None
        return self._scopes().filter(union=user.union_id)

    def newest_first(self, user):
        """Ordered by the scope rows' own day, which their index keeps; by the activity's where no scope cuts the list.

        A restricted activity has no scope row to be ordered by.
        """
        if user.sees_everything or user.is_named:
            return self.order_by("-starts_on", "-pk")
        return self.order_by("-scopes__window_first", "-scopes__activity_id")

    def for_listing(self):
        """With who took part and where; without what is searched or ranked by and shown nowhere."""
        took_part = (("union_roles", "union"), ("partner_roles", "partner"), ("activity_countries", "country"))
        return self.defer("folded", "spelled").prefetch_related(*(self._named(*one) for one in took_part))

    def _named(self, relation: str, other: str) -> Prefetch:
        return Prefetch(relation, _naming(self.model._meta.get_field(relation).related_model, other).all())

    def removable_by(self, user):
        """Those all of whose unions are in reach: nobody takes a joint activity out of another union's figures."""
        roles = self._related("union_roles").order_by()
        seen = roles.visible_to(user).filter(pk=OuterRef("pk"))
        others = roles.filter(~Exists(seen), activity=OuterRef("pk"))
        return self.visible_to(user).filter(~Exists(others))

    def delete(self):
        with transaction.atomic():
            self._whole().hold(self.order_by().values("pk"))
            self._scopes().note_leaving(self.order_by().values("pk"))
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def of(self, union, *, under: bool, known: Q | None = None):
        """Those the union took part in; with `under`, also those of the unions below it. Each once.

        `known` is what their scope rows say of whatever else will be asked of them: by it an index finds the few among
        all that a union ever did, and nothing is left out that the questions themselves would not leave out.
        """
        rows = self._scopes().of(union, under=under)
        return self.filter(pk__in=(rows.filter(known) if known else rows).values("activity_id"))

    def own_of(self, user, known: Q | None = None):
        """What the person sees of all their own union took part in. `known` as for `of`.

        Most see just what a scope row of that union says is its own: one row of each is asked for both.
        """
        if not self._scopes().tell_all_to(user):
            return self.visible_to(user).of(user.union, under=False, known=known)
        return self.filter(_of_scopes(Q(union=user.union_id, own=True) & (known or Q())))

    def hold(self, ids) -> None:
        """Holds these activities to the end of the transaction, in one order: what is worked out from rows beside them
        is worked out by one at a time."""
        if connections[self.db].features.has_select_for_update:  # else whoever writes holds everything
            list(self.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))

    def touching(self, period):
        """Those with a day, or a day they may lie on, inside the period."""
        lasting = Q(ends_on__gte=period.start) | Q(ends_on__isnull=True, starts_on__gte=period.start)
        return self.filter(lasting, starts_on__lte=period.last)

    def touching_start(self, period):
        """Those that may have begun in the period."""
        begun = Q(starts_on__gte=period.start) | ~Q(precision=Precision.DAY) & Q(ends_on__gte=period.start)
        return self.filter(begun, starts_on__lte=period.last)

    def get_by_natural_key(self, code):
        return self.get(code=code)

    def _whole(self):
        """Activities of all kinds: what is held is their common row."""
        return self.model._meta.get_field("scopes").model._default_manager

    def _related(self, name: str):
        return self.model._meta.get_field(name).related_model._default_manager.all()

    def _scopes(self):
        return self._related("scopes")


class RoleQuerySet(HeldBackQuerySet):
    """Who took part; read by whoever reads the activity."""

    scope_rows = "activity__scopes"

    def delete(self):
        touched = set(self.values_list("activity_id", flat=True))
        activity = self.model._meta.get_field("activity").related_model
        with transaction.atomic():
            activity._default_manager.hold(touched)
            gone = super().delete()
            activity._meta.get_field("scopes").related_model.objects.derive(touched)
        return gone

    delete.alters_data = True
    delete.queryset_only = True

    def get_by_natural_key(self, activity, other, part=None):
        field = next(one for one in ("partner", "country") if hasattr(self.model, one))
        key = {"activity__code": activity, f"{field}__code": other}
        return self.get(**key if part is None else key | {"part": part})


class UnionRoleQuerySet(RoleQuerySet):
    """A union's share and its people; read by that union and those above, not by the others that took part."""

    scope_rows = None
    scope_path = "union"

    def get_by_natural_key(self, activity, union):
        return self.get(activity__code=activity, union__code=union)


class MemberQuerySet(HeldBackQuerySet, FindableQuerySet):
    scope_rows = "activity__scopes"

    def written_from(self, user) -> Q:
        """Another union's person in a joint activity is that union's to change."""
        return Q(union__isnull=True) | Q(union__path__startswith=user.union.path)

    def of_officer(self, officer):
        """Those who are this officer by name: of the officer's union, or of none in an activity the union took part in.

        A namesake of the same union cannot be told apart, hence one name stands once among a union's officers.
        """
        roles = self.model._meta.get_field("activity").related_model._meta.get_field("union_roles").related_model
        shared = roles._default_manager.filter(union=officer.union_id).values("activity_id")
        ours = Q(union=officer.union_id) | Q(union__isnull=True, activity__in=shared)
        return self.filter(ours, folded__in=officer.folded.split("\n"))

    def for_listing(self):
        return self.select_related("activity", "union")

    def get_by_natural_key(self, activity, name, title):
        return self.get(activity__code=activity, name=name, title=title)


class CostQuerySet(HeldBackQuerySet):
    """Money; read by the union in whose accounts it stands and by those above, as a union's own people are."""

    scope_path = "union"

    def for_listing(self):
        return self.select_related("activity", "union", "payer_union", "payer_partner", "changed_by")

    def for_reader(self, user):
        """The newest activity first, its items as they were entered."""
        return self.order_by("-activity__starts_on", "-activity_id", "pk")

    def sums(self) -> list[tuple]:
        """(currency, estimates, settlements, items not yet settled) of these rows, one for each currency.

        A sum is None where no row states an amount. Currencies are never added to each other.
        """
        by_currency: dict[str, list] = {}
        for one in self:
            by_currency.setdefault(one.currency, []).append(one)
        return [
            (
                currency,
                self.model.total(one.estimate for one in rows),
                self.model.total(one.settlement for one in rows),
                sum(one.settlement is None for one in rows),
            )
            for currency, rows in sorted(by_currency.items())
        ]

    def total(self, column: str) -> Total:
        """The estimates or the settlements of these rows, in đồng where each of them has a rate."""
        return Total.of(filter(None, (one.amount_of(column) for one in self)))


class OverstepQuerySet(HeldBackQuerySet):
    """Departures from rules; read by whoever reads the activity."""

    scope_rows = "activity__scopes"

    def for_listing(self):
        return self.select_related("activity", "by")


class StepQuerySet(HeldBackQuerySet):
    """Steps taken; read by whoever reads the activity."""

    scope_rows = "activity__scopes"

    def for_listing(self):
        return self.select_related("activity", "by", "on_behalf_of")
