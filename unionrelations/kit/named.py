"""What the records under another one are called, asked for with it. Never knows which records.

A list of fifty activities shows three kinds of names under each: fetched as records of their own they were half of what
the list cost. Whoever needs more of them than their names fetches them as before.
"""

from __future__ import annotations

import json
from functools import cache

from django.db import models
from django.db.models import OuterRef, Subquery, TextField
from django.utils import translation


@cache
def names_of(model: type[models.Model], roles: str, other: str, language: str) -> NamesOf:
    """Labels in the reader's language, a list in the order of the rows between; empty where there are none.

    `roles` is the relation of `model` to the rows between, `other` their field that names whom the label is of.
    """
    relation = model._meta.get_field(roles)
    between = relation.related_model
    order = (one for one in between._meta.ordering if one not in (relation.field.name, relation.field.attname))
    rows = between._base_manager.filter(**{relation.field.name: OuterRef("pk")}).order_by(*order)
    with translation.override(language):
        return NamesOf(rows.values(one=between._meta.get_field(other).related_model.label_at(other)))


class NamesOf(Subquery):
    """One column of a question, as a list of words."""

    output_field = TextField()
    template = "ARRAY(%(subquery)s)"

    def as_sqlite(self, compiler, connection, **context):
        template = "(SELECT json_group_array(one) FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template=template, **context)

    @property
    def convert_value(self):
        return self._read

    @staticmethod
    def _read(value, expression, connection) -> list[str]:
        return json.loads(value) if isinstance(value, str) else value
