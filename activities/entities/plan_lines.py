"""A plan line's faces: how it is filtered, listed, entered, served, and read from the office's sheet.

Money and what became of a line are its union's: read by that union and those above, and by nobody below.
"""

from __future__ import annotations

from datetime import date

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.core.validators import RegexValidator
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Outcome, Plan, PlanLine, Realisation
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import Several, SeveralRecords
from unionrelations.kit.periods import Period
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn, ManyColumn, PeopleColumn
from unionrelations.kit.tables import WhenColumn as ExactColumn
from unionrelations.kit.when_field import WhenField, WhenForm

from .importing import PlanLineImporter
from .parts import money
from .plan_line_parts import SECTIONS

QUARTER = RegexValidator(r"^(\d{4}-[1-4]|none)\Z", _("A quarter is written as 2026-3, or none."))
UNKNOWN = (("unknown", _("not known")),)
OUTCOME_PILLS = {"held": "pill-ok", "dropped": "pill-quiet", "outstanding": "pill-pen"}
SAID = (
    *("plan", "kind", "direction", "title", "partner", "country", "people", "estimate", "currency", "paid_from"),
    *("lead_unit", "cooperating_units", "completion", "completion_words", "place", "note"),
)
# As offices write a plan on paper.
OFFICE_COLUMNS = (
    *("title", "ordinal", "kind", "direction", "partner", "country", "when", "people", "estimate", "currency"),
    *("paid_from", "lead_unit", "cooperating_units", "plan", "note"),
)


class PlanLineFilters(OfUnionFilterSet):
    plan = SeveralRecords(queryset=Plan.objects.all(), label=_("Plan"))
    year = filters.NumberFilter(method="of_year", min_value=1900, max_value=2100, label=_("Year"))
    quarter = filters.CharFilter(method="in_quarter", validators=[QUARTER], label=_("Quarter"))
    held_in = filters.CharFilter(method="begun_in", validators=[QUARTER], label=_("Quarter it was held in"))
    outcome = Several(choices=Outcome.choices, method="became", label=pgettext_lazy("of a plan", "What became of it"))
    state = Several(choices=Plan.State.choices, field_name="plan__state", label=_("State of the plan"))
    planned = filters.ChoiceFilter(choices=UNKNOWN, method="planned_unknown", label=_("People planned"))
    brought = filters.ChoiceFilter(choices=UNKNOWN, method="brought_unknown", label=_("People in fact"))
    estimated = filters.CharFilter(method="estimated_in", max_length=3, label=_("Estimated in"))
    spent = filters.CharFilter(method="spent_in", max_length=3, label=_("Spent in"))

    class Meta:
        model = PlanLine
        fields = ("kind", "direction")

    def kept_by(self, queryset, value):
        path = {"plan__union__path__startswith": value.path}
        return queryset.filter(**path) if self.reaches_below else queryset.filter(plan__union=value)

    def of_year(self, queryset, name, value):
        return queryset.of_year(int(value))

    def in_quarter(self, queryset, name, value: str):
        return queryset.filter(**_on("quarter", value))

    def begun_in(self, queryset, name, value: str):
        return self._reached(queryset).with_held_in().filter(**_on("began_in", value))

    def became(self, queryset, name, value):
        return self._reached(queryset).filter(outcome__in=value) if value else queryset

    def planned_unknown(self, queryset, name, value):
        return queryset.filter(people__isnull=True)

    def brought_unknown(self, queryset, name, value):
        missing = Realisation.objects.counted().missing_people()
        return self._reached(queryset).filter(pk__in=missing.values("line"))

    def estimated_in(self, queryset, name, value: str):
        return self._reached(queryset).filter(currency=value, estimate__isnull=False)

    def spent_in(self, queryset, name, value: str):
        return self._reached(queryset).filter(pk__in=Realisation.objects.counted().costing(value).values("line"))

    def _reached(self, queryset):
        """What became of a line, and its money, is asked only of those the reader may know it of."""
        return queryset.filter(queryset.in_reach_of(self.request.user)).for_reader(self.request.user)


def _on(column: str, quarter: str) -> dict:
    """A column that holds this quarter, or none."""
    if quarter == "none":
        return {f"{column}__isnull": True}
    year, _dash, number = quarter.partition("-")
    return {column: date(int(year), 3 * int(number) - 2, 1)}


class ReachedColumn(PeopleColumn):
    """A number of the plan's union: hidden from whoever only has the plan handed down."""

    def render(self, value, record):
        return (
            super().render(value) if record.in_reach else format_html('<span class="muted">{}</span>', _("not shown"))
        )

    def value(self, value, record):
        return value if record.in_reach else None


class MoneyColumn(ReachedColumn):
    def render(self, value, record):
        return money(value) if record.in_reach and value is not None else super().render(None, record)

    def value(self, value, record):
        return float(value) if record.in_reach and value is not None else None


class SpentColumn(tables.Column):
    """What was settled, each currency on a line; one number in a file where it is the currency of the estimate."""

    def __init__(self, **kwargs):
        super().__init__(**{"orderable": False, "empty_values": (), "attrs": PeopleColumn.attrs_num} | kwargs)

    def _told(self, record) -> list[tuple[str, str]]:
        stated = record.spent.items() if record.in_reach else ()
        return [(money(amount), currency) for currency, amount in stated if amount is not None]

    def render(self, record):
        return format_html_join("", "<div>{} {}</div>", self._told(record))

    def value(self, record):
        if record.in_reach and set(record.spent) == {record.currency} and record.spent_alike is not None:
            return float(record.spent_alike)
        return "; ".join(" ".join(one) for one in self._told(record))


class WhenColumn(ExactColumn):
    def render(self, record):
        return super().render(record) if record.starts_on else ""


class PlanLineTable(EntityTable):
    slug = "plan-lines"
    title = LinkColumn(verbose_name=pgettext_lazy("of a plan", "Activity planned"))
    ordinal = tables.Column(
        verbose_name=pgettext_lazy("of a row in a list", "No"), empty_values=(), orderable=False, accessor="pk"
    )
    union = tables.Column(accessor="plan__union__label", verbose_name=_("Union"), orderable=False)
    when = WhenColumn(verbose_name=pgettext_lazy("of a plan", "Planned for"), order_by=("starts_on", "pk"))
    people = PeopleColumn(verbose_name=pgettext_lazy("of a plan", "People"))
    estimate = MoneyColumn(verbose_name=pgettext_lazy("of a plan", "Money (estimate)"), orderable=False)
    currency = tables.Column(orderable=False)
    cooperating_units = ManyColumn(
        lambda one: one.cooperating_units.splitlines(), verbose_name=_("Cooperating units"), accessor="pk"
    )
    outcome = tables.Column(verbose_name=pgettext_lazy("of a plan", "What became of it"), orderable=False)
    people_brought = ReachedColumn(verbose_name=_("People in fact"), orderable=False)
    spent = SpentColumn(verbose_name=_("Spent"), accessor="pk")
    became = ManyColumn(
        lambda one: [link.activity for link in one.realised] if one.in_reach else [],
        verbose_name=_("Activities it became"),
    )
    progress = tables.Column(verbose_name=_("Steps done, in percent"), orderable=False)
    offered = (
        *("ordinal", "direction", "currency", "paid_from", "lead_unit", "cooperating_units", "completion"),
        *("completion_words", "people_brought", "spent", "became", "progress", "refusal", "place", "note"),
        "changed_at",
    )

    class Meta(EntityTable.Meta):
        model = PlanLine
        fields = (
            *("title", "plan", "union", "kind", "partner", "country", "when", "people", "estimate", "outcome"),
            *("ordinal", "direction", "currency", "paid_from", "lead_unit", "cooperating_units", "completion"),
            *("completion_words", "people_brought", "spent", "became", "progress", "refusal", "place", "note"),
            "changed_at",
        )

    def render_ordinal(self, bound_row):
        return bound_row.row_counter + 1

    def render_outcome(self, record, value):
        if not record.in_reach:
            return ""
        words = capfirst(Outcome(value).label)
        return format_html('<span class="pill {}">{}</span>', OUTCOME_PILLS[value], words)

    def value_outcome(self, record, value):
        return str(Outcome(value).label) if record.in_reach else ""

    def value_progress(self, record, value):
        return value if record.in_reach else None

    def render_progress(self, record, value):
        return value if record.in_reach else ""

    def value_paid_from(self, record, value):
        return value if record.in_reach else ""

    def render_paid_from(self, record, value):
        return capfirst(value) if record.in_reach else ""


class PlanLineForm(WhenForm):
    when = WhenField(
        label=pgettext_lazy("of a plan", "Planned for"),
        required=False,
        help_text=_("A quarter, a month or days, as you would write it: quý III, tháng 6, 12-18/6."),
    )
    grouped = (
        ("", ("plan", "title"), True),
        ("", ("kind", "direction"), True),
        ("", ("partner", "country"), True),
        ("", ("when", "people"), True),
        ("", ("estimate", "currency", "paid_from"), True),
        ("", ("lead_unit", "cooperating_units"), True),
        (
            _("More: completion, place in the document, remark"),
            ("completion", "completion_words", "place", "note"),
            False,
        ),
    )

    class Meta:
        model = PlanLine
        fields = SAID
        widgets = {"cooperating_units": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plans = self.fields["plan"]
        mine = Plan.objects.writable_by(self.user)
        own = mine.filter(pk=self.instance.plan_id) if self.instance.pk else mine.none()
        plans.queryset = (mine.open() | own).for_choosing()
        self.fields["estimate"].widget.attrs["inputmode"] = "decimal"

    @staticmethod
    def kept_from(record, user) -> dict:
        names = ("plan", "kind", "direction", "currency", "paid_from", "lead_unit")
        return {name: getattr(record, name) for name in names}

    def clean_plan(self):
        """Locked until the line is saved, so that nobody approves the plan meanwhile."""
        plan = self.cleaned_data["plan"]
        held = Plan.objects.writable_by(self.user).select_for_update(of=("self",)).filter(pk=plan.pk).first()
        self.within = Period(plan.first_day, plan.last_day)
        return held or plan

    def clean_when(self) -> str:
        return super().clean_when() if self.cleaned_data["when"].strip() else ""

    def _post_clean(self):
        if not self.cleaned_data.get("when") and "when" not in self.errors:
            one = self.instance
            one.starts_on, one.ends_on, one.precision, one.date_words = None, None, "day", ""
        super()._post_clean()


class PlanLineSerializer(EntitySerializer):
    MONEY = ("estimate", "currency", "paid_from")

    class Meta:
        model = PlanLine
        fields = ("id", *SAID, "starts_on", "ends_on", "precision", "date_words", "refusal")

    def to_representation(self, instance):
        """Without the money of a union out of reach."""
        told = super().to_representation(instance)
        reader = self.context["request"].user
        reached = getattr(instance, "in_reach", None)
        if reached is None:  # just written: whoever may write a line sees its money
            reached = PlanLine.objects.reached_by(reader).filter(pk=instance.pk).exists()
        return told if reached else told | dict.fromkeys(self.MONEY)


PLAN_LINES = Entity(
    slug="plan-lines",
    icon="flag",
    model=PlanLine,
    filterset=PlanLineFilters,
    table=PlanLineTable,
    serializer=PlanLineSerializer,
    form=PlanLineForm,
    facts=("plan", "kind", "direction", "partner", "country", "when", "date_words", *SAID[6:], "refusal"),
    sections=SECTIONS,
    about=_("What the plans say line by line: what, with whom, when, by how many and for how much."),
    private=frozenset({"quarter"}),
    importers=(PlanLineImporter(),),
)
