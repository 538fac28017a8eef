"""Puts many rows into empty tables, past `save`: with COPY on PostgreSQL, else many to a statement.

PostgreSQL is spared the upkeep meanwhile: foreign keys and indexes of the tables are put back once all rows are there,
when they are checked and built in one go. Never knows what a row means; rows bring their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from types import SimpleNamespace

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from activities.entities.importing.storing import insert_own_rows

_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})

FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""
UNIQUE_ONES = FOREIGN_KEYS.replace("contype = 'f'", "contype = 'u'")
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


class Blank:
    """Makes rows of a table as light as they can be: its columns alone, with their defaults and what is given."""

    def __init__(self, model: type[Model]):
        self.columns = {one.attname: one.get_default() for one in model._meta.local_concrete_fields}

    def __call__(self, **given) -> SimpleNamespace:
        return SimpleNamespace(**self.columns | given)


def shelves(models: Sequence[type[Model]]) -> Shelves:
    """The fastest way this database has of filling these tables; used inside a transaction."""
    return (CopiedShelves if connection.vendor == "postgresql" else Shelves)(models)


class Shelves:
    """Many rows to a statement."""

    def __init__(self, models: Sequence[type[Model]]):
        self.models = models

    def __enter__(self) -> Shelves:
        return self

    def put(self, model: type[Model], rows: Sequence[Model]) -> None:
        insert_own_rows(model, rows)

    def __exit__(self, kind, _error, _trace) -> None:
        if kind is None:
            for statement in connection.ops.sequence_reset_sql(no_style(), self.models):
                with connection.cursor() as cursor:
                    cursor.execute(statement)


class CopiedShelves(Shelves):
    """COPY into tables without indexes and foreign keys, which come back at the end."""

    def __enter__(self) -> Shelves:
        tables = [one._meta.db_table for one in self.models]
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(FOREIGN_KEYS, [tables])
            self.keys = cursor.fetchall()
            cursor.execute(UNIQUE_ONES, [tables])
            self.unique = cursor.fetchall()
            cursor.execute(INDEXES, [tables])
            self.indexes = cursor.fetchall()
            for table, name, _definition in (*self.keys, *self.unique):
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            for name, _definition in self.indexes:
                cursor.execute(f"DROP INDEX {name}")
        return self

    def put(self, model: type[Model], rows: Sequence[Model]) -> None:
        names = [one.attname for one in model._meta.local_concrete_fields]
        columns = ", ".join(f'"{one.column}"' for one in model._meta.local_concrete_fields)
        text = "".join(_line(one.__dict__, names) for one in rows)
        with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as to:
            to.write(text)

    def __exit__(self, kind, error, trace) -> None:
        if kind is not None:
            return  # the transaction takes everything back
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            for _name, definition in self.indexes:
                cursor.execute(definition)
            for table, name, definition in (*self.unique, *self.keys):
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        super().__exit__(kind, error, trace)


def _line(held: dict[str, object], names: Iterable[str]) -> str:
    """A row as COPY reads it."""
    return "\t".join([_CELLS[type(value)](value) for value in [held[name] for name in names]]) + "\n"


class _Cells(dict):
    """How values of a type are written; found out once for each type."""

    def __missing__(self, kind: type) -> Callable[[object], str]:
        if issubclass(kind, str):
            self[kind] = lambda value: str(value).translate(_ESCAPED)
        else:
            self[kind] = kind.isoformat if issubclass(kind, date) else str
        return self[kind]


_CELLS = _Cells({type(None): lambda _value: "\\N", bool: "ft".__getitem__})
