"""Setting a few safe fields of many records at once: what is asked, what it would change, and why it cannot.

Never knows an entity, nor how far its user sees: the records are handed in.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .filters import LongSelect

LEAVE = ("", gettext_lazy("leave as it is"))
NONE = ("none", gettext_lazy("not stated"))
YES_NO = {"true": True, "false": False, "none": None}
YES_NO_WORDS = (("true", gettext_lazy("yes")), ("false", gettext_lazy("no")))


class BulkForm(forms.Form):
    """One field for each that may be set; one left alone leaves every record its own."""

    def __init__(self, data=None, *, model: type[models.Model], names: Iterable[str], user):
        super().__init__(data, prefix="set")
        self.columns: dict[str, Any] = {name: model._meta.get_field(name) for name in names}
        for name, column in self.columns.items():
            self.fields[name] = _field_for(column, user)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and all(value in ("", None) for value in cleaned.values()):
            raise ValidationError(_("Choose at least one thing to change."))
        return cleaned

    def wanted(self) -> dict[str, object]:
        """Column → value, of those that were not left alone."""
        return {
            name: _meant(self.columns[name], value)
            for name, value in self.cleaned_data.items()
            if value not in ("", None)
        }


def _field_for(column: models.Field, user) -> forms.Field:
    label = capfirst(str(column.verbose_name))
    if isinstance(column, models.ForeignKey):
        choices = column.related_model._default_manager.visible_to(user)
        return forms.ModelChoiceField(choices, required=False, empty_label=LEAVE[1], widget=LongSelect, label=label)
    stated = YES_NO_WORDS if isinstance(column, models.BooleanField) else column.choices
    if not stated:
        return forms.CharField(
            required=False, max_length=column.max_length, label=label, help_text=_("Empty leaves it as it is.")
        )
    may_be_empty = column.null or column.blank
    return forms.ChoiceField(choices=[LEAVE, *stated, *([NONE] if may_be_empty else [])], required=False, label=label)


def _meant(column: models.Field, value):
    if isinstance(column, models.BooleanField):
        return YES_NO[value]
    return "" if column.choices and value == NONE[0] else value


@dataclass(frozen=True)
class Change:
    """What would become of one record: (label, before, after) of each field that differs, or why it is refused."""

    record: models.Model
    differences: list[tuple[str, str, str]]
    refused: str = ""

    @property
    def happens(self) -> bool:
        return bool(self.differences) and not self.refused


def change_of(record: models.Model, wanted: dict[str, object]) -> Change:
    """Asks the record's own rules about the new values; the record itself stays as it is."""
    after = copy.copy(record)
    for name, value in wanted.items():
        setattr(after, name, value)
    differences = [
        (capfirst(str(record._meta.get_field(name).verbose_name)), _words(record, name), _words(after, name))
        for name in wanted
        if getattr(record, name) != getattr(after, name)
    ]
    return Change(record, differences, _refused(after, wanted) if differences else "")


def _refused(after: models.Model, wanted: Iterable[str]) -> str:
    others = {one.name for one in after._meta.fields} - set(wanted)
    try:
        after.clean_fields(exclude=others)
        after.clean()
        after.validate_constraints()
    except ValidationError as why:
        return " ".join(why.messages)
    return ""


def _words(record: models.Model, name: str) -> str:
    value, column = getattr(record, name), record._meta.get_field(name)
    if value is None or value == "":
        return _("not stated")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(getattr(record, f"get_{name}_display")() if column.choices else value)
