"""Who may merge what, and where a record that was merged away is read now. Never merges."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from activities.models import Activity
from activities.reports.models import MERGEABLE, OF_ACTIVITIES, Merge
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
