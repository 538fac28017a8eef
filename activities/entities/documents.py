"""A source document's faces: how it is filtered, listed, entered and served, with what was read from it."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from activities.models import Proposal, ReportedFigure, SourceDocument, SourceLink
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity, Section, Under
from unionrelations.kit.filters import PeriodFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

from .figures import FigureTable
from .files import FILES
from .importing import DocumentImporter
from .proposals import ProposalTable

FIELDS = (
    "title",
    "code",
    "kind",
    "publisher",
    "author",
    "published_on",
    "published_words",
    "language",
    "union",
    "first_day",
    "last_day",
    "note",
)


OFFERED = ("author", "code", "first_day", "last_day", "note", "changed_at")


class DocumentFilters(OfUnionFilterSet, PeriodFilterSet):
    first_day = last_day = "published_on"

    class Meta:
        model = SourceDocument
        fields = ("kind", "language")


class DocumentTable(EntityTable):
    slug = "documents"
    title = LinkColumn()
    offered = OFFERED

    class Meta(EntityTable.Meta):
        model = SourceDocument
        fields = ("title", "kind", "publisher", "published_on", "union", "language", *OFFERED)


class DocumentForm(EntityForm):
    class Meta:
        model = SourceDocument
        fields = FIELDS


class DocumentSerializer(EntitySerializer):
    class Meta:
        model = SourceDocument
        fields = ("id", *FIELDS)


class FoundTable(EntityTable):
    """What stands where in the document."""

    record = tables.Column(orderable=False, verbose_name=_("Record"))

    class Meta(EntityTable.Meta):
        model = SourceLink
        fields = ("place", "record", "note")
        orderable = False


DOCUMENTS = Entity(
    slug="documents",
    icon="document",
    model=SourceDocument,
    filterset=DocumentFilters,
    table=DocumentTable,
    serializer=DocumentSerializer,
    form=DocumentForm,
    facts=FIELDS,
    sections=(
        FILES,
        Section(
            _("Published figures"),
            Under(ReportedFigure, "document"),
            FigureTable,
            slug="figures",
            elsewhere=("figures", "document", lambda one: {"document": one.pk}),
        ),
        Section(
            _("Records found in it"),
            Under(SourceLink, "document"),
            FoundTable,
            slug="found",
        ),
        Section(
            _("Proposals"),
            Under(Proposal, "document"),
            ProposalTable,
            slug="proposals",
            elsewhere=("proposals", "document", lambda one: {"document": one.pk}),
        ),
    ),
    about=_("A report, paper or article that records and figures were read from."),
    bulk=("kind", "language"),
    importers=(DocumentImporter(),),
)
