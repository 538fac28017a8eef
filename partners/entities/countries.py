"""A country's faces: how it is filtered, listed and served. Entered in the back office alone."""

from operator import methodcaller

from django.utils.translation import gettext_lazy as _

from partners.models import Agreement, AgreementParty, Country, Partner
from unionrelations.kit.entities import Entity, Section, Under
from unionrelations.kit.filters import EntityFilterSet
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, NameColumn

from .agreements import AgreementTable
from .importing import CountryImporter
from .partners import PartnerTable

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


class PartnersThere(PartnerTable):
    class Meta(EntityTable.Meta):
        model = Partner
        fields = ("name", "acronym", "kind")
        exclude = ("country",)
        orderable = False


class AgreementsThere(AgreementTable):
    class Meta(EntityTable.Meta):
        model = Agreement
        fields = ("title", "parties", "signed_from", "in_force_to")
        exclude = ("kind", "in_force_from")
        orderable = False


COUNTRIES = Entity(
    slug="countries",
    icon="globe",
    model=Country,
    filterset=CountryFilters,
    table=CountryTable,
    serializer=CountrySerializer,
    facts=FIELDS,
    about=_("The countries partners and activities belong to. Administrators keep them."),
    sections=(
        Section(
            _("Partners"),
            Under(Partner, "country", methodcaller("all")),
            PartnersThere,
            slug="partners",
            elsewhere=("partners", "country", lambda one: {"country": one.code}),
            icon="partner",
            empty=_("No partner there is entered yet."),
        ),
        Section(
            _("Agreements"),
            lambda one, user: (
                Agreement.objects.visible_to(user)
                .filter(pk__in=AgreementParty.objects.filter(partner__country=one.pk).values("agreement_id"))
                .for_listing()
            ),
            AgreementsThere,
            slug="agreements",
            icon="agreement",
            empty=_("Nothing signed with a partner there is entered yet."),
        ),
    ),
    importers=(CountryImporter(),),
)
