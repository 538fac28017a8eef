"""The faces of a day on which offices do otherwise than the calendar says. What is due keeps to these days."""

from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import OfficeDay
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import PeriodFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn
from unionrelations.kit.windows import day_in_words

from .importing import OfficeDayImporter

FIELDS = ("day", "kind", "name")


class OfficeDayFilters(PeriodFilterSet):
    first_day = last_day = "day"

    class Meta:
        model = OfficeDay
        fields = ("kind",)


class LinkedDay(LinkColumn):
    """The day, leading to its page, and still a date when the table is written out."""

    def render(self, value, record, table):
        return super().render(day_in_words(value), record, table)

    def value(self, value):
        return value


class OfficeDayTable(EntityTable):
    slug = "days-off"
    day = LinkedDay()
    offered = ("changed_at",)

    class Meta(EntityTable.Meta):
        model = OfficeDay
        fields = (*FIELDS, "changed_at")


class OfficeDayForm(EntityForm):
    class Meta:
        model = OfficeDay
        fields = FIELDS

    @staticmethod
    def kept_from(record, user) -> dict:
        """A holiday is entered day by day."""
        return {"kind": record.kind, "name": record.name}


class OfficeDaySerializer(EntitySerializer):
    class Meta:
        model = OfficeDay
        fields = ("id", *FIELDS)


DAYS_OFF = Entity(
    slug="days-off",
    icon="calendar",
    model=OfficeDay,
    filterset=OfficeDayFilters,
    table=OfficeDayTable,
    serializer=OfficeDaySerializer,
    form=OfficeDayForm,
    facts=FIELDS,
    about=_(
        "The public holidays are known. Enter here what the government exchanges or adds each year: what falls due on "
        "a day off is reminded of on the working day before."
    ),
    views=((_("This year"), "period=this-year"),),
    bulk=("kind", "name"),
    importers=(OfficeDayImporter(),),
)
