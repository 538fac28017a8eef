"""The seed data for tests that read them. The first test of a process seeds; later ones get the same rows back.

What is given back is every row that seeding left, column by column, so it is the seed and not a likeness of it.
"""

from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

HOUSE = ("accounts", "partners", "activities")
rows_of: dict = {}


def seed() -> None:
    """Fills an empty database with the seed data."""
    if rows_of:
        give_back(rows_of)
        return
    call_command("seed", stdout=StringIO())
    rows_of.update(remembered(model for label in HOUSE for model in apps.get_app_config(label).get_models()))


def remembered(models) -> dict:
    """Every row of these tables, column by column."""
    found = {}
    for model in models:
        columns = [field.column for field in model._meta.local_concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_quoted(columns)} FROM {_quoted([model._meta.db_table])}")
            found[model] = (columns, cursor.fetchall())
    return found


def give_back(remembered: dict) -> None:
    # Together, since rows may stand before those they point at: PostgreSQL looks at the end of the transaction.
    with transaction.atomic(), connection.cursor() as cursor:
        for model, (columns, rows) in remembered.items():
            holders = ", ".join(["%s"] * len(columns))
            if rows:
                cursor.executemany(
                    f"INSERT INTO {_quoted([model._meta.db_table])} ({_quoted(columns)}) VALUES ({holders})", rows
                )
        for statement in connection.ops.sequence_reset_sql(no_style(), list(remembered)):
            cursor.execute(statement)


def _quoted(names) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)
