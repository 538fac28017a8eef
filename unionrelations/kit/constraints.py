"""Rules a database keeps that Django has no constraint for on both of ours. Never knows which table."""

from __future__ import annotations

from django.core.exceptions import FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q


class NoOverlap(models.BaseConstraint):
    """Spans of days of one owner never overlap; a last day of null runs on.

    Asked of every form, import and endpoint through `validate`; PostgreSQL keeps it as an exclusion constraint
    as well. SQLite has none: there one writer at a time makes the question itself safe.
    """

    def __init__(self, *, within: str, first: str, last: str, name: str, violation_error_message=None):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.within, self.first, self.last = within, first, last

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        if exclude and {self.within, self.first, self.last} & set(exclude):
            return
        owner, first, last = (getattr(instance, model._meta.get_field(one).attname) for one in self._fields)
        if owner is None or first is None:
            return
        others = model._base_manager.using(using).filter(**{self.within: owner}).exclude(pk=instance.pk)
        clash = others.filter(Q(**{f"{self.last}__isnull": True}) | Q(**{f"{self.last}__gte": first}))
        if last is not None:
            clash = clash.filter(**{f"{self.first}__lte": last})
        if clash.exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def create_sql(self, model, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return None
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def constraint_sql(self, model, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return None
        name = schema_editor.quote_name(self.name)
        owner, first, last = (schema_editor.quote_name(model._meta.get_field(one).column) for one in self._fields)
        return f"CONSTRAINT {name} EXCLUDE USING gist ({owner} WITH =, daterange({first}, {last}, '[]') WITH &&)"

    def remove_sql(self, model, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return None
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"within": self.within, "first": self.first, "last": self.last}

    def __eq__(self, other):
        return isinstance(other, NoOverlap) and self.deconstruct()[2] == other.deconstruct()[2]

    __hash__ = None

    def check(self, model, connection):
        for one in self._fields:
            if not hasattr(model._meta.get_field(one), "column"):
                raise FieldError(f"{model.__name__}.{one} has no column.")
        return []

    @property
    def _fields(self) -> tuple[str, str, str]:
        return self.within, self.first, self.last
