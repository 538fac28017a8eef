"""How all kinds of activity are searched and filtered. Never knows a single kind."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityCountry, Paper, PartnerRole, SourceLink
from partners.models import Country, Partner
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.filters import DatedFilterSet, SeveralRecords
from unionrelations.kit.folding import MOST_WORDS, fold

VIEWS = (
    (_("This term"), "period=this-term"),
    (_("Headcount not known"), "headcount=unknown"),
    (_("Date not exact"), "precision=vague"),
)
SAFE_FOR_MANY = ("status", "mode", "on_plan", "off_plan_reason")

FEW = 1000  # hits of a word, up to which the activities are named one by one
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

    def search(self, queryset, name, value):
        """Each word in the activity's own names, or in those of a partner or a country of it."""
        words = list(dict.fromkeys(fold(value).split()))[:MOST_WORDS]
        if not words:
            return queryset.none()
        for word in words:
            few = self._few_holding(word)
            queryset = queryset.filter(self._said_in(word) if few is None else Q(pk__in=few))
        return queryset

    @staticmethod
    def _few_holding(word: str) -> set[int] | None:
        """Their keys, each way by its own index: tried one after another, every row would be read. None of many."""
        named = Activity.objects.filter(folded__contains=word).order_by().values_list("pk")
        partners = PartnerRole.objects.filter(partner__folded__contains=word).order_by().values_list("activity_id")
        countries = ActivityCountry.objects.filter(country__folded__contains=word).order_by().values_list("activity_id")
        found = list(named.union(partners, countries, all=True)[: FEW + 1])
        return {pk for (pk,) in found} if len(found) <= FEW else None

    @staticmethod
    def _said_in(word: str) -> Q:
        """Of a word that many hold, row by row: a page is full, and a count at its limit, after few of them."""
        partners = PartnerRole.objects.filter(activity=OuterRef("pk"), partner__folded__contains=word)
        countries = ActivityCountry.objects.filter(activity=OuterRef("pk"), country__folded__contains=word)
        return Q(folded__contains=word) | Q(Exists(partners)) | Q(Exists(countries))

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
        these = Q(pk__in=rows.values("activity_id"))
        return queryset.filter(these if value == WITH else ~these)
