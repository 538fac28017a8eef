"""Rows under a record, entered one by one. Never names an entity.

Every change of a row is an edit of its record, so two people who edit at once learn of each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import connections, models
from django.db.models import Q, QuerySet

from unionrelations.kit.entities import Section, Under

WORTH_ASKING = 4  # kinds of rows: a question more that saves one for each of them that is empty


def holding(rows: Mapping[str, Callable], record: models.Model) -> dict[str, bool]:
    """By their names, which may have rows under the record: one question, so that nothing is asked of the empty ones.

    `rows` are those of sections and whatever else the page shows; only of `Under` it is known beforehand.
    """
    asked = {name: one for name, one in rows.items() if isinstance(one, Under)}
    if len(asked) < WORTH_ASKING:
        return dict.fromkeys(rows, True)
    question = f"SELECT {', '.join(one.any for one in asked.values())}"
    with connections[type(record)._base_manager.db].cursor() as cursor:
        cursor.execute(question, [record.pk] * question.count("%s"))
        found = map(bool, cursor.fetchone())
    return dict.fromkeys(rows, True) | dict(zip(asked, found, strict=True))


def rows_to_change(section: Section, record: models.Model, user) -> QuerySet:
    """The rows under a record that this person may change."""
    mine = section.form.Meta.model._default_manager.writable_by(user)
    return rows_of(section, record, user).filter(pk__in=mine.values("pk"))


def to_change(section: Section, record: models.Model, user) -> Q:
    """Of a row the person sees under the record, whether they may change it."""
    rows = section.form.Meta.model._default_manager.all()
    return Q(**{section.form.owner: record.pk}) & rows.written_by(user)


def rows_of(section: Section, record: models.Model, user) -> QuerySet:
    """The rows this person sees; not one that only points here from elsewhere."""
    return section.rows(record, user).filter(**{section.form.owner: record.pk})


def blank(section: Section, record: models.Model) -> models.Model:
    """A row of it, not saved yet."""
    owner = section.form._meta.model._meta.get_field(section.form.owner)
    return owner.model(**{owner.attname: record.pk})


def hold(record: models.Model) -> None:
    """Whoever changes the same record meanwhile waits here."""
    list(type(record)._base_manager.select_for_update().filter(pk=record.pk).values_list("pk"))


def note_edit(record: models.Model, user) -> None:
    record.changed_by = user
    record.save(update_fields=["changed_by"])
