"""A published figure's faces: how it is filtered, listed, entered and served, and how its gap is explained."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, DateTimeColumn

from activities.models import GapExplanation, ReportedFigure
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity, Section, Under
from unionrelations.kit.filters import PeriodFilterSet
from unionrelations.kit.forms import EntityForm, PartForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn, ManyColumn, PeopleColumn, TitledColumn

from .importing import FigureImporter, StatisticsImporter

MINUS = str.maketrans({"−": "-", "–": "-", " ": None, "\u00a0": None})
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
    explanations = ManyColumn(
        lambda one: [f"{part}, {part.note}" for part in one.explanations.all()],
        needs=("explanations",),
        verbose_name=_("Explanations of the gap"),
    )
    offered = ("first_day", "last_day", "explanations", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = ReportedFigure
        fields = (
            *("printed", "indicator", "union", "qualifier", "low", "high", "period_printed", "document", "place"),
            *("first_day", "last_day", "explanations", "note", "changed_at"),
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


class SignedInput(forms.TextInput):
    """Takes the dashes people write for a minus. It asks for the keys of text: those of numbers may have no minus."""

    def value_from_datadict(self, data, files, name):
        typed = super().value_from_datadict(data, files, name)
        return typed and typed.translate(MINUS)


class ExplanationForm(PartForm):
    owner = "figure"

    class Meta:
        model = GapExplanation
        fields = ("reason", "number", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        number = self.fields["number"]
        number.widget = SignedInput(attrs=number.widget.attrs | {"inputmode": "text"})
        number.widget.is_localized = True


class ExplanationTable(EntityTable):
    reason = TitledColumn(lambda one: [one.note])
    number = PeopleColumn()
    changed_by = Column(verbose_name=_("Said by"), orderable=False)
    changed_at = DateTimeColumn(short=True, verbose_name=_("Said at"))

    class Meta(EntityTable.Meta):
        model = GapExplanation
        fields = ("reason", "number", "changed_by", "changed_at")
        orderable = False

    def render_number(self, record):
        return record.signed


FIGURES = Entity(
    slug="figures",
    icon="quote",
    model=ReportedFigure,
    filterset=FigureFilters,
    table=FigureTable,
    serializer=FigureSerializer,
    form=FigureForm,
    facts=FIELDS,
    sections=(
        Section(
            _("Explanations of the gap"),
            Under(GapExplanation, "figure"),
            ExplanationTable,
            slug="explanations",
            form=ExplanationForm,
            icon="split",
            empty=_("Nobody has explained the gap yet. Only an exact figure with an indicator has one."),
        ),
    ),
    about=_("A number as a document printed it, with its own period and doubt. It stands beside the counted one."),
    importers=(
        FigureImporter(),
        StatisticsImporter(),
    ),
)
