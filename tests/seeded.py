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
    models = [model for label in HOUSE for model in apps.get_app_config(label).get_models()]
    if rows_of:
        _give_back(models)
        return
    call_command("seed", stdout=StringIO())
    for model in models:
        columns = [field.column for field in model._meta.local_concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_quoted(columns)} FROM {_quoted([model._meta.db_table])}")
            rows_of[model] = (columns, cursor.fetchall())


def _give_back(models) -> None:
    # Together, since rows may stand before those they point at: PostgreSQL looks at the end of the transaction.
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models:
            columns, rows = rows_of[model]
            holders = ", ".join(["%s"] * len(columns))
            if rows:
                cursor.executemany(
                    f"INSERT INTO {_quoted([model._meta.db_table])} ({_quoted(columns)}) VALUES ({holders})", rows
                )
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _quoted(names) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)
