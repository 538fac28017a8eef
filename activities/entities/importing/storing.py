"""Stores many activities of a kind and their rows at once, past `save`: fills what `save` would, and derives nothing.

Whoever calls it derives the scope rows of all of them in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model, sql

from activities.models import Activity

AT_ONCE = 500  # rows of a kind's own table in one statement


def store_many(model: type[Activity], made: Sequence[Activity]) -> None:
    """Their common rows, then those of their kind, whose keys the common ones gave."""
    for one in made:
        one.version = 1
        one.keep_names()
    names = [field.attname for field in Activity._meta.local_concrete_fields if not field.primary_key]
    wholes = Activity.objects.bulk_create(Activity(**{name: getattr(one, name) for name in names}) for one in made)
    for whole, one in zip(wholes, made, strict=True):
        one.pk = one.activity_ptr_id = one.id = whole.pk
    insert_own_rows(model, made)


def insert_own_rows(model: type[Model], records: Sequence[Model]) -> None:
    """The rows of a kind's own table; `bulk_create` refuses models that extend another."""
    for first in range(0, len(records), AT_ONCE):
        query = sql.InsertQuery(model)
        some: list[Model] = [*records[first : first + AT_ONCE]]
        query.insert_values(model._meta.local_concrete_fields, some, raw=True)
        query.get_compiler(connection=connection).execute_sql()


def store_rows(rows: Iterable[Model]) -> None:
    """What belongs to activities, each table at once."""
    tables: dict[type[Model], list[Model]] = {}
    for row in rows:
        if hasattr(row, "keep_names"):
            row.keep_names()
        tables.setdefault(type(row), []).append(row)
    for model, some in tables.items():
        model._base_manager.bulk_create(some)
