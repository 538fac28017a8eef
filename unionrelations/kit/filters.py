"""The base every entity's filter set extends. Never knows which entity."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import cache
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .folding import FindableQuerySet
from .forms import DayField, NamedSelectMultiple, OtherNames
from .spans import Spans
from .windows import Precision

FEW = 8  # so many words stand side by side to be ticked; more are picked from a list
MOST_OFFERED = 120  # records of one choice; beyond it a page would be made of choices
NOT_STATED = "none"  # in the address, for a column left empty
NOT_A_CHOICE = _("“%(value)s” is not a choice of this filter.")


def may_be_key(typed: str) -> bool:
    """Whether a column could hold it at all; the databases would break on what is longer."""
    return len(typed) <= 18 or not typed.lstrip("-").isdecimal()


class FirstOnes(filters.fields.ModelChoiceIterator):
    """The choices of a field, cut short; asked for anew each time, as the library's own are."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        if self.field.null_label is not None:
            yield self.field.null_value, self.field.null_label
        rows = self.queryset
        if isinstance(rows, FindableQuerySet):
            rows = rows.called(*filter(None, [self.field.to_field_name]))
        for one in rows[:MOST_OFFERED]:
            yield self.choice(one)


class LongList(OtherNames):
    """Offers no more records than a page can carry, and always those already chosen."""

    def render(self, name, value, attrs=None, renderer=None):
        """As its template writes it, in one go: templates for hundreds of choices would take most of a page."""
        chosen = set(self.format_value(value))
        shape = self.build_attrs(self.attrs, attrs) | ({"multiple": True} if self.allow_multiple_selected else {})
        offered = [one for one in self.choices]  # noqa: C416  a list would ask how many there are first
        offered += self._missing(chosen, {str(key) for key, _label in offered})
        lines = [self._line(key, label, chosen) for key, label in offered]
        stated = {key: one for key, one in shape.items() if one is not False}
        said = "".join(f" {key}" if one is True else f' {key}="{escape(one)}"' for key, one in stated.items())
        return mark_safe(f'<select name="{escape(name)}"{said}>{"".join(lines)}</select>')  # noqa: S308  escaped

    @staticmethod
    def _line(key, label, chosen) -> str:
        names = getattr(getattr(key, "instance", None), "folded", "")
        data = f' data-names="{escape(" ".join(names.split()))}"' if names else ""
        mark = " selected" if str(key) in chosen else ""
        return f'<option value="{escape(str(key))}"{data}{mark}>{escape(label)}</option>\n'

    def optgroups(self, name, value, attrs=None):
        groups = super().optgroups(name, value, attrs)
        offered = {str(one["value"]) for _label, options, _index in groups for one in options}
        for key, label in self._missing(value, offered):
            option = self.create_option(name, key, label, True, len(groups), attrs=attrs)
            groups.append((None, [option], len(groups)))
        return groups

    def _missing(self, chosen: Iterable[str], offered: Container[str]) -> list[tuple[Any, str]]:
        """What was chosen and is not offered, with its words."""
        missing = [one for one in chosen if one and one not in offered and may_be_key(one)]
        field = getattr(self.choices, "field", None)
        if not missing or not hasattr(field, "queryset"):
            return []
        key = field.to_field_name or "pk"
        try:
            return [self.choices.choice(one) for one in field.queryset.filter(**{f"{key}__in": missing})]
        except (ValueError, TypeError):
            return []  # what is no key at all, the field itself refuses


class LongSelect(LongList, forms.Select):
    pass


class LongSelectMultiple(LongList, forms.SelectMultiple):
    pass


class Several(filters.MultipleChoiceFilter):
    """Any of several words, the empty one among them where the column may be empty."""

    def __init__(self, *args, **kwargs):
        choices = list(kwargs.get("choices", ()))
        boxes = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
        kwargs.setdefault("widget", boxes if len(choices) <= FEW else NamedSelectMultiple)
        super().__init__(*args, **kwargs)

    def filter(self, qs, value):
        if not value:
            return qs
        return qs.filter(**{f"{self.field_name}__in": ["" if one == NOT_STATED else one for one in value]})


class RecordsField(filters.fields.ModelMultipleChoiceField):
    """Gives a list: the library takes no empty queryset for nothing chosen."""

    def clean(self, value):
        for one in value or ():
            if not may_be_key(one):
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": one[:40]})
        return list(super().clean(value))


class SeveralRecords(filters.ModelMultipleChoiceFilter):
    """Any of several records, none among them where the column may be empty."""

    field_class = RecordsField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"widget": LongSelectMultiple} | kwargs))

    def filter(self, qs, value):
        if not value:
            return qs
        records = [one for one in value if one != self.null_value]
        wanted = Q(**{f"{self.field_name}__in": records})
        if len(records) < len(value):
            wanted |= Q(**{f"{self.field_name}__isnull": True})
        return qs.filter(wanted)


class YesNo(filters.ChoiceFilter):
    """Yes, no and, where nobody may have said, not known."""

    WORDS = (("true", _("yes")), ("false", _("no")))
    NOT_KNOWN = ("unknown", _("not known"))

    def __init__(self, *args, may_be_unknown=False, **kwargs):
        words = (*self.WORDS, self.NOT_KNOWN) if may_be_unknown else self.WORDS
        super().__init__(*args, **({"choices": words} | kwargs))

    def filter(self, qs, value):
        if not value:
            return qs
        return qs.filter(**{self.field_name: {"true": True, "false": False, "unknown": None}[value]})


class DayFilter(filters.DateFilter):
    field_class = DayField


class FilterForm(forms.Form):
    """The filters as a form; what several of them say together, the filter set checks."""

    filterset: EntityFilterSet

    def clean(self):
        cleaned = super().clean()
        for name, sentence in self.filterset.contradictions(cleaned):
            self.add_error(name, sentence)
        return cleaned


class EntityFilterSet(filters.FilterSet):
    """Adds the free-text `q` where names are kept folded, and cuts choices to what the user may see.

    `spans` says what words such as "this term" mean; a door that offers them hands it in.
    """

    queryset: Any  # the rows asked of, as the library keeps them

    q = filters.CharFilter(method="search", label=_("Search"))

    def __init__(self, *args, spans: Spans | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.spans = spans or Spans()
        if self.spans.today:  # what depends on the day is known before anything is asked of it
            self.queryset = self.queryset.as_of(self.spans.today)
        if not isinstance(self.queryset, FindableQuerySet):
            self.filters.pop("q", None)
        for one in self.filters.values():
            # The library builds a model choice from the filter's own queryset, whatever its `extra` holds.
            if getattr(one, "queryset", None) is not None:
                one.queryset = one.queryset.visible_to(self.request.user).for_choosing()
            if isinstance(one, filters.ChoiceFilter | filters.MultipleChoiceFilter):
                one.extra.setdefault("error_messages", {"invalid_choice": NOT_A_CHOICE})

    def number_told(self) -> int | None:
        """How many rows are found, where that is known without counting them; else None."""
        return None

    @classmethod
    @cache
    def of_the_search_alone(cls) -> type[EntityFilterSet]:
        """The same without its filters, for a list nobody narrowed: copying twenty costs as much as the rows do."""
        bare = type(cls)(cls.__name__, (cls,), {"__module__": cls.__module__})
        bare.base_filters = {name: one for name, one in cls.base_filters.items() if name == "q"}
        return bare

    @classmethod
    def filter_for_lookup(cls, field, lookup_type):
        """Of words and of records several may be chosen; yes and no know a third answer."""
        found, options = super().filter_for_lookup(field, lookup_type)
        if found is filters.ChoiceFilter:
            stated = [one for one in options["choices"] if one[0] != ""]
            return Several, options | {"choices": [*stated, (NOT_STATED, _("not stated"))] if field.blank else stated}
        if found is filters.ModelChoiceFilter:
            return SeveralRecords, options | ({"null_label": _("not stated")} if field.null else {})
        if found is filters.BooleanFilter:
            return YesNo, options | {"may_be_unknown": field.null}
        return found, options

    def get_form_class(self):
        form = super().get_form_class()
        return type(form.__name__, (FilterForm, form), {"filterset": self})

    @property
    def form(self):
        if not hasattr(self, "_form"):
            for field in super().form.fields.values():
                if isinstance(field.widget, LongList):
                    field.widget.choices = FirstOnes(field)
        return self._form

    def contradictions(self, cleaned):
        """(filter, sentence) for what cannot be answered though each word alone can be read."""
        return ()

    def search(self, queryset, name, value):
        return queryset.holding(value)


class PeriodFilterSet(EntityFilterSet):
    """For what has a first and a last day: anything that shares a day with what is asked for."""

    first_day, last_day = "first_day", "last_day"  # the columns

    period = filters.ChoiceFilter(choices=(), method="in_period", label=_("Period"))
    since = DayFilter(method="from_day", label=_("From day"))
    until = DayFilter(method="to_day", label=_("To day"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if period := self.filters.get("period"):
            period.extra["choices"] = lambda: self.spans.choices(self._union())
            vars(period).pop("_field", None)  # the library keeps one made for somebody else, as for the schema

    def _union(self) -> str:
        """Whose terms are meant: those of the union asked for, else the reader's own."""
        return self.data.get("union", "")

    def contradictions(self, cleaned):
        yield from super().contradictions(cleaned)
        since, until, period = cleaned.get("since"), cleaned.get("until"), cleaned.get("period")
        if since and until and until < since:
            yield "until", gettext("The period ends before it begins.")
        if period and self.spans.period(period, self._union()) is None:
            yield "period", gettext("No such term is entered. Choose another period, or give its days.")

    def in_period(self, queryset, name, value: str):
        period = self.spans.period(value, self._union())
        return self.to_day(self.from_day(queryset, name, period.start), name, period.last)

    def from_day(self, queryset, name, value):
        return queryset.filter(**{f"{self.last_day}__gte": value})

    def to_day(self, queryset, name, value):
        return queryset.filter(**{f"{self.first_day}__lte": value})


class DatedFilterSet(PeriodFilterSet):
    """For what started on a day or inside a window: anything that may have started in the days asked for."""

    first_day = "starts_on"

    precision = filters.ChoiceFilter(
        choices=(("day", _("exact to the day")), ("vague", _("not exact"))),
        method="so_exact",
        label=_("How exact the date is"),
    )

    def from_day(self, queryset, name, value):
        return queryset.filter(Q(starts_on__gte=value) | ~Q(precision=Precision.DAY) & Q(ends_on__gte=value))

    def so_exact(self, queryset, name, value):
        exact = Q(precision=Precision.DAY)
        return queryset.filter(exact if value == "day" else ~exact)
