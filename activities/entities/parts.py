"""What stands under an activity and is entered there, row by row: people, papers, money, promises, sources."""

from __future__ import annotations

from operator import methodcaller

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import (
    Activity,
    CarriedOut,
    Cost,
    FollowUp,
    Interpreting,
    Member,
    Paper,
    ProgrammeItem,
    Realisation,
    SourceLink,
    Talk,
)
from unionrelations.kit.entities import Section, Under
from unionrelations.kit.forms import PartForm
from unionrelations.kit.money import money, rate_in_figures
from unionrelations.kit.tables import EntityTable, PeopleColumn, TitledColumn
from unionrelations.kit.upload_forms import FileInput, UploadForm
from unionrelations.kit.windows import day_in_words

from .common import ActivityTable
from .files import FileColumn
from .interpreting import InterpretingForm, InterpretingTable
from .programme import ProgrammeForm, ProgrammeLines, ProgrammeTable
from .promises import FollowUpForm, FollowUpTable
from .talks import TalkForm, TalkTable


class OursForm(PartForm):
    """A row of one of our unions: offered are those that took part, as far as the reader sees them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["union"]
        field.queryset = field.queryset.filter(roles__activity=self.instance.activity_id)
        if field.required and not self.instance.union_id:
            self.initial["union"] = field.queryset.first()


class MemberForm(OursForm):
    class Meta:
        model = Member
        fields = ("name", "title", "union", "is_head", "is_interpreter")


class MemberTable(EntityTable):
    name = TitledColumn(lambda one: [one.title])
    tasks = tables.Column(empty_values=(), verbose_name=_("Task"))

    class Meta(EntityTable.Meta):
        model = Member
        fields = ("name", "union", "tasks")
        orderable = False

    def render_tasks(self, record):
        held = [name for name in ("is_head", "is_interpreter") if getattr(record, name)]
        return ", ".join(capfirst(str(record._meta.get_field(name).verbose_name)) for name in held)


class PaperForm(UploadForm):
    class Meta:
        model = Paper
        fields = ("kind", "number", "day", "file", "note")
        widgets = {"file": FileInput}


class PaperTable(EntityTable):
    kind = TitledColumn(lambda one: [one.note])
    file = FileColumn("paper-file")

    class Meta(EntityTable.Meta):
        model = Paper
        fields = ("kind", "number", "day", "file")
        orderable = False


COST_GROUPS = (
    (_("What and how much"), ("item", "union", "currency", "estimate", "settlement", "over_reason")),
    (_("Exchange rate"), ("rate", "rate_day", "rate_source")),
    (_("Who pays"), ("source", "payer_union", "payer_partner", "note")),
)
COST_FIELDS = tuple(name for _heading, names in COST_GROUPS for name in names)


def in_decimals(form) -> None:
    """Amounts are typed with a keyboard of figures on a phone."""
    for name in ("estimate", "settlement", "rate"):
        form.fields[name].widget.attrs["inputmode"] = "decimal"


class CostForm(OursForm):
    grouped = tuple((heading, names, True) for heading, names in COST_GROUPS)

    class Meta:
        model = Cost
        fields = COST_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_decimals(self)


class AmountColumn(PeopleColumn):
    """Money in the row's own currency; unknown is written."""

    def render(self, value):
        return super().render(None) if value is None else money(value)


def about_cost(one: Cost) -> list:
    """What belongs to an item: whose it is, who pays, at which rate, why more was spent."""
    rate = ""
    if one.rate:
        rate = _("1 %(currency)s = %(rate)s đồng") % {"currency": one.currency, "rate": rate_in_figures(one.rate)}
        said = ", ".join(filter(None, (day_in_words(one.rate_day) if one.rate_day else "", one.rate_source)))
        rate = f"{rate} ({said})" if said else rate
    paid = _("paid by %(who)s") % {"who": one.payer} if one.payer else ""
    return [one.union.label, one.get_source_display(), paid, rate, one.over_reason, one.note]


class CostTable(EntityTable):
    item = TitledColumn(about_cost)
    estimate = AmountColumn()
    settlement = AmountColumn()

    class Meta(EntityTable.Meta):
        model = Cost
        fields = ("item", "currency", "estimate", "settlement")
        orderable = False


class CarryingForm(PartForm):
    class Meta:
        model = CarriedOut
        fields = ("agreement", "note")


class CarryingTable(EntityTable):
    agreement = tables.Column(linkify=("agreements-detail", [tables.A("agreement_id")]))

    class Meta(EntityTable.Meta):
        model = CarriedOut
        fields = ("agreement",)
        orderable = False

    def render_agreement(self, record):
        note = format_html('<span class="sub">{}</span>', record.note) if record.note else ""
        return format_html("{}{}", record.agreement, note)


class SourceForm(PartForm):
    class Meta:
        model = SourceLink
        fields = ("document", "place", "note")


class SourceTable(EntityTable):
    document = tables.Column(linkify=("documents-detail", [tables.A("document_id")]))

    class Meta(EntityTable.Meta):
        model = SourceLink
        fields = ("document", "place", "note")
        orderable = False


class PartTable(ActivityTable):
    class Meta(EntityTable.Meta):
        model = Activity
        fields = ("title", "when", "status")
        exclude = ("unions", "partners", "countries")
        orderable = False


class RealisedTable(EntityTable):
    line = tables.Column(linkify=("plan-lines-detail", [tables.A("line_id")]))
    plan = tables.Column(accessor="line__plan", verbose_name=_("plan"))

    class Meta(EntityTable.Meta):
        model = Realisation
        fields = ("line", "plan")
        orderable = False


SECTIONS = (
    Section(
        pgettext_lazy("people of an activity", "People"),
        Under(Member, listed=methodcaller("select_related", "union")),
        MemberTable,
        slug="members",
        form=MemberForm,
        icon="people",
        empty=_("Nobody is named yet. A list may be partial: headcounts are entered with the unions."),
    ),
    Section(
        _("Parts of it"),
        Under(Activity, "part_of"),
        PartTable,
        slug="parts",
    ),
    Section(
        _("Papers"),
        Under(Paper),
        PaperTable,
        slug="papers",
        form=PaperForm,
        empty=_("No request, permission, programme, trip report or other file is here yet."),
    ),
    Section(
        pgettext_lazy("of an activity", "Programme"),
        Under(ProgrammeItem, listed=lambda rows: rows.for_listing().in_order()),
        ProgrammeTable,
        slug="programme",
        form=ProgrammeForm,
        lines=ProgrammeLines,
        icon="calendar",
        empty=_("What was done hour by hour, and whom one met. Paste the programme, one line each."),
    ),
    Section(
        _("Talks"),
        Under(Talk, listed=lambda rows: rows.for_listing().in_order()),
        TalkTable,
        slug="talks",
        form=TalkForm,
        icon="quote",
        empty=_("With whom was what talked about, and what was agreed? The promises of both sides go in at once."),
    ),
    Section(
        _("Promises to follow up"),
        Under(FollowUp),
        FollowUpTable,
        slug="follow-ups",
        form=FollowUpForm,
        icon="flag",
        empty=_("What did both sides promise? Write it down, so that it is not forgotten."),
    ),
    Section(
        _("Interpreters"),
        Under(Interpreting),
        InterpretingTable,
        slug="interpreters",
        form=InterpretingForm,
        icon="globe",
        empty=_("Which languages have to be interpreted, and who does it?"),
    ),
    Section(
        _("Carries out"),
        Under(CarriedOut),
        CarryingTable,
        slug="carries-out",
        form=CarryingForm,
        icon="agreement",
        empty=_("No agreement is named that this activity carries out."),
    ),
    Section(
        _("Money"),
        Under(Cost),
        CostTable,
        slug="costs",
        form=CostForm,
        icon="money",
        empty=_("No estimate and no settlement is here yet."),
    ),
    Section(
        _("In the year's plan"),
        Under(Realisation, listed=methodcaller("select_related", "line__plan")),
        RealisedTable,
        slug="plan-lines",
        icon="plan",
    ),
    Section(
        _("Sources"),
        Under(SourceLink, listed=methodcaller("select_related", "document")),
        SourceTable,
        slug="sources",
        form=SourceForm,
        icon="quote",
        empty=_("No document is named that tells of it. Name it and the place in it."),
    ),
)
