"""A relation event's faces: how it is filtered, listed, entered and served."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from partners.models import RelationEvent
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import DatedFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn, WhenColumn

from .importing import RelationImporter

FIELDS = ("union", "partner", "kind", "starts_on", "ends_on", "precision", "date_words", "note")


class RelationFilters(OfUnionFilterSet, DatedFilterSet):
    class Meta:
        model = RelationEvent
        fields = ("partner", "kind")


class RelationTable(EntityTable):
    slug = "relations"
    kind = LinkColumn()
    partner = tables.Column(default=_("not named"))
    when = WhenColumn()
    offered = ("date_words", "changed_at")

    class Meta(EntityTable.Meta):
        model = RelationEvent
        fields = ("kind", "union", "partner", "when", "note", "date_words", "changed_at")


class RelationForm(EntityForm):
    class Meta:
        model = RelationEvent
        fields = FIELDS


class RelationSerializer(EntitySerializer):
    class Meta:
        model = RelationEvent
        fields = ("id", *FIELDS)


RELATIONS = Entity(
    slug="relations",
    icon="link",
    model=RelationEvent,
    filterset=RelationFilters,
    table=RelationTable,
    serializer=RelationSerializer,
    form=RelationForm,
    facts=("union", "partner", "kind", "when", "date_words", "note"),
    about=_("The day or time when ties with a partner began, changed, paused or ended."),
    importers=(RelationImporter(),),
)
