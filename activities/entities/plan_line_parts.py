"""What stands under a line of a plan and is entered there: the activities it became, and the steps of a larger one.

Neither is part of what was approved: both move on whatever the state of the plan is.
"""

from __future__ import annotations

from operator import methodcaller

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import LineStep, Realisation
from unionrelations.kit.entities import Section, Under
from unionrelations.kit.forms import PartForm
from unionrelations.kit.tables import DayColumn, EntityTable, PeopleColumn, TitledColumn


class RealisationForm(PartForm):
    owner = "line"

    class Meta:
        model = Realisation
        fields = ("activity",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["activity"]
        taking_part = self.instance.line.plan.union_id
        field.queryset = field.queryset.filter(pk__in=field.queryset.filter(scopes__union=taking_part).values("pk"))
        field.help_text = _("One in which the plan's union, or one below it, took part.")


class RealisationTable(EntityTable):
    activity = tables.Column(linkify=("activities-detail", [tables.A("activity_id")]))
    when = tables.Column(accessor="activity__when", verbose_name=_("Date"))
    status = tables.Column(accessor="activity__get_status_display", verbose_name=_("Status"))
    brought = PeopleColumn(verbose_name=_("People in fact"))

    class Meta(EntityTable.Meta):
        model = Realisation
        fields = ("activity", "when", "status", "brought")
        orderable = False


class LineStepForm(PartForm):
    owner = "line"

    class Meta:
        model = LineStep
        fields = ("what", "due_on", "percent", "note")


class LineStepTable(EntityTable):
    what = TitledColumn(lambda one: [one.note])
    due_on = DayColumn(default="")

    class Meta(EntityTable.Meta):
        model = LineStep
        fields = ("what", "due_on", "percent")
        orderable = False


SECTIONS = (
    Section(
        _("Activities it became"),
        Under(Realisation, "line", methodcaller("with_what_they_brought")),
        RealisationTable,
        slug="activities",
        form=RealisationForm,
        icon="flag",
        empty=_("Nothing is logged of it yet."),
    ),
    Section(
        pgettext_lazy("of a plan", "Steps"),
        Under(LineStep, "line", methodcaller("all")),
        LineStepTable,
        slug="steps",
        form=LineStepForm,
        icon="check",
        empty=_("A larger project goes step by step: write the steps down and how far each has come."),
    ),
)
