"""A cost's faces: how items of money are filtered, listed, entered and served. Their sums are counted in reports."""

from __future__ import annotations

import django_filters as filters
import django_tables2 as tables
from django.db.models import F, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Cost, Plan, Realisation
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import PeriodFilterSet, Several, SeveralRecords
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.money import HOME_CURRENCY, rate_in_figures
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn
from unionrelations.kit.windows import Precision

from .common import ActivityTable
from .importing import CostImporter
from .parts import COST_FIELDS, COST_GROUPS, AmountColumn, in_decimals
from .payers import paid_by, payers_of

FIELDS = ("activity", *COST_FIELDS)
UNDETERMINED = "undetermined"
YES, NO = "true", "false"
YES_OR_NO = ((YES, _("yes")), (NO, _("no")))


class CostFilters(OfUnionFilterSet, PeriodFilterSet):
    """The period is that of the activities: those whose days lie in it for certain, or those of which nobody can say.

    So the parts of a year never hold more than the year, and what crosses an edge stands beside.
    """

    first_day, last_day = "activity__starts_on", "activity__ends_on"

    activity = SeveralRecords(queryset=Activity.objects.all(), label=_("Activity"))
    plan = SeveralRecords(
        queryset=Plan.objects.all(), method="realising", null_label=_("in no plan"), label=_("Plan it realises")
    )
    status = Several(field_name="activity__status", choices=Activity.Status.choices, label=_("Status of the activity"))
    payer = filters.ChoiceFilter(choices=(), method="of_payer", label=_("Who pays"))
    currency = filters.CharFilter(field_name="currency", lookup_expr="iexact", label=_("Currency"))
    estimated = filters.ChoiceFilter(choices=YES_OR_NO, method="with_estimate", label=_("Estimate written down"))
    settled = filters.ChoiceFilter(choices=YES_OR_NO, method="with_settlement", label=_("Settled"))
    over = filters.ChoiceFilter(choices=YES_OR_NO, method="spending_more", label=_("Settled above the estimate"))
    rated = filters.ChoiceFilter(choices=YES_OR_NO, method="known_in_dong", label=_("Known in đồng"))
    certainty = filters.ChoiceFilter(
        choices=((UNDETERMINED, _("dates too wide to say")),), method="pass_by", label=_("Whether it is in the period")
    )

    class Meta:
        model = Cost
        fields = ("source",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if payer := self.filters.get("payer"):
            payer.extra["choices"] = lambda: payers_of(Cost.objects.visible_to(self.request.user))
            vars(payer).pop("_field", None)  # the library keeps a field made for somebody else

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        sure, possible = Q(), Q()
        ends_exactly = Q(activity__precision=Precision.DAY)
        for first, last in self._bounds():
            if first:
                sure &= Q(activity__starts_on__gte=first)
                possible &= Q(activity__starts_on__gte=first) | ~ends_exactly & Q(activity__ends_on__gte=first)
            if last:
                sure &= ends_exactly & Q(activity__starts_on__lte=last) | ~ends_exactly & Q(activity__ends_on__lte=last)
                possible &= Q(activity__starts_on__lte=last)
        if self.form.cleaned_data.get("certainty") == UNDETERMINED:
            return rows.filter(possible).exclude(sure) if sure else rows.none()
        return rows.filter(sure)

    def _bounds(self):
        asked = self.form.cleaned_data
        if word := asked.get("period"):
            period = self.spans.period(word, self._union())
            yield period.start, period.last
        yield asked.get("since"), asked.get("until")

    def in_period(self, queryset, name, value: str):
        return queryset  # `filter_queryset` reads all of them together

    from_day = to_day = in_period

    def realising(self, queryset, name, value: list):
        rows = Realisation.objects.visible_to(self.request.user)
        plans = [one for one in value if one != self.filters[name].null_value]
        wanted = Q(activity__in=rows.filter(line__plan__in=plans).values("activity_id"))
        if len(plans) < len(value):
            wanted |= ~Q(activity__in=rows.values("activity_id"))
        return queryset.filter(wanted)

    def of_payer(self, queryset, name, value: str):
        return queryset.filter(paid_by(value))

    def with_estimate(self, queryset, name, value):
        return queryset.filter(estimate__isnull=value == NO)

    def with_settlement(self, queryset, name, value):
        return queryset.filter(settlement__isnull=value == NO)

    def spending_more(self, queryset, name, value):
        more = Q(settlement__gt=F("estimate"))
        return queryset.filter(more) if value == YES else queryset.exclude(more)

    def known_in_dong(self, queryset, name, value):
        known = Q(currency=HOME_CURRENCY) | Q(rate__isnull=False)
        return queryset.filter(known if value == YES else ~known)


class ActivityColumn(tables.Column):
    """The activity it is of, leading to its page."""

    def render(self, value, record):
        slug = ActivityTable.SLUGS[Activity.Kind(record.activity.kind)]
        return format_html('<a href="{}">{}</a>', reverse(f"{slug}-detail", args=[record.activity_id]), value)

    def value(self, value):
        return str(value)


class CostListTable(EntityTable):
    slug = "costs"
    item = LinkColumn()
    activity = ActivityColumn()
    estimate = AmountColumn()
    settlement = AmountColumn()
    rate = AmountColumn()
    offered = ("rate_day", "rate_source", "payer_union", "payer_partner", "over_reason", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Cost
        fields = (
            *("item", "activity", "union", "source", "estimate", "settlement", "currency", "rate", "rate_day"),
            *("rate_source", "payer_union", "payer_partner", "over_reason", "note", "changed_at"),
        )

    def render_rate(self, value):
        return "" if value is None else rate_in_figures(value)


class CostEntryForm(EntityForm):
    """The same item as under its activity, with the activity to be chosen."""

    grouped = tuple(
        (heading, ("activity", *names) if place == 0 else names, True)
        for place, (heading, names) in enumerate(COST_GROUPS)
    )

    class Meta:
        model = Cost
        fields = FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_decimals(self)


class CostSerializer(EntitySerializer):
    class Meta:
        model = Cost
        fields = ("id", *FIELDS)


COSTS = Entity(
    slug="costs",
    icon="money",
    model=Cost,
    filterset=CostFilters,
    table=CostListTable,
    serializer=CostSerializer,
    form=CostEntryForm,
    facts=FIELDS,
    about=_("What activities were to cost and did cost, item by item. Read by the union it stands in and those above."),
    views=(
        (_("Not settled yet"), "settled=false"),
        (_("Settled above the estimate"), "over=true"),
        (_("Not known in đồng"), "rated=false"),
    ),
    importers=(CostImporter(),),
)
