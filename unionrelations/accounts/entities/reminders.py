"""The faces of what a union wants to be reminded of, and when. What is due is worked out elsewhere."""

from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import ReminderSettings
from unionrelations.kit.entities import Entity
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

from .filters import OfUnionFilterSet
from .importing import ReminderImporter

FIELDS = ("union", "quiet_months", "plan_day", "plan_month")


class ReminderFilters(OfUnionFilterSet):
    class Meta:
        model = ReminderSettings
        fields = ()


class ReminderTable(EntityTable):
    slug = "reminders"
    union = LinkColumn()
    offered = ("changed_at",)

    class Meta(EntityTable.Meta):
        model = ReminderSettings
        fields = (*FIELDS, "changed_at")


class ReminderForm(EntityForm):
    class Meta:
        model = ReminderSettings
        fields = FIELDS


class ReminderSerializer(EntitySerializer):
    class Meta:
        model = ReminderSettings
        fields = ("id", *FIELDS)


REMINDERS = Entity(
    slug="reminders",
    icon="clock",
    model=ReminderSettings,
    filterset=ReminderFilters,
    table=ReminderTable,
    serializer=ReminderSerializer,
    form=ReminderForm,
    facts=FIELDS,
    about=_(
        "After how many months without contact a partner is named, and by which day next year's plan is handed in. "
        "What a union leaves empty is as the nearest union above has it, else as the house has it."
    ),
    importers=(ReminderImporter(),),
)
