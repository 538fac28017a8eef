"""A plan's faces: how it is filtered, listed, entered and served. Its lines have faces of their own."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.models import Plan, PlanLine
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity, Section
from unionrelations.kit.filters import PeriodFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

from .importing import PlanImporter
from .plan_lines import PlanLineTable

FIELDS = ("title", "union", "first_day", "last_day", "standing_unit", "document", "place", "note")
STATE_PILLS = {"draft": "pill-open", "submitted": "pill-warn", "approved": "pill-ok"}


class PlanFilters(OfUnionFilterSet, PeriodFilterSet):
    class Meta:
        model = Plan
        fields = ("state",)


class PlanTable(EntityTable):
    slug = "plans"
    title = LinkColumn()
    state = tables.Column()
    offered = ("document", "place", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Plan
        fields = (
            *("title", "union", "first_day", "last_day", "state", "standing_unit"),
            *("document", "place", "note", "changed_at"),
        )

    def render_state(self, record, value):
        return format_html('<span class="pill {}">{}</span>', STATE_PILLS[record.state], capfirst(value))

    def value_state(self, value):
        return value


class PlanForm(EntityForm):
    class Meta:
        model = Plan
        fields = FIELDS


class PlanSerializer(EntitySerializer):
    class Meta:
        model = Plan
        fields = ("id", *FIELDS, "state", "number")


PLANS = Entity(
    slug="plans",
    icon="plan",
    model=Plan,
    filterset=PlanFilters,
    table=PlanTable,
    serializer=PlanSerializer,
    form=PlanForm,
    facts=("union", "first_day", "last_day", "state", "number", "standing_unit", "document", "place", "note"),
    sections=(
        Section(
            _("Lines of the plan"),
            lambda one, user: PlanLine.objects.visible_to(user).filter(plan=one.pk).for_listing().for_reader(user),
            PlanLineTable,
            slug="lines",
            elsewhere=("plan-lines", "plan", lambda one: {"plan": one.pk}),
        ),
    ),
    about=_("What a union means to do in a year, line by line. The unions below read it and make theirs from it."),
    views=((_("Waits for approval"), "state=submitted"),),
    bulk=("standing_unit",),
    importers=(PlanImporter(),),
)
