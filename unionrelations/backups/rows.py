"""Tables and rows as lines of JSON, the same whichever database holds them. Never knows what a column means.

Every table of the house goes along, with whatever Django keeps beside them, except sessions (people sign in again), the
list of backups, which tells of the place they lie in, and what the processes of one server share.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import models
from django.utils.duration import duration_string

from .archive import Tally, line_of

# Left out, and emptied: sessions would open the door to whoever has the same key now, and positions are of one log.
EMPTIED = {"sessions.session", "operations.lastwrite"}
LEFT_OUT = EMPTIED | {"backups.backup", "operations.scheduledtask"}
MADE_BY_MIGRATE = {"contenttypes.contenttype", "auth.permission"}  # there are some in an empty house
AT_ONCE = 2000  # rows
JSON_KNOWS = {
    *("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField"),
    *("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField", "BooleanField", "FloatField"),
    *("CharField", "TextField", "SlugField", "FileField", "FilePathField"),
}
EXACT_UP_TO = 1e16  # above it, a float is written with an exponent, and PostgreSQL keeps it as a whole number


def tables(apps) -> list[type[models.Model]]:
    """Those a backup holds, each after the ones it points at where that can be."""
    found = [
        one
        for one in apps.get_models(include_auto_created=True)
        if one._meta.managed and not one._meta.proxy and one._meta.label_lower not in LEFT_OUT
    ]
    ordered: dict[type[models.Model], None] = {}

    def take(model, waiting):
        if model in ordered or model in waiting:
            return
        for other in sorted(points_at(model), key=lambda one: one._meta.label_lower):
            if other in known:
                take(other, {*waiting, model})
        ordered[model] = None

    known = set(found)
    for model in sorted(found, key=lambda one: one._meta.label_lower):
        take(model, set())
    return list(ordered)


def points_at(model: type[models.Model]) -> set[type[models.Model]]:
    found = (one.related_model for one in model._meta.local_concrete_fields)
    return {one for one in found if one is not None and one is not model}


def columns(model: type[models.Model]) -> list[models.Field]:
    """In the order of their names: migrations and the code may have them in different ones."""
    fields = (one for one in model._meta.local_concrete_fields if not getattr(one, "generated", False))
    return sorted(fields, key=lambda one: str(one.column))


def kind_of(field: models.Field) -> str:
    while field.is_relation:
        field = field.target_field
    return field.get_internal_type()


def lines(model: type[models.Model], connection, tally: Tally) -> Iterator[bytes]:
    """A line for each row; the tally counts along."""
    fields = columns(model)
    ways = [(place, way) for place, one in enumerate(fields) if (way := _way_out(kind_of(one)))]
    is_free = any(way is plain for _place, way in ways)  # SQLite keeps the order of keys, PostgreSQL has one of its own
    rows = model._base_manager.using(connection.alias).order_by("pk").values_list(*(one.attname for one in fields))
    for row in rows.iterator(chunk_size=AT_ONCE):
        told = list(row)
        for place, way in ways:
            if told[place] is not None:
                told[place] = way(told[place])
        line = line_of(told)
        tally.add(line)
        yield line_of(told, as_it_is=True) if is_free else line


def _way_out(kind: str) -> Callable | None:
    if kind == "JSONField":
        return plain
    return None if kind in JSON_KNOWS else in_words


def in_words(value: object) -> str:
    """What JSON has no words for, exactly; `to_python` of its field reads it back."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case timedelta():
            return duration_string(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case str() | UUID():
            return str(value)
    raise TypeError(f"A backup has no words for {type(value).__name__}.")


def plain(value: object) -> object:
    """Free JSON, with numbers as either database gives them back."""
    match value:
        case float() if value == 0:
            return 0.0
        case float() if abs(value) >= EXACT_UP_TO:
            return int(value)
        case dict():
            return {key: plain(one) for key, one in value.items()}
        case list():
            return [plain(one) for one in value]
    return value


def ways_in(fields: list[models.Field], connection) -> list[Callable | None]:
    """For each column, what makes a value of a line one the database takes; None where it takes it as it is."""
    return [_way_in(one, connection) for one in fields]


def _way_in(field: models.Field, connection) -> Callable | None:
    kind = kind_of(field)
    if kind in JSON_KNOWS:
        return None
    if kind == "JSONField":
        nothing = None if field.null else connection.ops.adapt_json_value(None, field.encoder)
        return lambda value: nothing if value is None else field.get_db_prep_save(value, connection)
    return lambda value: field.get_db_prep_save(field.to_python(value), connection)
