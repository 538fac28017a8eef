"""A record with every row that hangs on it, as one state: kept before a change, compared before it is taken back.

Which rows those are the models say: whatever would be deleted with it. Rows that are derived are left out, and so is
who saved when.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CASCADE, Model

from activities.models import ActivityScope

DERIVED = (ActivityScope,)
BOOKKEEPING = ("version", "changed_at", "changed_by", "created_at")


class Exactly(DjangoJSONEncoder):
    """Keeps a moment to the microsecond, which Django's own encoder cuts to milliseconds."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def standing(model: type[Model], keys: Sequence[int]) -> dict[int, list[Model]]:
    """For each record the rows that make it up: its own in every table it lies in, then those that go with it."""
    found: dict[int, list[Model]] = defaultdict(list)
    for level in (*model._meta.get_parent_list(), model):
        for row in level._base_manager.filter(pk__in=keys):
            found[row.pk].append(row)
    for table, column in dependants(model):
        for row in table._base_manager.filter(**{f"{column}__in": keys}).order_by("pk"):
            found[getattr(row, column)].append(row)
    return found


def dependants(model: type[Model]) -> list[tuple[type[Model], str]]:
    """(table, column) of the rows that go when a record goes, one level down; the tables of its own kinds are not."""
    levels = {model, *model._meta.get_parent_list()}
    relations = [one for level in levels for one in level._meta.related_objects]
    return sorted(
        {
            (one.related_model, one.field.attname)
            for one in relations
            if one.on_delete is CASCADE
            and one.related_model not in DERIVED
            and not issubclass(one.related_model, tuple(levels))
        },
        key=lambda pair: (pair[0]._meta.label, pair[1]),
    )


def alone(model: type[Model], rows: Iterable[Model], own: Container[tuple[type[Model], int]]) -> list[Model]:
    """A record's rows without those that are records of the same import: each of these is judged by itself."""
    levels = {model, *model._meta.get_parent_list()}
    return [one for one in rows if type(one) in levels or (type(one), one.pk) not in own]


def kept(rows: Iterable[Model]) -> list[dict[str, Any]]:
    """As a column of JSON keeps them."""
    return serializers.serialize("python", rows)


def digest(rows: Iterable[Model]) -> str:
    """The same as long as nobody changed what the record says or what hangs on it."""
    told = [
        [one["model"], one["pk"], {name: value for name, value in one["fields"].items() if name not in BOOKKEEPING}]
        for one in kept(rows)
    ]
    return hashlib.sha256(Exactly(sort_keys=True).encode(told).encode()).hexdigest()[:32]


def restored(payload: Iterable[dict[str, Any]]) -> list[serializers.base.DeserializedObject]:
    return list(serializers.deserialize("python", payload))
