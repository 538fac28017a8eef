"""Asking for what belongs to one of our unions, with those below it or without. Never knows what belongs to it."""

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Union
from unionrelations.kit.filters import EntityFilterSet, LongSelect

ALONE = "0"


class OfUnionFilterSet(EntityFilterSet):
    """`union` by its code. Those below it are meant as well, unless `under` says otherwise."""

    union = filters.ModelChoiceFilter(
        method="of_union",
        to_field_name="code",
        queryset=Union.objects.all(),
        widget=LongSelect,
        label=_("Union"),
    )
    under = filters.ChoiceFilter(
        choices=(("1", _("with the unions below")), (ALONE, _("that union alone"))),
        method="pass_by",
        label=_("How far the union reaches"),
    )

    @property
    def form(self):
        form = super().form
        if "under" in form.fields:  # said or not, those below are meant
            form.fields["under"].widget.choices = [("", _("with the unions below")), (ALONE, _("that union alone"))]
        return form

    @property
    def reaches_below(self) -> bool:
        return self.form.cleaned_data.get("under") != ALONE

    def of_union(self, queryset, name, value: Union):
        if hasattr(queryset, "of"):
            return queryset.of(value, under=self.reaches_below)
        return self.kept_by(queryset, value)

    def kept_by(self, queryset, value: Union):
        """The rows that name the union or, unless it alone is meant, one below it."""
        return queryset.filter(**({"union__path__startswith": value.path} if self.reaches_below else {"union": value}))

    def pass_by(self, queryset, name, value):
        return queryset  # `of_union` reads it
