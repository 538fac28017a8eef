"""Form fields that choose records by any name these go by. Never knows which records.

Up to `MOST_RENDERED` choices stand in the page. Of more only the chosen ones do, and names may be typed instead: a
script looks them up while typing, without one the server does when the form is sent.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .folding import FindableQuerySet, fold

MOST_RENDERED = 200
MOST_OFFERED = 20  # records that typed words may have meant
LONGEST_KEY = 18  # digits; no column holds more
TYPED = "~"  # marks typed words among the keys a widget hands on

_PARTS = re.compile(r"[;\n]")


def is_key(value) -> bool:
    """Whether it can be a record's key at all; a longer number would break the query."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


def _is_typed(value) -> bool:
    return isinstance(value, str) and value.startswith(TYPED)


def _several(data, name) -> list:
    """What was sent under a name, blanks left out; a plain dictionary may hold one value or several."""
    given = data.getlist(name) if hasattr(data, "getlist") else data.get(name)
    given = given if isinstance(given, list | tuple) else [given]
    return [one for one in given if one not in (None, "")]


class RecordWidget:
    """A select that stays short, with a line for names beside it where it is not whole."""

    template_name = "ui/record.html"
    meant: tuple = ()  # what typed words may have meant, where that is not one record
    taken: ClassVar[dict] = {}  # typed words that meant exactly one: words → keys

    def optgroups(self, name, value, attrs=None):
        offered = self.choices
        self.choices = offered.field.options_for([one for one in value if is_key(one)])
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = offered

    def get_context(self, name, value, attrs):
        given = value if isinstance(value, list | tuple) else [] if value is None else [value]
        typed = [one[1:] for one in given if _is_typed(one)]
        words = [one for one in typed if one not in self.taken]
        keys = [one for one in given if not _is_typed(one)]
        keys += [key for one in typed for key in self.taken.get(one, ())]
        context = super().get_context(name, keys if self.allow_multiple_selected else (keys or [None])[0], attrs)
        context["widget"] |= {
            "is_long": self.choices.field.is_long,
            "words": "; ".join(words),
            "meant": self.meant,
            "model": self.choices.field.found_as,
            "several": self.allow_multiple_selected,
        }
        return context

    def value_from_datadict(self, data, files, name):
        """Keys and typed words. A choice among what words may have meant settles the words; words replace a key."""
        keys, meant = (_several(data, one) for one in (name, f"{name}-meant"))
        lines = [] if meant else _several(data, f"{name}-words")
        words = [TYPED + part.strip() for line in lines for part in _PARTS.split(str(line)) if part.strip()]
        if self.allow_multiple_selected:
            return [*keys, *meant, *words]
        return next(iter([*meant, *words, *keys]), "")

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and f"{name}-words" not in data

    def use_required_attribute(self, initial):
        return False


class RecordSelect(RecordWidget, forms.Select):
    pass


class RecordSelectMultiple(RecordWidget, forms.SelectMultiple):
    pass


class Shelf:
    """What a field, or the same field of many rows, has asked of its choices; each is asked for once."""

    def __init__(self, queryset):
        self.queryset = queryset
        self.wanted: set[int] = set()
        self._asked: set[int] = set()
        self._named: dict[int, Model] = {}

    @cached_property
    def first(self) -> list:
        """The first choices, one more than are ever rendered."""
        rows = self.queryset.called() if isinstance(self.queryset, FindableQuerySet) else self.queryset.all()
        return list(rows[: MOST_RENDERED + 1])

    def named(self, keys: set[int]) -> list:
        """Those of the choices that have these keys."""
        if keys - self._asked:
            asked = (self.wanted | keys) - self._asked
            self._named |= {one.pk: one for one in self.queryset.filter(pk__in=asked)}
            self._asked |= asked
        return [one for key, one in self._named.items() if key in keys]


class Records:
    """What the two fields share."""

    most_rendered = MOST_RENDERED

    default_error_messages: ClassVar = {
        "none_found": gettext_lazy("“%(words)s” is not listed. Check the spelling, or type fewer words."),
        "several_found": gettext_lazy("“%(words)s” may be several. Choose one below."),
    }

    @property
    def found_as(self) -> str:
        """The model a script asks names of; none where nothing is found by name."""
        return self.queryset.model._meta.model_name if hasattr(self.queryset, "find") else ""

    def _set_queryset(self, queryset):
        super()._set_queryset(queryset)
        self.shelf = Shelf(self.queryset)

    queryset = property(forms.ModelChoiceField._get_queryset, _set_queryset)

    def share(self, shelf: Shelf, chosen) -> None:
        """Takes its choices from another field's shelf; what is `chosen` here is asked for together with the others."""
        shelf.wanted |= {int(one) for one in chosen if is_key(one)}
        self.shelf = shelf

    @property
    def is_long(self) -> bool:
        return bool(self.found_as) and len(self.shelf.first) > self.most_rendered

    def options_for(self, keys) -> list[tuple]:
        """The choices that stand in the page: all, or of a long list only those with these keys."""
        rows = [] if self.is_long else self.shelf.first[: self.most_rendered]
        missing = {int(one) for one in keys} - {one.pk for one in rows}
        rows = [*rows, *self.shelf.named(missing)]
        choice = self.iterator(self).choice
        return [*([("", self.empty_label)] if self.empty_label is not None else []), *map(choice, rows)]

    def resolve(self, words: str) -> list:
        """The one record of that name; where it is none or several, ValidationError, and the widget offers them."""
        found = list(self.queryset.find(words)[:MOST_OFFERED]) if self.found_as else []
        if len(found) > 1:
            called = [one for one in found if fold(words).strip() in one.folded.split("\n")]
            found = called if len(called) == 1 else found
        if len(found) == 1:
            return found
        if not found and "," in words:
            return [one for part in words.split(",") if part.strip() for one in self.resolve(part)]
        self.widget.meant = (*self.widget.meant, *found)
        raise ValidationError(
            self.error_messages["several_found" if found else "none_found"],
            code="several_found" if found else "none_found",
            params={"words": words},
        )

    def keys_in(self, values) -> list:
        """Keys for what was chosen and for what was typed."""
        keys, wrong = [], []
        for one in values:
            try:
                if _is_typed(one):
                    found = [record.pk for record in self.resolve(one[1:])]
                    self.widget.taken = self.widget.taken | {one[1:]: found}
                    keys += found
                elif not hasattr(one, "pk") and not is_key(one):
                    wrong.append(ValidationError(_("Select a valid choice."), code="invalid_choice"))
                else:
                    keys.append(one)
            except ValidationError as refused:
                wrong.append(refused)
        if wrong:
            raise ValidationError(wrong)
        return keys


class RecordField(Records, forms.ModelChoiceField):
    widget = RecordSelect

    def clean(self, value):
        if value in self.empty_values:
            return super().clean(value)
        found = self.keys_in([value])
        if len(found) > 1:
            raise ValidationError(self.error_messages["several_found"], params={"words": value[1:]})
        return super().clean(found[0])


class RecordsField(Records, forms.ModelMultipleChoiceField):
    widget = RecordSelectMultiple

    def clean(self, value):
        if not value or not isinstance(value, list | tuple):
            return super().clean(value)
        return super().clean(list(dict.fromkeys(self.keys_in([one for one in value if one != ""]))))
