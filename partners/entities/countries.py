"""A country's faces: how it is filtered, listed and served. Entered in the back office alone."""

from django.utils.translation import gettext_lazy as _

from partners.models import Country
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import EntityFilterSet
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, NameColumn

FIELDS = ("name", "name_en", "code", "region", "aliases")


class CountryFilters(EntityFilterSet):
    class Meta:
        model = Country
        fields = ("region",)


class CountryTable(EntityTable):
    slug = "countries"
    name = NameColumn(verbose_name=_("Country"))
    offered = ("name_en", "aliases")

    class Meta(EntityTable.Meta):
        model = Country
        fields = ("name", "code", "region", "name_en", "aliases")


class CountrySerializer(EntitySerializer):
    class Meta:
        model = Country
        fields = ("id", *FIELDS)
        read_only_fields = fields


COUNTRIES = Entity(
    slug="countries",
    icon="globe",
    model=Country,
    filterset=CountryFilters,
    table=CountryTable,
    serializer=CountrySerializer,
    facts=FIELDS,
    about=_("The countries partners and activities belong to. Administrators keep them."),
)
