"""A plan's faces: how it is filtered, listed, entered and served."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Plan, PlanLine
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity, Section
from unionrelations.kit.filters import PeriodFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.rows import RowFormSet
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

FIELDS = ("title", "union", "first_day", "last_day", "standing_unit", "document", "place", "note")


class PlanFilters(OfUnionFilterSet, PeriodFilterSet):
    class Meta:
        model = Plan
        fields = ()


class PlanTable(EntityTable):
    slug = "plans"
    title = LinkColumn()
    offered = ("document", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Plan
        fields = ("title", "union", "first_day", "last_day", "standing_unit", "document", "note", "changed_at")


class PlanForm(EntityForm):
    class Meta:
        model = Plan
        fields = FIELDS


class PlanSerializer(EntitySerializer):
    class Meta:
        model = Plan
        fields = ("id", *FIELDS)


class PlanLineForm(EntityForm):
    class Meta:
        model = PlanLine
        fields = ("title", "lead_unit", "cooperating_units", "completion", "completion_words", "activity")


class PlanLineFormSet(RowFormSet):
    heading = _("Lines of the plan")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, form_kwargs={"user": user}, **kwargs)


PlanLines = forms.inlineformset_factory(Plan, PlanLine, form=PlanLineForm, formset=PlanLineFormSet, extra=1)


class PlanLineTable(EntityTable):
    class Meta(EntityTable.Meta):
        model = PlanLine
        fields = ("title", "lead_unit", "cooperating_units", "completion_words", "activity")
        orderable = False


PLANS = Entity(
    slug="plans",
    icon="plan",
    model=Plan,
    filterset=PlanFilters,
    table=PlanTable,
    serializer=PlanSerializer,
    form=PlanForm,
    formsets=(PlanLines,),
    facts=FIELDS,
    sections=(
        Section(
            _("Lines of the plan"),
            lambda one, user: PlanLine.objects.visible_to(user).filter(plan=one.pk).for_listing(),
            PlanLineTable,
            slug="lines",
        ),
    ),
    about=_("What a union means to do in a year, line by line. The unions below read it and make theirs from it."),
    bulk=("standing_unit",),
)
