"""Programmes and talks of all activities in two lists: whom one met, where, when, and of what.

They are entered on the pages of the activities.
"""

from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityCountry, ProgrammeItem, Talk
from partners.models import Country, Partner
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import PeriodFilterSet, SeveralRecords
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import DayColumn, EntityTable, LinkColumn, ManyColumn

from .costs import ActivityColumn
from .importing import ProgrammeImporter, TalkImporter

PROGRAMME_FIELDS = ("day", "begins_at", "ends_at", "place", "met", "contact", "topic", "activity")
TALK_FIELDS = ("day", "partner", "with_whom", "topics", "agreed", "activity")


class MetFilters(OfUnionFilterSet, PeriodFilterSet):
    """A row without a day is asked for by the days of its activity."""

    activity = SeveralRecords(queryset=Activity.objects.all(), label=_("Activity"))
    partner = SeveralRecords(method="with_partner", queryset=Partner.objects.all(), label=_("Partner"))
    country = SeveralRecords(
        method="in_country", to_field_name="code", queryset=Country.objects.all(), label=_("Country")
    )

    def from_day(self, queryset, name, value):
        return queryset.from_day(value)

    def to_day(self, queryset, name, value):
        return queryset.to_day(value)

    def with_partner(self, queryset, name, value: list):
        return queryset.with_partners(value) if value else queryset

    def in_country(self, queryset, name, value: list):
        if not value:
            return queryset
        return queryset.filter(activity__in=ActivityCountry.objects.filter(country__in=value).values("activity_id"))


class ProgrammeFilters(MetFilters):
    class Meta:
        model = ProgrammeItem
        fields = ()


class TalkFilters(MetFilters):
    class Meta:
        model = Talk
        fields = ()


class AboutColumn(LinkColumn):
    """What it was about, leading to its page; where that is not written down, what else is."""

    def __init__(self, **kwargs):
        super().__init__(**{"empty_values": ()} | kwargs)

    def render(self, value, record, table):
        return super().render(value or str(record), record, table)

    def value(self, value):
        return value or ""


class HourColumn(tables.Column):
    def render(self, value):
        return f"{value:%H:%M}"

    value = render


def partners_column() -> ManyColumn:
    return ManyColumn(
        lambda one: dict.fromkeys(role.partner.label for role in one.activity.partner_roles.all()),
        needs=("activity__partner_roles__partner",),
        verbose_name=_("Partners"),
    )


class ProgrammeListTable(EntityTable):
    slug = "programme"
    topic = AboutColumn()
    day = DayColumn()
    begins_at = HourColumn()
    ends_at = HourColumn()
    partners = partners_column()
    activity = ActivityColumn()
    offered = ("ends_at", "contact", "changed_at")

    class Meta(EntityTable.Meta):
        model = ProgrammeItem
        fields = (
            *("topic", "met", "day", "begins_at", "ends_at", "place", "partners", "activity"),
            *("contact", "changed_at"),
        )


class TalkListTable(EntityTable):
    slug = "talks"
    with_whom = AboutColumn()
    day = DayColumn()
    activity = ActivityColumn()
    offered = ("changed_at",)

    class Meta(EntityTable.Meta):
        model = Talk
        fields = ("with_whom", "partner", "day", "topics", "agreed", "activity", "changed_at")

    def render_topics(self, value):
        return format_html('<div class="as-typed">{}</div>', value)

    render_agreed = render_topics

    def value_topics(self, value):
        return value

    value_agreed = value_topics


class ProgrammeSerializer(EntitySerializer):
    class Meta:
        model = ProgrammeItem
        fields = ("id", *PROGRAMME_FIELDS)
        read_only_fields = fields


class TalkSerializer(EntitySerializer):
    class Meta:
        model = Talk
        fields = ("id", *TALK_FIELDS)
        read_only_fields = fields


VIEWS = ((_("This term"), "period=this-term"), (_("This year"), "period=this-year"))
PROGRAMME = Entity(
    slug="programme",
    icon="calendar",
    model=ProgrammeItem,
    filterset=ProgrammeFilters,
    table=ProgrammeListTable,
    serializer=ProgrammeSerializer,
    facts=PROGRAMME_FIELDS,
    about=_("Whom one met, where and of what, hour by hour. It is entered on the activity's page."),
    views=VIEWS,
    importers=(ProgrammeImporter(),),
)
TALKS = Entity(
    slug="talks",
    icon="quote",
    model=Talk,
    filterset=TalkFilters,
    table=TalkListTable,
    serializer=TalkSerializer,
    facts=TALK_FIELDS,
    about=_("With whom what was talked about, and what was agreed. It is entered on the activity's page."),
    views=VIEWS,
    importers=(TalkImporter(),),
)
