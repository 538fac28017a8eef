"""A proposal's faces: how it is filtered, listed, entered and served."""

from django.utils.translation import gettext_lazy as _

from activities.models import Proposal
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

FIELDS = ("text", "speaker", "speaker_title", "union", "activity", "document", "place", "note")


class ProposalFilters(OfUnionFilterSet):
    class Meta:
        model = Proposal
        fields = ("document",)


class ProposalTable(EntityTable):
    slug = "proposals"
    text = LinkColumn()
    offered = ("speaker_title", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Proposal
        fields = ("text", "speaker", "union", "activity", "document", "place", "speaker_title", "note", "changed_at")


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
    about=_("What somebody asked for in a report or a speech, and what became of it."),
)
