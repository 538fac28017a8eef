"""The key the next record of a table gets, on either database. A key that was given out once is not given out again."""

from __future__ import annotations

from django.db import connection, models


def highest_key(model: type[models.Model]) -> int | None:
    """The highest one the table ever gave out, also that of a record long deleted; None where it gives none itself."""
    column = model._meta.pk
    if not column.get_internal_type().endswith("AutoField"):
        return None
    table, quoted = model._meta.db_table, connection.ops.quote_name
    key = str(column.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX({quoted(key)}) FROM {quoted(table)}")  # noqa: S608
        there = cursor.fetchone()[0] or 0
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted(table), key])
            cursor.execute(f"SELECT last_value FROM {cursor.fetchone()[0]} WHERE is_called")  # noqa: S608
        given = cursor.fetchone()
    return max(there, given[0] if given else 0)


def go_on_from(model: type[models.Model], highest: int) -> None:
    """Lets the next record have the key after it."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                [connection.ops.quote_name(table), key, max(highest, 1), highest > 0],
            )
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, highest])
