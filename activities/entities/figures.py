"""A published figure's faces: how it is filtered, listed, entered and served."""

from django.utils.translation import gettext_lazy as _

from activities.models import ReportedFigure
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import PeriodFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

FIELDS = (
    "document",
    "place",
    "union",
    "indicator",
    "qualifier",
    "low",
    "high",
    "printed",
    "first_day",
    "last_day",
    "period_printed",
    "subset_of",
    "note",
)


class FigureFilters(OfUnionFilterSet, PeriodFilterSet):
    class Meta:
        model = ReportedFigure
        fields = ("indicator", "qualifier", "document")


class FigureTable(EntityTable):
    slug = "figures"
    printed = LinkColumn()
    offered = ("first_day", "last_day", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = ReportedFigure
        fields = (
            *("printed", "indicator", "union", "qualifier", "low", "high", "period_printed", "document", "place"),
            *("first_day", "last_day", "note", "changed_at"),
        )


class FigureForm(EntityForm):
    class Meta:
        model = ReportedFigure
        fields = FIELDS

    grouped = (
        (_("As printed"), ("document", "place", "printed", "period_printed"), True),
        (_("Read as"), ("union", "indicator", "qualifier", "low", "high", "first_day", "last_day"), True),
    )


class FigureSerializer(EntitySerializer):
    class Meta:
        model = ReportedFigure
        fields = ("id", *FIELDS)


FIGURES = Entity(
    slug="figures",
    icon="quote",
    model=ReportedFigure,
    filterset=FigureFilters,
    table=FigureTable,
    serializer=FigureSerializer,
    form=FigureForm,
    facts=FIELDS,
    about=_("A number as a document printed it, with its own period and doubt. It stands beside the counted one."),
)
