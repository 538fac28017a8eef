"""A record with its rows in JSON, as the form of its page would be sent: the form's fields, the form's choices, the
form's rules. Never knows which entity, and never decides what is right.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from functools import cache

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _
from rest_framework import serializers

from unionrelations.kit.entities import Entity
from unionrelations.kit.typed_dates import to_type
from unionrelations.kit.when_field import WhenForm
from unionrelations.kit.windows import Precision

WARNINGS, REASON, LINES = "seen_warnings", "overstep_reason", "members"
DAYS = ("starts_on", "ends_on", "precision")
UNTOLD = frozenset({"version", WARNINGS})  # of a form, what is no part of the record
MOST = 1000  # rows, records or lines of one field
LAST_KEY = 10**18 - 1


def json_field(name: str, field: forms.Field, model=None, **options) -> serializers.Field:
    """How a field of a form is said in JSON."""
    options = {"required": False, "help_text": field.help_text or "", "label": field.label, **options}
    if name == LINES:
        line = serializers.CharField(max_length=500, allow_blank=True)
        return serializers.ListField(child=line, max_length=MOST, **options)
    if isinstance(field, forms.ModelMultipleChoiceField):
        key = serializers.IntegerField(min_value=1, max_value=LAST_KEY)
        return serializers.ListField(child=key, max_length=MOST, **options)
    options["allow_null"] = True
    if isinstance(field, forms.ModelChoiceField):
        return serializers.IntegerField(min_value=1, max_value=LAST_KEY, **options)
    if isinstance(field, forms.BooleanField):
        return serializers.BooleanField(**options)
    if isinstance(field, forms.DecimalField):
        return serializers.DecimalField(field.max_digits or 30, field.decimal_places or 0, **options)
    if isinstance(field, forms.IntegerField):
        return serializers.IntegerField(min_value=0, max_value=10**9, **options)
    if isinstance(field, forms.DateField):
        return serializers.DateField(**options)
    if isinstance(field, forms.TimeField):
        return serializers.TimeField(**options)
    if isinstance(field, forms.ChoiceField):
        return serializers.ChoiceField(_choices(name, field, model), allow_blank=True, **options)
    most = getattr(field, "max_length", None)
    return serializers.CharField(allow_blank=True, max_length=most, trim_whitespace=False, **options)


def _choices(name: str, field: forms.ChoiceField, model) -> list[tuple]:
    """In the words of the model, so that the schema knows one list of them by one name."""
    column = next((one for one in model._meta.get_fields() if one.name == name), None) if model else None
    said = getattr(column, "choices", None) or field.choices
    return [(value, words) for value, words in said if value != ""]


def rows_name(formset) -> str:
    """What the rows are called in JSON: as the record calls them."""
    return formset.get_default_prefix()


def row_fields(formset) -> dict:
    told = {name: one for name, one in formset.form.base_fields.items() if name not in UNTOLD}
    return {name: json_field(name, one, formset.model) for name, one in told.items()}


@cache
def _row_serializer(formset, suffix: str) -> type[serializers.Serializer]:
    key = serializers.IntegerField(min_value=1, max_value=LAST_KEY, required=False)
    return type(f"{formset.model.__name__}{suffix}", (serializers.Serializer,), {"id": key, **row_fields(formset)})


def written_serializer(entity: Entity) -> type[serializers.Serializer]:
    """What may be sent: the form's fields, a date in words or in days, the rows, and what was seen of warnings."""
    form = entity.form
    told = {name: one for name, one in form.base_fields.items() if name not in UNTOLD}
    fields = {name: json_field(name, one, entity.model) for name, one in told.items()}
    if form is not None and issubclass(form, WhenForm):
        fields["starts_on"] = serializers.DateField(required=False)
        fields["ends_on"] = serializers.DateField(required=False, allow_null=True)
        fields["precision"] = serializers.ChoiceField(Precision.choices, required=False)
    if WARNINGS in form.base_fields:
        fields[WARNINGS] = json_field(WARNINGS, form.base_fields[WARNINGS])
    if hasattr(form, REASON):
        fields[REASON] = serializers.CharField(required=False, allow_blank=True, max_length=500)
    for formset in entity.formsets:
        rows = _row_serializer(formset, "Written")(many=True, required=False)
        fields[rows_name(formset)] = rows
    return type(f"{entity.model.__name__}Written", (serializers.Serializer,), fields)


def record_serializer(entity: Entity) -> type[serializers.Serializer]:
    """The record as lists tell it, with what its form and the rows under it hold besides."""
    base = entity.serializer
    untold = {*UNTOLD, *getattr(entity.form, "only_new", ())}
    own = {name: one for name, one in entity.form.base_fields.items() if name not in untold}
    beyond = {name: one for name, one in own.items() if name not in base.Meta.fields}
    more = {name: json_field(name, one, entity.model, read_only=True) for name, one in beyond.items()}
    rows = {rows_name(one): _row_serializer(one, "Row")(many=True, read_only=True) for one in entity.formsets}

    @property
    def as_lists_tell(self):
        return (one for one in self.fields.values() if not one.write_only and one.field_name not in {*more, *rows})

    def to_representation(self, record):
        told = base.to_representation(self, record)
        user = self.context["request"].user
        form = entity.form(instance=record, user=user)
        told |= {name: plain(form[name].value(), name) for name in more if name in form.fields}
        for formset in entity.formsets:
            stored = formset(instance=record, user=user).initial_forms
            names = tuple(row_fields(formset))
            told[rows_name(formset)] = [
                {"id": one.instance.pk, **{name: plain(one[name].value()) for name in names}} for one in stored
            ]
        return told

    meta = type("Meta", (base.Meta,), {"fields": (*base.Meta.fields, *more, *rows)})
    body = {"Meta": meta, "to_representation": to_representation, "_readable_fields": as_lists_tell, **more, **rows}
    return type(f"{entity.model.__name__}Record", (base,), body)


def plain(value, name: str = ""):
    """What a form holds, as JSON says it."""
    if name == LINES:
        return [line for line in (value or "").split("\n") if line]
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, date | time) else value


class Written:
    """One request as its form would be sent. `record` is None for a new one; a part of one leaves the rest as it is."""

    def __init__(self, entity: Entity, said: dict, record, user, today: date, *, partial: bool):
        self.entity, self.said, self.user, self.today = entity, dict(said), user, today
        self.record, self.partial = record, partial
        self._days_into_words()
        self.sent = QueryDict(mutable=True)
        self.places: list[list[int | None]] = []  # of each formset: which row of the request each of its forms is
        self._type_fields()
        for number, formset in enumerate(entity.formsets):
            self._type_rows(formset, f"rows-{number}")

    def _days_into_words(self) -> None:
        """Days are said in words, where no other words are. Words as they were told do not stand against new days."""
        told = {name: self.said.pop(name) for name in DAYS if name in self.said}
        start, end, precision = (told.get(name) for name in DAYS)
        if start is None:
            return
        if end is not None and end < start:
            raise serializers.ValidationError({"ends_on": [_("The period ends before it begins.")]})
        stored = [getattr(self.record, name) for name in DAYS] if self.record is not None else None
        is_new = stored is None or any(getattr(self.record, name) != value for name, value in told.items())
        said = self.said.get("when")
        if not said or (is_new and stored and stored[0] and said == to_type(*stored)):
            self.said["when"] = to_type(start, end, precision or Precision.DAY)

    def _blank(self):
        options = {} if self.record is None else {"instance": self.record}
        return self.entity.form(user=self.user, today=self.today, **options)

    def _type_fields(self) -> None:
        """What is not said stays, or is what the page of a new record begins with; a whole record leaves it empty."""
        blank = self._blank()
        for name in (*self.entity.form.base_fields, REASON):
            if name in self.said:
                self._type(name, self.said[name])
            elif name in blank.fields and (name == "version" or self.partial or self.record is None):
                self._type(name, plain(blank[name].value(), name))

    def _type(self, name: str, value) -> None:
        if name == LINES and isinstance(value, list):
            value = "\n".join(" ".join(str(one).splitlines()) for one in value)
        if isinstance(value, list):
            self.sent.setlist(name, [in_words(one) for one in value])
        else:
            self.sent[name] = in_words(value)

    def _type_rows(self, formset, prefix: str) -> None:
        """Stored rows first, as a page sends them; those the request does not name are taken out."""
        name = rows_name(formset)
        of = {} if self.record is None else {"instance": self.record}
        stored = [] if self.record is None else formset(user=self.user, **of).initial_forms
        given = self.said.get(name)
        if given is None and self.partial:
            given = [{"id": one.instance.pk, **{at: one[at].value() for at in row_fields(formset)}} for one in stored]
        given = list(given or [])
        records = [one for one, field in formset.form.base_fields.items() if isinstance(field, forms.ModelChoiceField)]
        places: list[int | None] = []
        for one in stored:
            places.append(_place_of(one.instance, given, records, taken=set(places)))
        new = [place for place in range(len(given)) if place not in places]
        self.places.append([*places, *new])
        total, known = len(stored) + len(new), dict(enumerate(stored))
        self.sent |= {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": str(len(stored))}
        for at, place in enumerate(self.places[-1]):
            row = {} if place is None else given[place]
            if at in known:
                self.sent[f"{prefix}-{at}-{formset.model._meta.pk.name}"] = str(known[at].instance.pk)
            if place is None:
                row = {one: known[at][one].value() for one in row_fields(formset)}
                self.sent[f"{prefix}-{at}-DELETE"] = "on"
            for one in row_fields(formset):
                self._type(f"{prefix}-{at}-{one}", plain(row.get(one, formset_default(formset, one, at in known))))

    # --- What the forms say

    def forms(self):
        """The form and its rows, bound to what was sent."""
        options = {} if self.record is None else {"instance": self.record}
        form = self.entity.form(self.sent, {}, user=self.user, today=self.today, **options)
        rows = [
            one(self.sent, {}, instance=form.instance, user=self.user, prefix=f"rows-{number}")
            for number, one in enumerate(self.entity.formsets)
        ]
        rows_said = {rows_name(one) for one in self.entity.formsets}
        told = {name for name, value in self.said.items() if value not in (None, "", [])}
        self.strange = sorted(told - set(form.fields) - rows_said - {REASON})
        return form, rows

    def refusals(self, form, rows) -> dict[str, list[str]]:
        """Path → sentences, for whatever is not right."""
        said = {name: [str(_("Nothing of the kind is told of such a record."))] for name in self.strange}
        for name, problems in form.errors.items():
            said.setdefault(name if name in form.fields else "non_field_errors", []).extend(map(str, problems))
        for formset, places in zip(rows, self.places, strict=True):
            name = rows_name(formset)
            if problems := [str(one) for one in formset.non_form_errors()]:
                said.setdefault(name, []).extend(problems)
            for at, errors in enumerate(formset.errors):
                place = places[at] if at < len(places) else None
                for field, problems in errors.items():
                    path = name if place is None else f"{name}.{place}.{field}".replace(".__all__", "")
                    said.setdefault(path, []).extend(map(str, problems))
        return said


def formset_default(formset, name: str, is_stored: bool):
    """What a new row begins with on the page."""
    return None if is_stored else getattr(formset, "new_row", {}).get(name)


def _place_of(stored, given: list[dict], records: list[str], taken: set) -> int | None:
    """Which of the given rows a stored one is: by its key, else, where none is said, by the records it names."""
    for place, one in enumerate(given):
        if one.get("id") == stored.pk and place not in taken:
            return place
    for place, one in enumerate(given):
        if (
            place not in taken
            and one.get("id") is None
            and all(one.get(name) == getattr(stored, f"{name}_id") for name in records)
        ):
            return place
    return None


def in_words(value) -> str:
    """As it would be typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return str(formats.number_format(value, force_grouping=False))
    if isinstance(value, Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date | time) else str(value)
