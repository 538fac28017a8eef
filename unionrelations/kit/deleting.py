"""What keeps a record from being deleted, told as far as a person sees. Never deletes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .scoping import ScopedQuerySet

NAMED_AT_ONCE = 20


def what_rests_on(records: Iterable[models.Model], user) -> list[str]:
    """A line for each record, up to twenty; one out of the person's reach is told by its kind alone."""
    hidden = _("outside your reach")
    return [
        f"{capfirst(one._meta.verbose_name)}: {one if _is_seen(one, user) else hidden}"
        for one in list(records)[:NAMED_AT_ONCE]
    ]


def _is_seen(one: models.Model, user) -> bool:
    rows = type(one)._default_manager.all()
    return not isinstance(rows, ScopedQuerySet) or rows.visible_to(user).filter(pk=one.pk).exists()
