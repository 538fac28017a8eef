"""An officer's faces: how they are filtered, listed, entered and served."""

from unionrelations.accounts.models import Officer
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import EntityFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

FIELDS = ("union", "name", "name_plain", "title", "full_time", "trainings", "note")


class OfficerFilters(EntityFilterSet):
    class Meta:
        model = Officer
        fields = ("union", "full_time")


class OfficerTable(EntityTable):
    slug = "officers"
    name = LinkColumn(order_by=("folded", "pk"))

    class Meta(EntityTable.Meta):
        model = Officer
        fields = ("name", "title", "union", "full_time")


class OfficerForm(EntityForm):
    class Meta:
        model = Officer
        fields = FIELDS


class OfficerSerializer(EntitySerializer):
    class Meta:
        model = Officer
        fields = ("id", *FIELDS)


OFFICERS = Entity(
    slug="officers",
    icon="user",
    model=Officer,
    filterset=OfficerFilters,
    table=OfficerTable,
    serializer=OfficerSerializer,
    form=OfficerForm,
    facts=FIELDS,
)
