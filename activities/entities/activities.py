"""All kinds of activity in one list: how they are filtered, listed and served. Entered kind by kind."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from unionrelations.kit.entities import Entity
from unionrelations.kit.tables import EntityTable

from .common import SHARED_FACTS, ActivityFilters, ActivitySerializer, ActivityTable
from .parts import SECTIONS


class AllActivitiesFilters(ActivityFilters):
    kind = filters.ChoiceFilter(choices=Activity.Kind, label=_("Kind"))

    class Meta:
        model = Activity
        fields = ("kind", "status", "mode", "counts_as", "on_plan")


class AllActivitiesTable(ActivityTable):
    class Meta(EntityTable.Meta):
        model = Activity
        fields = ("title", "unions", "partners", "countries", "when", "status")


class AllActivitiesSerializer(ActivitySerializer):
    class Meta:
        model = Activity
        fields = ActivitySerializer.FIELDS
        read_only_fields = fields


ACTIVITIES = Entity(
    slug="activities",
    icon="flag",
    model=Activity,
    filterset=AllActivitiesFilters,
    table=AllActivitiesTable,
    serializer=AllActivitiesSerializer,
    facts=SHARED_FACTS,
    sections=SECTIONS,
)
