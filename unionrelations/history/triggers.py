"""The triggers that write the history: no path into a table goes past them. Never knows who acts or why.

They are made after migrations, and on SQLite taken away before them, since it loses them where it builds a table anew
and stumbles over them where it drops a column. Their names bear a digest of what they do, so that those that stand as
they should stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db import connection, models, transaction

from . import writing_postgresql, writing_sqlite
from .kept import KEPT

PREFIX = "history_"


def before_migrations(plan=(), **_more) -> None:
    """Where a migration is about to run. On PostgreSQL they stand while the history does: taking them away would wait
    for every table."""
    history_goes = any(backwards and one.app_label == "history" for one, backwards in plan)
    if history_goes or (plan and connection.vendor == "sqlite"):
        drop()


def after_migrations(**_more) -> None:
    make()


def make() -> None:
    """All of them, on the tables that stand; those that are right already are left alone.

    One table after another: whoever reads two of them never waits for one that waits for the other.
    """
    tables = set(connection.introspection.table_names())
    if not {"history_act", "history_entry"} <= tables:
        return
    wanted = {name: (table, text) for name, table, text in _wanted() if table in tables}
    standing = _standing()
    if standing.keys() == wanted.keys():
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(writing_postgresql.FUNCTION)
    old = {name: table for name, table in standing.items() if name not in wanted}
    new = {name: one for name, one in wanted.items() if name not in standing}
    for table in sorted({*old.values(), *(one for one, _text in new.values())}):
        with transaction.atomic(), connection.cursor() as cursor:
            _drop(cursor, {name: one for name, one in old.items() if one == table})
            for one, text in new.values():
                if one == table:
                    cursor.execute(text)


def drop() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        _drop(cursor, _standing())


def _drop(cursor, triggers: dict[str, str]) -> None:
    for name, table in triggers.items():
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on}")


def _standing() -> dict[str, str]:
    """Name and table of each that is there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname::text, tgrelid::regclass::text FROM pg_trigger "
                "WHERE starts_with(tgname::text, %s) AND NOT tgisinternal",
                [PREFIX],
            )
        else:
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'history_*'")
        return dict(cursor.fetchall())


def _wanted() -> Iterator[tuple[str, str, str]]:
    """(name, table, statement) of every trigger."""
    how: Any = writing_postgresql if connection.vendor == "postgresql" else writing_sqlite
    for kept in KEPT.values():
        for deed, text in how.triggers(kept):
            digest = sha256(f"{how.VERSION}{text}".encode()).hexdigest()[:10]
            name = f"{PREFIX}{kept.model._meta.db_table}_{deed}_{digest}"
            yield name, kept.model._meta.db_table, text.replace(NAME, name)


NAME = "«name»"


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def json_columns(fields: list[models.Field]) -> set[str]:
    return {str(one.column) for one in fields if isinstance(one, models.JSONField)}
