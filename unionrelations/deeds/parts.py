"""Rows under a record, entered one by one. Never names an entity.

Every change of a row is an edit of its record, so two people who edit at once learn of each other.
"""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from unionrelations.kit.entities import Section, Under

WORTH_ASKING = 4  # sections: a question more that saves one for each of them that is empty


def holding(sections: tuple[Section, ...], record: models.Model) -> dict[str, bool]:
    """By their slugs, which sections may have rows: one question, so that nothing more is asked of the empty ones."""
    asked = {one.slug: one.rows.any(record) for one in sections if isinstance(one.rows, Under)}
    if len(asked) < WORTH_ASKING:
        return {one.slug: True for one in sections}
    found = type(record)._base_manager.filter(pk=record.pk).values_list(*asked.values()).first()
    return {one.slug: True for one in sections} | dict(zip(asked, found or (), strict=False))  # gone meanwhile: ask


def rows_to_change(section: Section, record: models.Model, user) -> QuerySet:
    """The rows under a record that this person may change."""
    mine = section.form.Meta.model._default_manager.writable_by(user)
    return rows_of(section, record, user).filter(pk__in=mine.values("pk"))


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
