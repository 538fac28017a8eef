"""A proposal's faces: how it is filtered, listed, entered and served."""

from activities.models import Proposal
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import EntityFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

FIELDS = ("text", "speaker", "speaker_title", "union", "activity", "document", "place", "note")


class ProposalFilters(EntityFilterSet):
    class Meta:
        model = Proposal
        fields = ("union", "document")


class ProposalTable(EntityTable):
    slug = "proposals"
    text = LinkColumn()

    class Meta(EntityTable.Meta):
        model = Proposal
        fields = ("text", "speaker", "union", "activity", "document", "place")


class ProposalForm(EntityForm):
    class Meta:
        model = Proposal
        fields = FIELDS


class ProposalSerializer(EntitySerializer):
    class Meta:
        model = Proposal
        fields = ("id", *FIELDS)


PROPOSALS = Entity(
    slug="proposals",
    icon="flag",
    model=Proposal,
    filterset=ProposalFilters,
    table=ProposalTable,
    serializer=ProposalSerializer,
    form=ProposalForm,
    facts=FIELDS,
)
