"""How all kinds of activity are searched and filtered. Never knows a single kind."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityCountry, Paper, PartnerRole, SourceLink
from partners.models import Country, Partner
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.accounts.models import Union
from unionrelations.kit.filters import DatedFilterSet, SeveralRecords
from unionrelations.kit.folding import words_of

from .wording import Wording

VIEWS = (
    (_("This term"), "period=this-term"),
    (_("Headcount not known"), "headcount=unknown"),
    (_("Date not exact"), "precision=vague"),
)
SAFE_FOR_MANY = ("status", "mode", "on_plan", "off_plan_reason")

WITH, WITHOUT = "with", "without"
WITH_OR_WITHOUT = ((WITH, _("with")), (WITHOUT, _("without")))


class ActivityFilters(OfUnionFilterSet, DatedFilterSet):
    partner = SeveralRecords(method="with_partner", queryset=Partner.objects.all(), label=_("Partner"))
    country = SeveralRecords(
        method="in_country", to_field_name="code", queryset=Country.objects.all(), label=_("Country")
    )
    headcount = filters.ChoiceFilter(
        choices=(("known", _("known")), ("unknown", _("not known"))), method="headcount_is", label=_("Headcount")
    )
    report = filters.ChoiceFilter(choices=WITH_OR_WITHOUT, method="with_report", label=_("Trip report"))
    source = filters.ChoiceFilter(choices=WITH_OR_WITHOUT, method="with_source", label=_("Source"))

    people_unknown = Q(people_in_reach__isnull=True)  # what a list of this kind shows as a headcount

    def of_union(self, queryset, name, value: Union):
        known = None if self.reaches_below or value.pk != self.request.user.union_id else self._known()
        return queryset.of(value, under=self.reaches_below, known=known)

    def _known(self) -> Q:
        """What the reader's own scope rows say of the rest that is asked."""
        asked, known = self.form.cleaned_data, Q()
        if asked.get("status") == [Activity.Status.HELD]:
            known &= Q(held=True)
        if asked.get("headcount") == "unknown":
            known &= Q(headcount_known=False)
        if asked.get("precision") == "vague":
            known &= Q(day_known=False)
        return known

    def search(self, queryset, name, value):
        """Each word in the activity's own names, or in those of a partner or a country of it."""
        words = words_of(value)
        if not words:
            return queryset.none()
        judged = vars(self.request).setdefault("wordings", {})  # an empty list is asked for again, a filter less
        return judged.setdefault(value, Wording(words)).narrow(queryset)

    def with_partner(self, queryset, name, value: list):
        return queryset.filter(pk__in=PartnerRole.objects.filter(partner__in=value).values("activity_id"))

    def in_country(self, queryset, name, value: list):
        return queryset.filter(pk__in=ActivityCountry.objects.filter(country__in=value).values("activity_id"))

    def headcount_is(self, queryset, name, value):
        if "people_in_reach" not in queryset.query.annotations:
            queryset = queryset.for_reader(self.request.user)
        return queryset.filter(self.people_unknown if value == "unknown" else ~self.people_unknown)

    def with_report(self, queryset, name, value):
        return self._having(queryset, value, Paper.objects.filter(kind=Paper.Kind.TRIP_REPORT))

    def with_source(self, queryset, name, value):
        return self._having(queryset, value, SourceLink.objects.filter(activity__isnull=False))

    def _having(self, queryset, value, rows):
        """Asked of each by an index: a list of those without may be longer than the database keeps in its memory."""
        these = Exists(rows.filter(activity=OuterRef("pk")))
        return queryset.filter(these if value == WITH else ~these)
