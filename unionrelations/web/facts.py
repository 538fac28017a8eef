"""A record's fields as a reader sees them: words for choices, links for records, the unknown left to say so.

Never shows a share of a union out of the reader's reach, nor names another record that is.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from unionrelations.accounts.models import Union
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.entities import Entity
from unionrelations.kit.windows import day_in_words

# Facts that no column holds, by the property that works them out.
WORKED_OUT = {
    "when": gettext_lazy("Date"),
    "days": gettext_lazy("Days"),
    "is_international": gettext_lazy("International"),
}
SHORT = {"partner_roles": gettext_lazy("Partners"), "activity_countries": gettext_lazy("Countries")}
PAGES = {entity.model: entity.slug for entity in ENTITIES}


def facts_of(entity: Entity, record: models.Model, user, *, without=frozenset()) -> list[tuple]:
    """(label, value or None, address or None) for each fact the entity tells; empty optional ones are left out."""
    not_asked = {*getattr(record, "not_asked", ()), *without}
    found = (_fact(record, name, user) for name in entity.facts if name not in not_asked)
    return [one for one in found if one is not None]


def _fact(record: models.Model, name: str, user):
    if name == "union_roles":
        return _("Unions"), "\n".join(_shares(record, user)), None
    if name in WORKED_OUT:
        value = getattr(record, name)
        return None if value is None else (WORKED_OUT[name], _plain(value), None)
    field: Any = record._meta.get_field(name)
    if field.one_to_many or field.many_to_many:
        related = getattr(record, field.get_accessor_name() if field.one_to_many else name).all()
        words = "\n".join(str(one) for one in related)
        label = SHORT.get(name) or capfirst(field.related_model._meta.verbose_name_plural)
        return (label, words, None) if words else None
    label, value = capfirst(str(field.verbose_name)), getattr(record, name)
    if isinstance(value, models.Model):
        return _related(label, value, user)
    if value is None and _matters_when_unknown(field):
        return label, None, None
    if name == "counts_as" and not value:
        return label, _("nothing: it stands in no figure"), None
    if value in (None, ""):
        return None
    return label, _in_words(record, field, value), None


def _related(label: str, value: models.Model, user):
    """A record by its name and, where it has a page, its address. Out of reach, a union is named; nothing else is."""
    slug = PAGES.get(type(value))
    if slug is None:
        return label, str(value), None
    if type(value)._default_manager.visible_to(user).filter(pk=value.pk).exists():
        return label, str(value), reverse(f"{slug}-detail", args=[value.pk])
    return (label, str(value), None) if isinstance(value, Union) else None


def _matters_when_unknown(field: models.Field) -> bool:
    """Headcounts and yes-or-no facts say that they are not known; other empty fields are simply left out."""
    return isinstance(field, models.IntegerField | models.BooleanField)


def _in_words(record, field: models.Field, value) -> str:
    if field.choices:
        return capfirst(getattr(record, f"get_{field.name}_display")())
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return day_in_words(value)
    return _plain(value)


def _plain(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return number_format(value) if isinstance(value, int) else str(value)


def _shares(activity, user) -> list[str]:
    """Each union that took part; its own people only where the reader sees that union."""
    seen = set(Union.objects.visible_to(user).filter(roles__activity=activity.pk).values_list("pk", flat=True))
    lines = []
    for role in activity.union_roles.all():
        words = f"{role.union} ({role.get_part_display()})"
        if role.union_id in seen:
            people = _("own people not known")
            if role.people is not None:
                people = ngettext("%(n)s person", "%(n)s people", role.people) % {"n": number_format(role.people)}
            words = f"{words}: {people}"
        lines.append(words)
    return lines
