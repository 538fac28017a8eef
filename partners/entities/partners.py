"""A partner's faces: how it is filtered, listed, entered and served."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from partners.models import Contact, Partner, PartnerAffiliation, RelationEvent
from unionrelations.kit.entities import Entity, Section
from unionrelations.kit.filters import EntityFilterSet
from unionrelations.kit.forms import EntityForm, PartForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, NameColumn, TitledColumn

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


class ContactForm(PartForm):
    owner = "partner"

    class Meta:
        model = Contact
        fields = ("name", "title", "email", "phone", "note")


class ContactTable(EntityTable):
    name = TitledColumn(lambda one: [one.title, one.note])
    email = tables.EmailColumn()

    class Meta(EntityTable.Meta):
        model = Contact
        fields = ("name", "email", "phone")
        orderable = False


class AffiliationForm(PartForm):
    owner = "partner"

    class Meta:
        model = PartnerAffiliation
        fields = ("federation", "note")


class AffiliationTable(EntityTable):
    federation = tables.Column(linkify=("partners-detail", [tables.A("federation_id")]))

    class Meta(EntityTable.Meta):
        model = PartnerAffiliation
        fields = ("federation", "note")
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
            slug="relations",
            icon="link",
            empty=_("No event of the relation is written down yet, such as ties established or restored."),
        ),
        Section(
            _("Contacts"),
            lambda one, user: Contact.objects.visible_to(user).filter(partner=one.pk),
            ContactTable,
            slug="contacts",
            form=ContactForm,
            icon="user",
            empty=_("Nobody is named yet. Write the name, the title, how to reach them."),
        ),
        Section(
            _("Belongs to"),
            lambda one, user: (
                PartnerAffiliation.objects.visible_to(user).filter(partner=one.pk).select_related("federation")
            ),
            AffiliationTable,
            slug="affiliations",
            form=AffiliationForm,
            icon="globe",
            empty=_("No federation is named that it belongs to."),
        ),
    ),
)
