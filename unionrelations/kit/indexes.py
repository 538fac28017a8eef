"""Indexes of our own kind, and migration steps that build one while people go on writing. Never knows a table."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations.operations import AddIndex, RemoveIndex
from django.db.models import Index, Q


class AddIndexMeanwhile(AddIndexConcurrently):
    """Concurrently on PostgreSQL, whose migration says `atomic = False`; SQLite has one writer at a time anyway."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        step = AddIndexConcurrently if schema_editor.connection.vendor == "postgresql" else AddIndex
        step.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        step = AddIndexConcurrently if schema_editor.connection.vendor == "postgresql" else AddIndex
        step.database_backwards(self, app_label, schema_editor, from_state, to_state)


class RemoveIndexMeanwhile(RemoveIndexConcurrently):
    """The same for an index that nobody asks any more."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        step = RemoveIndexConcurrently if schema_editor.connection.vendor == "postgresql" else RemoveIndex
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
