"""A partner's faces: how it is filtered, listed, entered and served."""

from django.utils.translation import gettext_lazy as _

from partners.models import Contact, Partner, RelationEvent
from unionrelations.kit.entities import Entity, Section
from unionrelations.kit.filters import EntityFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, NameColumn

from .relations import RelationTable

FIELDS = (
    "name",
    "name_en",
    "original_name",
    "acronym",
    "aliases",
    "kind",
    "country",
    "licence_number",
    "licence_expires_on",
    "note",
    "code",
)


class PartnerFilters(EntityFilterSet):
    class Meta:
        model = Partner
        fields = ("kind", "country")


class PartnerTable(EntityTable):
    slug = "partners"
    name = NameColumn(verbose_name=_("Partner"))

    class Meta(EntityTable.Meta):
        model = Partner
        fields = ("name", "acronym", "kind", "country")


class PartnerForm(EntityForm):
    class Meta:
        model = Partner
        fields = FIELDS

    grouped = (
        (_("Names"), ("name", "acronym", "name_en", "original_name", "aliases"), True),
        (_("What it is"), ("kind", "country"), True),
    )


class PartnerSerializer(EntitySerializer):
    class Meta:
        model = Partner
        fields = ("id", *FIELDS, "federations")
        read_only_fields = ("federations",)


class ContactTable(EntityTable):
    class Meta(EntityTable.Meta):
        model = Contact
        fields = ("name", "title", "email", "phone")
        orderable = False


PARTNERS = Entity(
    slug="partners",
    icon="partner",
    model=Partner,
    filterset=PartnerFilters,
    table=PartnerTable,
    serializer=PartnerSerializer,
    form=PartnerForm,
    facts=(*FIELDS, "federations"),
    private=frozenset({"federations"}),
    sections=(
        Section(
            _("How we stand with it"),
            lambda one, user: RelationEvent.objects.visible_to(user).filter(partner=one.pk).for_listing(),
            RelationTable,
        ),
        Section(_("Contacts"), lambda one, user: Contact.objects.visible_to(user).filter(partner=one.pk), ContactTable),
    ),
)
