"""All kinds of activity in one list: how they are filtered, listed and served. Entered kind by kind."""

from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import Several
from unionrelations.kit.tables import EntityTable

from .common import SHARED_FACTS, ActivitySerializer, ActivityTable
from .filters import SAFE_FOR_MANY, VIEWS, ActivityFilters
from .parts import SECTIONS


class AllActivitiesFilters(ActivityFilters):
    kind = Several(choices=Activity.Kind.choices, label=_("Kind"))

    class Meta:
        model = Activity
        fields = ("kind", "status", "mode", "counts_as", "on_plan")


class AllActivitiesTable(ActivityTable):
    offered = ("kind", *ActivityTable.offered)

    class Meta(EntityTable.Meta):
        model = Activity
        fields = ("title", "unions", "partners", "countries", "when", "status", "kind", *ActivityTable.offered)


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
    about=_("Everything done with the outside world, of every kind. It is entered kind by kind."),
    views=VIEWS,
    bulk=SAFE_FOR_MANY,
)
