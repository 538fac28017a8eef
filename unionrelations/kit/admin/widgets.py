"""How a choice is offered on a page whose policy allows no script inside it. Never knows what is chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget, AutocompleteSelect
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

OUTSIDE_REACH = _("outside your reach")


class NamedSelect(AutocompleteSelect):
    """Autocomplete that is told the name of what is chosen, so that a page of rows does not ask for each."""

    known: dict[str, str] = {}

    def optgroups(self, name, value, attrs=None):
        chosen = [one for one in value if one]
        if not chosen or any(str(one) not in self.known for one in chosen):
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for one in chosen:
            options.append(self.create_option(name, one, self.known[str(one)], {str(one)}, len(options)))
        return [(None, options, 0)]


class OfferingInput(AdminTextInputWidget):
    """A text that may be anything, offering what was written before. `offered` is asked only where it is shown."""

    def __init__(self, offered: Callable[[], Iterable[str]], attrs=None):
        super().__init__(attrs)
        self.offered = offered

    def render(self, name, value, attrs=None, renderer=None):
        # All rows of an inline share the list that stands in its empty row.
        shared = re.sub(r"-\d+-", "-__prefix__-", name)
        list_id = f"offered-{shared}"
        box = super().render(name, value, {**(attrs or {}), "list": list_id, "autocomplete": "off"}, renderer)
        if shared != name:
            return box
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.offered()))
        return mark_safe(box + format_html('<datalist id="{}">{}</datalist>', list_id, options))  # noqa: S308


def settle_choices(rows: list[forms.ModelForm]) -> None:
    """Names what each form's relations point at, one question a relation for all forms of a set.

    A relation to something the reader may not see is kept as it is: neither named, nor lost on saving.
    """
    for name, relation in _relations(rows[0]) if rows else ():
        field, attname = rows[0].fields[name], relation.attname
        present = {pk for row in rows if (pk := getattr(row.instance, attname)) is not None}
        found = field.queryset.in_bulk(present) if present else {}
        for row in rows:
            pk, own = getattr(row.instance, attname), cast(forms.ModelChoiceField, row.fields[name])
            if pk in found:
                _inner(own.widget).known = {str(pk): own.label_from_instance(found[pk])}
                relation.set_cached_value(row.instance, found[pk])  # the row's own name reads it too
            elif pk is not None:
                _keep_unseen(own, pk)


def _relations(form: forms.ModelForm) -> Iterator[tuple[str, models.ForeignKey]]:
    for name, field in form.fields.items():
        if type(field) is forms.ModelChoiceField:
            relation = form.instance._meta.get_field(name)
            if relation.is_relation and not relation.primary_key:
                yield name, relation


def _keep_unseen(field: forms.ModelChoiceField, pk) -> None:
    field.queryset = field.queryset.model._base_manager.filter(pk=pk)
    field.label_from_instance = lambda _record: str(OUTSIDE_REACH)
    field.disabled = True
    _inner(field.widget).known = {str(pk): str(OUTSIDE_REACH)}
    for way in ("can_add_related", "can_change_related", "can_view_related", "can_delete_related"):
        setattr(field.widget, way, False)


def _inner(widget):
    """The select inside the admin's wrapper with its links for adding and changing."""
    return getattr(widget, "widget", widget)
