"""Two records made one, and taken apart: who may, what it would move as far as they see, and doing it at that price.

Never says what a merge moves by itself: the engine does it, counts, and takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.models import Activity
from activities.reports.duplicates.facets import BOTH, GONE, KEPT, Facet, facets
from activities.reports.duplicates.merging import Twin, merge, twins_of
from activities.reports.duplicates.price import Moved, Price, price
from activities.reports.duplicates.unmerging import take_apart
from activities.reports.models import MERGEABLE, OF_ACTIVITIES, Merge, TermReport
from unionrelations.accounts.models import Union
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.entities import Entity

MERGED: dict[str, Entity] = {one.slug: one for one in ENTITIES if one.model in MERGEABLE.values()}
BY_LABEL: dict[str, Entity] = {one.model._meta.label_lower: one for one in MERGED.values()}


def labels_of(model: type[models.Model]) -> tuple[str, ...]:
    """The sorts of record that a model's page shows; that of all activities shows every kind."""
    if model is Activity:
        return OF_ACTIVITIES
    return (model._meta.label_lower,) if model in MERGEABLE.values() else ()


def may_merge(user, entity: Entity) -> bool:
    """Whether the role allows it: to merge is to change one record and to take the other away."""
    return user.has_perm(entity.permission("change")) and user.has_perm(entity.permission("delete"))


def entity_to_merge(user, slug: str) -> Entity:
    """Raises Http404 for what is never merged, PermissionDenied for whom the role does not allow it."""
    if slug not in MERGED:
        raise Http404
    if not may_merge(user, MERGED[slug]):
        raise PermissionDenied
    return MERGED[slug]


def record_to_change(user, entity: Entity, pk: int) -> models.Model:
    """What named people alone read is never merged: what is kept of a merge is read by others as well."""
    return get_object_or_404(entity.model._default_manager.writable_by(user).unrestricted(), pk=pk)


def may_go(user, record: models.Model) -> bool:
    """Whether all unions whose figures it stands in are in reach."""
    return type(record)._default_manager.removable_by(user).filter(pk=record.pk).exists()


def survivor_of(user, model: type[models.Model], pk: int) -> int | None:
    """Where a record that is gone lives on, if the person sees that. Asked only where nothing was found by the key."""
    labels = labels_of(model)
    if not labels:
        return None
    merged = Merge.objects.visible_to(user).open().filter(label__in=labels, gone=pk)
    return merged.values_list("survivor", flat=True).first()


def merges_into(user, labels: tuple[str, ...], pk: int) -> models.QuerySet:
    """What was merged into a record and lives on in it, as far as the person sees that.

    Nearly always there is none, whoever reads, and nothing is looked through for them.
    """
    here = Merge.objects.open().filter(label__in=labels, survivor=pk)
    return here.visible_to(user) if here.exists() else here.none()


class Merging:
    """Two records somebody is about to make one; `choices` say by name which of two differing values stands.

    Raises Http404 where one is not there for them, PermissionDenied where their role, or the reach of the unions that
    took part, does not allow it.
    """

    def __init__(self, user, slug: str, kept: int, gone: int, choices: dict[str, str]):
        self.user, self.entity = user, entity_to_merge(user, slug)
        self.kept = record_to_change(user, self.entity, kept)
        rows = self.entity.model._default_manager.visible_to(user).unrestricted()
        self.gone = get_object_or_404(rows, pk=gone)
        self.choices = {name: value for name, value in choices.items() if value in (KEPT, GONE, BOTH)}

    @property
    def hindrance(self) -> str:
        """Why it is not theirs to merge these two; "" where it is."""
        if may_go(self.user, self.gone):
            return ""
        said = _("Other unions took part in “%(record)s”. Whoever stands above all of them can merge it.")
        return said % {"record": self.gone}

    def look(self, now: datetime, today: date) -> Price:
        """What it would move. Raises Refused where the two cannot be merged."""
        return price(self.entity.model, self.kept.pk, self.gone.pk, self.user, now, today, self.choices)

    def do(self, now: datetime) -> Merge:
        return merge(self.entity.model, self.kept.pk, self.gone.pk, self.user, now, self.choices)

    @cached_property
    def facets(self) -> list[tuple[Facet, str]]:
        """Each thing both tell, and which of them stands."""
        return [(each, each.chosen(self.choices)) for each in facets(self.kept, self.gone)]

    def twins(self) -> Iterator[tuple]:
        """(what both have, the choice's name, what each says, which stands) of rows the reader sees."""
        pairs = twins_of(self.kept, self.gone)
        for pair in pairs:
            for name in pair.differing() if self._are_seen(pair, pairs) else ():
                field = pair.kept._meta.get_field(name)
                values = [_told(row, field) for row in (pair.kept, pair.gone)]
                chosen = pair.chosen(name, self.choices)
                yield f"{pair.kept}: {field.verbose_name}", pair.choice(name), *values, chosen

    def _are_seen(self, pair: Twin, pairs: list[Twin]) -> bool:
        """Of the rows that stand twice, those in the reader's reach: another union's note on a partner is not."""
        if pair.differing() == []:
            return False
        model = type(pair.kept)
        pks = {row.pk for one in pairs if type(one.kept) is model for row in (one.kept, one.gone)}
        seen = set(model._default_manager.visible_to(self.user).filter(pk__in=pks).values_list("pk", flat=True))
        return {pair.kept.pk, pair.gone.pk} <= seen


def _told(row: models.Model, field):
    return getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.attname)


def carried(cost: Price) -> list[tuple[str, int]]:
    """(what, how many) of the rows that change hands."""
    numbers: dict[str, int] = {}
    for row, _column, _to in cost.payload["moved"]:
        numbers[row["model"]] = numbers.get(row["model"], 0) + 1
    return [(str(capfirst(apps.get_model(label)._meta.verbose_name_plural)), n) for label, n in sorted(numbers.items())]


def seen_of(cost: Price, user) -> tuple[list[Moved], int, list[TermReport]]:
    """The figures that move in unions the reader sees, how many unions there are beside, the signed reports they see
    that will show a change.
    """
    reach = set(Union.objects.visible_to(user).values_list("pk", flat=True))
    mine = [one for one in cost.moved if one.union.pk in reach]
    signed = TermReport.objects.visible_to(user).filter(pk__in=cost.signed).for_listing()
    return mine, len({one.union.pk for one in cost.moved} - reach), list(signed)


def apart(user, pk: int, now: datetime) -> tuple[Merge, Entity, models.Model]:
    """Takes two apart, whenever that is: it needs the same reach as merging them. Gives the record that is back.

    Raises Http404 and PermissionDenied as merging does, Refused where it cannot be done any more.
    """
    merged = get_object_or_404(Merge.objects.visible_to(user), pk=pk)
    entity = BY_LABEL[merged.label]
    if not may_merge(user, entity):
        raise PermissionDenied
    if not may_go(user, record_to_change(user, entity, merged.survivor)):
        raise Http404
    return merged, entity, take_apart(merged, user, now)
