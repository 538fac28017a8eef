"""Promises as pages show them: under the activity where they were made, and all of them in one list."""

from __future__ import annotations

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.models import FollowUp
from partners.models import Partner
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import SeveralRecords
from unionrelations.kit.forms import PartForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import NOT_KNOWN, DayColumn, EntityTable, LinkColumn, ManyColumn, TitledColumn

from .importing import PromiseImporter
from .talks import partners_of

FIELDS = (
    "what",
    "side",
    "partner",
    "officer",
    "union",
    "their_person",
    "due_on",
    "done_on",
    "kept_at",
    "activity",
    "note",
)


class FollowUpForm(PartForm):
    """The meeting at which it was kept is asked once it is there: one of the activities with the same partners."""

    class Meta:
        model = FollowUp
        fields = ("what", "side", "partner", "officer", "union", "their_person", "due_on", "done_on", "kept_at", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        made_at = self.instance.activity_id
        union, partner = self.fields["union"], self.fields["partner"]
        union.queryset = union.queryset.filter(Q(roles__activity=made_at) | Q(pk=self.instance.union_id)).distinct()
        if partners_of(made_at).exists():
            partner.queryset = partners_of(made_at)
        self._offer_meetings(made_at)

    def _offer_meetings(self, made_at: int) -> None:
        if not self.instance.pk:
            del self.fields["kept_at"]
            return
        field, kept = self.fields["kept_at"], self.instance.kept_at_id
        later = Q(partner_roles__partner__in=partners_of(made_at).values("pk"), starts_on__gte=self._made_on())
        seen = field.queryset
        field.queryset = seen.filter(later | Q(pk=kept)).exclude(pk=made_at).distinct().order_by("-starts_on", "-pk")
        if kept and not seen.filter(pk=kept).exists():
            del self.fields["kept_at"]  # a meeting out of reach stays as it is

    def _made_on(self):
        return self.instance.activity.starts_on


class FollowUpTable(EntityTable):
    what = TitledColumn(lambda one: [one.partner and str(one.partner), one.note])
    owner = tables.Column(verbose_name=_("In whose hands"), empty_values=())
    due_on = DayColumn(default=NOT_KNOWN)
    done_on = DayColumn(default=_("still open"))

    class Meta(EntityTable.Meta):
        model = FollowUp
        fields = ("what", "side", "owner", "due_on", "done_on")
        orderable = False

    def render_owner(self, record):
        return record.owner

    def render_due_on(self, record, value, column):
        if getattr(record, "is_overdue", False):
            late = format_html('<span class="pill pill-late">{}</span>', gettext("late"))
            return format_html("{} {}", column.render(value), late)
        return column.render(value)

    def render_done_on(self, record, column):
        if record.done_on is None:
            return format_html('<span class="pill pill-warn">{}</span>', column.default)
        return column.render(record.done_on)

    def value_done_on(self, record):
        return record.done_on


class PromiseFilters(OfUnionFilterSet):
    partner = SeveralRecords(method="with_partner", queryset=Partner.objects.all(), label=_("Partner"))
    state = filters.ChoiceFilter(
        choices=(
            ("open", pgettext_lazy("of a promise", "open")),
            ("late", pgettext_lazy("of a promise", "open and late")),
            ("kept", pgettext_lazy("of a promise", "kept")),
        ),
        method="in_state",
        label=_("State"),
    )

    class Meta:
        model = FollowUp
        fields = ("side",)

    def with_partner(self, queryset, name, value: list):
        return queryset.with_partners(value)

    def in_state(self, queryset, name, value):
        if value == "late":
            return queryset.late(self.spans.today)
        return queryset.filter(done_on__isnull=value == "open")


class PromiseTable(FollowUpTable):
    slug = "promises"
    what = LinkColumn()
    partners = ManyColumn(
        lambda one: one.partners, needs=("activity__partner_roles__partner",), verbose_name=_("Partners")
    )
    offered = ("officer", "union", "their_person", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = FollowUp
        fields = (
            *("what", "side", "partners", "owner", "due_on", "done_on", "activity"),
            *("officer", "union", "their_person", "note", "changed_at"),
        )


class PromiseSerializer(EntitySerializer):
    class Meta:
        model = FollowUp
        fields = ("id", *FIELDS)
        read_only_fields = fields


PROMISES = Entity(
    slug="promises",
    icon="check",
    model=FollowUp,
    filterset=PromiseFilters,
    table=PromiseTable,
    serializer=PromiseSerializer,
    facts=FIELDS,
    about=_("What we or a partner promised at an activity, until it is kept. It is entered on the activity's page."),
    views=(
        (_("Open, by us"), "state=open&side=us"),
        (_("Open, by partners"), "state=open&side=them"),
        (_("Open and late"), "state=late"),
    ),
    importers=(PromiseImporter(),),
)
