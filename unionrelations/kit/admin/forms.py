"""Forms of the back office: edits that meet, and rows of which only some are shown. Never knows which record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django import forms
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from unionrelations.kit.records import Record

from .widgets import OUTSIDE_REACH, settle_choices

NOTHING = "—"


class RecordForm(forms.ModelForm):
    """Carries the edit number it was opened at, and overwrites no edit its reader has not seen."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        settle_choices([self])
        if self.instance.pk is None or not isinstance(self.instance, Record):
            del self.fields["seen_version"]
        else:
            self.initial["seen_version"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if "seen_version" in self.fields and cleaned.get("seen_version") != self.instance.version:
            self._show_other_edit()
        return cleaned

    def _show_other_edit(self) -> None:
        """The instance still holds what is stored; what was typed stays in the form. Sent again, it goes through."""
        stored = self.instance
        stored.saved_meanwhile = True
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix("seen_version")] = stored.version
        self.data = typed
        moment = formats.date_format(timezone.localtime(stored.changed_at), "SHORT_DATETIME_FORMAT")
        head = _(
            "%(who)s saved this record at %(moment)s, while you had it open. Nothing is overwritten and what you "
            "typed is kept: compare, change what you want, and save again."
        ) % {"who": stored.changed_by or _("Somebody"), "moment": moment}
        raise ValidationError([head, *differences(self)], code="conflict")


def differences(form: forms.ModelForm) -> Iterator[str]:
    """What is stored and what was typed, for each field where they differ. Read before the instance takes the form."""
    for name in form.changed_data:
        if name == "seen_version" or name not in form.cleaned_data:
            continue
        try:
            column = form.instance._meta.get_field(name)
        except models.FieldDoesNotExist:
            continue
        theirs = _in_words(form, name, column, getattr(form.instance, column.attname))
        yours = form.cleaned_data.get(name)
        yours = getattr(yours, "pk", yours)
        yield _("%(field)s: stored now is “%(theirs)s”, you typed “%(yours)s”.") % {
            "field": form.fields[name].label,
            "theirs": theirs,
            "yours": _in_words(form, name, column, yours),
        }


def _in_words(form, name, column, value) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(column, models.ForeignKey):
        seen = form.fields[name].queryset.filter(pk=value).first()
        return str(seen or OUTSIDE_REACH)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(display_for_field(value, column, NOTHING))


class ScopedFormSet(forms.BaseInlineFormSet):
    """Rows of a record cut to the reader. Rules that span rows are asked of all of them, also of those not shown."""

    @cached_property
    def forms(self):
        rows = super().forms
        shown = rows[: self.initial_form_count()]
        for row in shown:
            self.fk.set_cached_value(row.instance, self.instance)  # a row's own name may read it
        settle_choices(shown)
        return rows

    def validate_unique(self):
        """Django compares the rows shown, in its own words; `clean` asks all of them in the model's."""

    def clean(self):
        super().clean()
        if getattr(self.instance, "saved_meanwhile", False):
            self._show_other_edit()
        if not any(self.errors):
            self._refuse_clashes()

    def _show_other_edit(self):
        for row in self.initial_forms:
            if row.has_changed() and row not in self.deleted_forms:
                stored = self.model._base_manager.filter(pk=row.instance.pk).first()
                if stored is not None:
                    row.instance = stored
                    for line in differences(row):
                        row.add_error(None, line)

    def _refuse_clashes(self):
        for rule in self._rules():
            taken = self._keys_not_shown(rule)
            for row in self._staying():
                key = self._key(rule, row.instance)
                if key is not None and key in taken:
                    row.add_error(None, rule.get_violation_error_message())
                taken.add(key)

    def save_existing_objects(self, commit=True):
        if commit:
            self._make_way()
        return super().save_existing_objects(commit)

    def _make_way(self):
        """Rows may swap what only one of them may have. Whoever gives it up goes first, and is written anew."""
        for rule in self._rules():
            claimed = {self._key(rule, row.instance) for row in self._staying() if row.has_changed()} - {None}
            changing = [row for row in self.initial_forms if row.has_changed()]
            for stored in self.model._base_manager.filter(pk__in=[row.instance.pk for row in changing]):
                if self._key(rule, stored) in claimed:
                    alone = self.model._base_manager.filter(pk=stored.pk)
                    alone._raw_delete(alone.db)

    def _rules(self) -> list[models.UniqueConstraint]:
        return [
            one
            for one in self.model._meta.constraints
            if isinstance(one, models.UniqueConstraint) and self.fk.name in one.fields
        ]

    def _staying(self):
        gone = self.deleted_forms
        return [row for row in self.forms if row not in gone and (row.instance.pk or row.has_changed())]

    def _keys_not_shown(self, rule) -> set:
        if self.instance.pk is None:
            return set()
        shown = [row.instance.pk for row in self.initial_forms]
        others = self.model._base_manager.filter(**{self.fk.name: self.instance.pk}).exclude(pk__in=shown)
        return {self._key(rule, one) for one in others} - {None}

    def _key(self, rule, row) -> tuple | None:
        """What must be unique within the record; None where the rule says nothing of this row."""
        if rule.condition and any(getattr(row, name) != value for name, value in rule.condition.children):
            return None
        columns = (self.model._meta.get_field(name).attname for name in rule.fields if name != self.fk.name)
        key = tuple(getattr(row, one) for one in columns)
        return None if None in key else key
