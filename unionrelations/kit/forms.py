"""The base every entity's form extends: choices cut to the reader, sentences that help, and edits that meet.

Never knows which entity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .choosing import RecordField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DayField(forms.DateField):
    """A day as people type it; a day no calendar has is named in the error."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(
                _("“%(typed)s” is not a day of the calendar. Write day/month/year, such as 28/02/2023."),
                code="invalid",
                params={"typed": value},
            ) from None


class OtherNames:
    """Gives each choice the folded names its record goes by, so that a script finds it by any of them."""

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        names = getattr(getattr(value, "instance", None), "folded", "")
        if names:
            option["attrs"]["data-names"] = " ".join(names.split())
        return option


class NamedSelectMultiple(OtherNames, forms.SelectMultiple):
    pass


def form_field(db_field: models.Field, **kwargs):
    """Django's own choice of form field, but for days, numbers and records people type."""
    if isinstance(db_field, models.ForeignKey):
        kwargs.setdefault("form_class", RecordField)
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        kwargs["form_class"] = DayField
        kwargs.setdefault("widget", forms.DateInput(attrs={"placeholder": "", "autocomplete": "off"}))
    field = db_field.formfield(**kwargs)
    if isinstance(field, forms.TypedChoiceField):
        field.choices = [(value, capfirst(words)) for value, words in field.choices]  # type: ignore[type-var]
    if isinstance(field, forms.IntegerField):
        field.localize = True  # 1.909 is 1909 in Vietnamese
        field.widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        field.widget.is_localized = True
    return field


ROWS: tuple[str, ...] = ("rows entered with the record",)  # in place of field names: where those rows stand


@dataclass(frozen=True)
class Group:
    """Fields that stand together on a form's page, or the place of the rows entered with the record."""

    heading: StrOrPromise
    fields: list
    is_open: bool
    has_rows: bool = False


class EntityForm(forms.ModelForm):
    """A model form whose choices are limited to what its user may see, and that notices another person's edit."""

    grouped: ClassVar[tuple] = ()  # (heading, field names, open from the start); the rest comes last
    rows_without: tuple[str, ...] = ()  # fields that mean nothing in the rows under this one, unless filled in

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "Meta"):
            cls.Meta.formfield_callback = form_field  # Django asks each form's own Meta for it

    def __init__(self, *args, user, today=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.conflict: list[tuple] | None = None  # (field, theirs, yours) where they differ
        if hasattr(self.instance, "version"):
            self.fields["version"].initial = self.instance.version if self.instance.pk else None
        else:
            del self.fields["version"]  # a row entered with a record: its edits are the record's
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.visible_to(user).for_choosing()

    def save(self, commit=True):
        self.instance.changed_by = self.user
        return super().save(commit)

    def sections(self) -> Iterator[Group]:
        """The groups of bound fields for the page, in their order; one with an error is open."""
        placed, rows_stand = set(), False
        for heading, names, is_open in self.grouped:
            bound = [self[name] for name in names if name in self.fields and not self[name].is_hidden]
            placed.update(names)
            if names == ROWS:
                rows_stand = True
                yield Group(heading, [], True, has_rows=True)
            elif bound:
                yield Group(heading, bound, is_open or any(one.errors for one in bound))
        rest = [one for one in self.visible_fields() if one.name not in placed]
        if rest:
            is_open = not self.grouped or any(one.errors for one in rest)
            yield Group(gettext_lazy("More") if self.grouped else "", rest, is_open)
        if not rows_stand:
            yield Group("", [], True, has_rows=True)

    def clean(self):
        cleaned = super().clean()
        self._meet_other_edits()
        return cleaned

    def _meet_other_edits(self) -> None:
        """Refuses to overwrite what somebody saved meanwhile, once; sent again after it was seen, it goes through."""
        seen = self.cleaned_data.get("version")
        if self.instance.pk is None or seen is None:
            return
        stored = type(self.instance)._default_manager.visible_to(self.user).filter(pk=self.instance.pk).first()
        if stored is None or stored.version == seen:
            return
        theirs = type(self)(instance=stored, user=self.user, today=self.today)
        self.conflict = [
            (self.fields[name].label, _shown(theirs[name]), _shown(self[name]))
            for name in self.fields
            if name != "version" and _shown(theirs[name]) != _shown(self[name])
        ]
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix("version")] = stored.version
        self.data = typed
        raise ValidationError(
            _(
                "%(who)s saved this record at %(moment)s, while you had it open. Nothing is overwritten and what you "
                "typed is kept: compare, change what you want, and save again."
            ),
            code="conflict",
            params={
                "who": stored.changed_by or _("Somebody"),
                "moment": formats.date_format(timezone.localtime(stored.changed_at), "SHORT_DATETIME_FORMAT"),
            },
        )


class RowForm(EntityForm):
    """A row entered with a record: left empty it is none; filled in beforehand and left so, it was meant."""

    entered_by: ClassVar[tuple[str, ...]] = ()  # a row with none of these is an empty one

    def has_changed(self):
        if self.empty_permitted:
            return any(self[name].data not in (None, "") for name in self.entered_by)
        return super().has_changed()


class PartForm(EntityForm):
    """One row that belongs to a record and is entered on its page. Its record is known before anything is typed."""

    owner: ClassVar[str] = "activity"  # the row's relation to its record

    def _get_validation_exclusions(self):
        # Nobody types the record, but what may stand only once in it is asked all the same.
        return super()._get_validation_exclusions() - {self.owner}


def _shown(bound) -> str:
    """What a field holds, in the words its widget would show."""
    value = bound.value()
    if value in (None, "", []):
        return ""
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
        return ", ".join(str(label) for key, label in choices if str(key) in chosen)
    return str(bound.field.widget.format_value(value))
