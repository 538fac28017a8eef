"""A proposal's faces: how it is filtered, listed, entered and served."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Proposal
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

from .importing import ProposalImporter

ASKED = ("text", "speaker", "speaker_title", "union")
BECAME = ("outcome", "outcome_on", "outcome_note")
RECORDED = ("activity", "document", "place", "note")
FIELDS = (*ASKED, *BECAME, *RECORDED)
PILLS = {
    Proposal.Outcome.OPEN: "pill-open",
    Proposal.Outcome.UNDER_WAY: "pill-pen",
    Proposal.Outcome.ACCEPTED: "pill-ok",
    Proposal.Outcome.DONE: "pill-ok",
}


class ProposalFilters(OfUnionFilterSet):
    class Meta:
        model = Proposal
        fields = ("outcome", "document")


class ProposalTable(EntityTable):
    slug = "proposals"
    text = LinkColumn()
    offered = ("speaker_title", "outcome_on", "outcome_note", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Proposal
        fields = (
            *("text", "speaker", "union", "outcome", "activity", "document", "place"),
            *("speaker_title", "outcome_on", "outcome_note", "note", "changed_at"),
        )

    def render_outcome(self, record):
        shape = PILLS.get(record.outcome, "")
        return format_html('<span class="pill {}">{}</span>', shape, record.get_outcome_display())

    def value_outcome(self, record):
        return record.get_outcome_display()


class ProposalForm(EntityForm):
    class Meta:
        model = Proposal
        fields = FIELDS

    grouped = (
        (_("Who asked for what"), ASKED, True),
        (pgettext_lazy("of a proposal", "What became of it"), BECAME, True),
        (_("Where it is recorded"), RECORDED, True),
    )


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
    views=(
        (pgettext_lazy("of a proposal", "Still open"), "outcome=open"),
        (pgettext_lazy("of a proposal", "Under way"), "outcome=under_way"),
    ),
    importers=(ProposalImporter(),),
)
