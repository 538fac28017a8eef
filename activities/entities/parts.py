"""What stands under an activity and is entered there, row by row: people, papers, money, promises, sources."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity, Cost, FollowUp, Member, Paper, SourceLink
from unionrelations.kit.entities import Section
from unionrelations.kit.forms import PartForm
from unionrelations.kit.tables import NOT_KNOWN, DayColumn, EntityTable, PeopleColumn, TitledColumn

from .common import ActivityTable


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


class PaperForm(PartForm):
    class Meta:
        model = Paper
        fields = ("kind", "number", "day", "file", "note")


class PaperTable(EntityTable):
    kind = TitledColumn(lambda one: [one.note])
    file = tables.Column(linkify=lambda record: reverse("kept-file", args=[record.file.name]) if record.file else None)

    class Meta(EntityTable.Meta):
        model = Paper
        fields = ("kind", "number", "day", "file")
        orderable = False

    def render_file(self, value):
        return value.name.rpartition("/")[2]

    def value_file(self, value):
        return value.name.rpartition("/")[2]


class CostForm(OursForm):
    AMOUNTS = ("estimate", "settlement", "rate")

    class Meta:
        model = Cost
        fields = ("item", "union", "currency", "estimate", "settlement", "rate", "source", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.AMOUNTS:
            self.fields[name].widget.attrs["inputmode"] = "decimal"


class AmountColumn(PeopleColumn):
    """Money in the row's own currency; unknown is written."""

    def render(self, value):
        return super().render(None) if value is None else money(value)


def money(amount) -> str:
    """An amount without the decimals it does not have."""
    places = None if amount != amount.to_integral_value() else 0
    return number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)


class CostTable(EntityTable):
    item = TitledColumn(
        lambda one: [
            one.union.label,
            one.get_source_display(),
            one.rate and _("1 %(currency)s = %(rate)s đồng") % {"currency": one.currency, "rate": money(one.rate)},
            one.note,
        ]
    )
    estimate = AmountColumn()
    settlement = AmountColumn()

    class Meta(EntityTable.Meta):
        model = Cost
        fields = ("item", "currency", "estimate", "settlement")
        orderable = False


class FollowUpForm(PartForm):
    class Meta:
        model = FollowUp
        fields = ("what", "side", "due_on", "done_on", "note")


class FollowUpTable(EntityTable):
    what = TitledColumn(lambda one: [one.note])
    due_on = DayColumn(default=NOT_KNOWN)
    done_on = DayColumn(default=_("still open"))

    class Meta(EntityTable.Meta):
        model = FollowUp
        fields = ("what", "side", "due_on", "done_on")
        orderable = False

    def render_done_on(self, record, column):
        if record.done_on is None:
            return format_html('<span class="pill pill-warn">{}</span>', column.default)
        return column.render(record.done_on)


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


def of(model):
    """What the reader sees of a model's rows under an activity."""
    return lambda one, user: model.objects.visible_to(user).filter(activity=one.pk).for_listing()


SECTIONS = (
    Section(
        pgettext_lazy("people of an activity", "People"),
        of(Member),
        MemberTable,
        slug="members",
        form=MemberForm,
        icon="people",
        empty=_("Nobody is named yet. A list may be partial: headcounts are entered with the unions."),
    ),
    Section(
        _("Parts of it"),
        lambda one, user: Activity.objects.visible_to(user).filter(part_of=one.pk).for_listing(),
        PartTable,
        slug="parts",
    ),
    Section(
        _("Papers"),
        of(Paper),
        PaperTable,
        slug="papers",
        form=PaperForm,
        empty=_("No request, permission, programme or trip report is here yet."),
    ),
    Section(
        _("Promises to follow up"),
        of(FollowUp),
        FollowUpTable,
        slug="follow-ups",
        form=FollowUpForm,
        icon="flag",
        empty=_("What did both sides promise? Write it down, so that it is not forgotten."),
    ),
    Section(
        _("Money"),
        of(Cost),
        CostTable,
        slug="costs",
        form=CostForm,
        icon="money",
        empty=_("No estimate and no settlement is here yet."),
    ),
    Section(
        _("Sources"),
        lambda one, user: SourceLink.objects.visible_to(user).filter(activity=one.pk).select_related("document"),
        SourceTable,
        slug="sources",
        form=SourceForm,
        icon="quote",
        empty=_("No document is named that tells of it. Name it and the place in it."),
    ),
)
