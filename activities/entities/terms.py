"""A term's faces: how it is filtered, listed, entered and served."""

from activities.models import Term
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import EntityFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

FIELDS = ("union", "name", "congress", "first_day", "last_day", "note")


class TermFilters(EntityFilterSet):
    class Meta:
        model = Term
        fields = ("union",)


class TermTable(EntityTable):
    slug = "terms"
    name = LinkColumn()

    class Meta(EntityTable.Meta):
        model = Term
        fields = ("name", "union", "congress", "first_day", "last_day")


class TermForm(EntityForm):
    class Meta:
        model = Term
        fields = FIELDS


class TermSerializer(EntitySerializer):
    class Meta:
        model = Term
        fields = ("id", *FIELDS)


TERMS = Entity(
    slug="terms",
    icon="calendar",
    model=Term,
    filterset=TermFilters,
    table=TermTable,
    serializer=TermSerializer,
    form=TermForm,
    facts=FIELDS,
)
