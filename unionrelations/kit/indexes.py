"""Indexes of our own kind, and migration steps that build one while people go on writing. Never knows a table."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations.operations import AddIndex, RemoveIndex
from django.db.models import Index, Q


@contextmanager
def waiting_for_locks(connection, longest: str) -> Iterator[None]:
    """How long a step waits for others on PostgreSQL: `3s`, or `0` for as long as it takes."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, false)", [longest])
        before = cursor.fetchone()[0]
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [before])


def drop_half_built(connection, name: str) -> None:
    """A build that was killed leaves an index that is never asked and bars its own name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
            "WHERE relname = %s AND relnamespace = current_schema()::regnamespace AND NOT indisvalid",
            [name],
        )
        if cursor.fetchone():
            cursor.execute(f"DROP INDEX CONCURRENTLY {connection.ops.quote_name(name)}")


def is_built(connection, name: str) -> bool:
    """Whether the index is there: a migration that was broken off is begun anew, and steps it took are not undone."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [connection.ops.quote_name(name)])
        else:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = %s)", [name])
        return bool(cursor.fetchone()[0])


class AddIndexMeanwhile(AddIndexConcurrently):
    """Concurrently on PostgreSQL, whose migration says `atomic = False`; SQLite has one writer at a time anyway.

    It waits for whoever is at work as long as that takes, for nobody waits behind it. What is there is not built again.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if not schema_editor.collect_sql and schema_editor.connection.vendor == "postgresql":
            drop_half_built(schema_editor.connection, self.index.name)
        if not schema_editor.collect_sql and is_built(schema_editor.connection, self.index.name):
            return
        if schema_editor.connection.vendor != "postgresql":
            AddIndex.database_forwards(self, app_label, schema_editor, from_state, to_state)
        elif schema_editor.collect_sql:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            with waiting_for_locks(schema_editor.connection, "0"):
                super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        step = AddIndexConcurrently if schema_editor.connection.vendor == "postgresql" else AddIndex
        step.database_backwards(self, app_label, schema_editor, from_state, to_state)


class RemoveIndexMeanwhile(RemoveIndexConcurrently):
    """The same for an index that nobody asks any more."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        connection = schema_editor.connection
        if not schema_editor.collect_sql and not is_built(connection, self.name):
            return
        step = RemoveIndexConcurrently if connection.vendor == "postgresql" else RemoveIndex
        with waiting_for_locks(connection, "0"):
            step.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        step = RemoveIndexConcurrently if schema_editor.connection.vendor == "postgresql" else RemoveIndex
        step.database_backwards(self, app_label, schema_editor, from_state, to_state)


class NameIndex(Index):
    """Names in the order readers look them up, on PostgreSQL. On SQLite it stays empty: there our own code compares
    names, and a file with such an index could be changed by nothing but the house."""

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor == "postgresql":
            return super().create_sql(model, schema_editor, using=using, **kwargs)
        empty = Index(fields=["id"], name=self.name, condition=Q(pk__isnull=True))
        return empty.create_sql(model, schema_editor, **kwargs)
