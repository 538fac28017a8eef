"""A term's faces: how it is filtered, listed, entered and served."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Term
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.accounts.models import Union
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import PeriodFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

from .importing import TermImporter

FIELDS = ("union", "name", "congress", "first_day", "last_day", "note")


class TermFilters(OfUnionFilterSet, PeriodFilterSet):
    class Meta:
        model = Term
        fields = ()

    def of_union(self, queryset, name, value: Union):
        """A union's own terms, not those it reports by."""
        return self.kept_by(queryset, value)

    def from_day(self, queryset, name, value):
        return queryset.filter(Q(last_day__gte=value) | Q(last_day__isnull=True))  # a term may run on


class TermTable(EntityTable):
    slug = "terms"
    name = LinkColumn()
    offered = ("note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Term
        fields = ("name", "union", "congress", "first_day", "last_day", "note", "changed_at")


class TermForm(EntityForm):
    class Meta:
        model = Term
        fields = FIELDS


class TermSerializer(EntitySerializer):
    class Meta:
        model = Term
        fields = ("id", *FIELDS)


TERMS = Entity(
    slug="terms",
    icon="calendar",
    model=Term,
    filterset=TermFilters,
    table=TermTable,
    serializer=TermSerializer,
    form=TermForm,
    facts=FIELDS,
    about=_(
        "The time between two congresses, by which a union reports. Unions without their own use the nearest above."
    ),
    importers=(TermImporter(),),
)
