"""The base every entity's filter set extends. Never knows which entity."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .folding import FindableQuerySet
from .windows import Precision


class EntityFilterSet(filters.FilterSet):
    """Adds the free-text `q` where names are kept folded, and cuts choices to what the user may see."""

    q = filters.CharFilter(method="search", label=_("Search"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not isinstance(self.queryset, FindableQuerySet):
            self.filters.pop("q", None)
        for one in self.filters.values():
            # The library builds a model choice from the filter's own queryset, whatever its `extra` holds.
            if getattr(one, "queryset", None) is not None:
                one.queryset = one.queryset.visible_to(self.request.user).for_choosing()

    def search(self, queryset, name, value):
        return queryset.holding(value)


class DatedFilterSet(EntityFilterSet):
    """For what started on a day or inside a window: anything that may have started in [since, until]."""

    since = filters.DateFilter(method="from_day", label=_("From day"))
    until = filters.DateFilter(method="to_day", label=_("To day"))
    precision = filters.ChoiceFilter(choices=Precision, label=_("How exact the date is"))

    def from_day(self, queryset, name, value):
        return queryset.filter(Q(starts_on__gte=value) | ~Q(precision=Precision.DAY) & Q(ends_on__gte=value))

    def to_day(self, queryset, name, value):
        return queryset.filter(starts_on__lte=value)
