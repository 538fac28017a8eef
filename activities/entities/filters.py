"""How all kinds of activity are searched and filtered. Never knows a single kind."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityCountry, ActivityScope, Paper, PartnerRole, SourceLink
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

TOLD = {"status": [Activity.Status.HELD], "headcount": "unknown", "precision": "vague"}  # by scope rows

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

    @property
    def one_kind(self) -> str:
        """Of the activities this filters; "" where it is all kinds."""
        return getattr(self._meta.model, "KIND", "")

    @property
    def is_of_own_union_alone(self) -> bool:
        user = self.request.user
        return not self.reaches_below and self.form.cleaned_data["union"].pk == user.union_id

    def of_union(self, queryset, name, value: Union):
        return queryset.of(value, under=self.reaches_below, known=self._known() if self.is_of_own_union_alone else None)

    def _known(self) -> Q:
        """What the reader's own scope rows say of the rest that is asked."""
        asked, known = self.form.cleaned_data, Q()
        if asked.get("status") == [Activity.Status.HELD]:
            known &= Q(held=True)
        if asked.get("headcount") == "unknown" and self.one_kind:
            known &= Q(headcount_known=False)
        if asked.get("precision") == "vague":
            known &= Q(day_known=False)
        return known

    def number_told(self) -> int | None:
        """How many are found, where the reader's own scope rows say all that is asked; else None, and they are counted.

        So they are where one of these rows is of an earlier release, which says nothing.
        """
        if not (self.form.is_valid() and ActivityScope.objects.tell_all_to(self.request.user)):
            return None
        asked = {name: value for name, value in self.form.cleaned_data.items() if value}
        if not asked.keys() >= {"union", "under"} or not self.is_of_own_union_alone:
            return None
        if any(asked[name] != TOLD.get(name) for name in asked.keys() - {"union", "under"}):
            return None
        if "headcount" in asked and not self.one_kind:
            return None
        rows = ActivityScope.objects.of(asked["union"], under=False).filter(self._known())
        rows = rows.filter(kind__in=("", self.one_kind)) if self.one_kind else rows
        found = rows.aggregate(number=Count("pk"), unsaid=Count("pk", filter=Q(awaits="")))
        return None if found["unsaid"] else found["number"]

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
