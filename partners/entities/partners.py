"""A partner's faces: how it is filtered, listed, entered and served."""

from datetime import timedelta
from operator import methodcaller
from typing import ClassVar

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import (
    Agreement,
    AgreementParty,
    Contact,
    Country,
    Coverage,
    Partner,
    PartnerAffiliation,
    RelationEvent,
)
from unionrelations.kit.entities import Entity, Section, Under
from unionrelations.kit.filters import EntityFilterSet, SeveralRecords
from unionrelations.kit.forms import EntityForm, PartForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, NameColumn, TitledColumn

from .agreements import AgreementTable
from .importing import PartnerImporter
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


A_YEAR = 365  # days


class PartnerFilters(EntityFilterSet):
    country = SeveralRecords(
        to_field_name="code", null_label=_("of no country"), queryset=Country.objects.all(), label=_("Country")
    )
    contact = filters.ChoiceFilter(
        choices=(
            ("year", _("within a year")),
            ("older", _("more than a year ago")),
            ("none", _("none recorded")),
        ),
        method="last_in_contact",
        label=_("Last contact"),
    )

    class Meta:
        model = Partner
        fields = ("kind", "country")

    def last_in_contact(self, queryset, name, value):
        """By what was held and the reader sees of it: what others did with the partner is not told."""
        activities = Partner._meta.get_field("activities").related_model
        today = self.spans.today
        held = activities.objects.visible_to(self.request.user).filter(status="held", starts_on__lte=today)
        met = Q(pk__in=_partners_of(held))
        lately = Q(pk__in=_partners_of(held.filter(starts_on__gte=today - timedelta(A_YEAR))))
        return queryset.filter({"year": lately, "older": met & ~lately, "none": ~met}[value])


def _partners_of(activities):
    return activities.order_by().filter(partners__isnull=False).values("partners")


class PartnerTable(EntityTable):
    slug = "partners"
    name = NameColumn(verbose_name=_("Partner"))
    offered = ("name_en", "original_name", "licence_number", "licence_expires_on", "code", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Partner
        fields = (
            *("name", "acronym", "kind", "country"),
            *("name_en", "original_name", "licence_number", "licence_expires_on", "code", "note", "changed_at"),
        )


class PartnerForm(EntityForm):
    class Meta:
        model = Partner
        fields = FIELDS

    grouped = (
        (_("Names"), ("name", "acronym", "name_en", "original_name", "aliases"), True),
        (_("What it is"), ("kind", "country"), True),
    )


class NewPartner(EntityForm):
    """What it takes to make a partner inside another record's form; the rest is added on its own page."""

    named_by = "name"
    find_words = _("Not in the list? Create it here, without leaving this page")
    near: ClassVar[list] = []  # partners it may be, shown before another is made
    made: Partner | None = None

    class Meta:
        model = Partner
        fields = ("name", "country", "kind")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["version"]

    def find_near(self) -> list[Partner]:
        return Partner.objects.visible_to(self.user).select_related("country").near(self.cleaned_data["name"])


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


class CoverageForm(PartForm):
    owner = "partner"

    class Meta:
        model = Coverage
        fields = ("officer", "note")


class CoverageTable(EntityTable):
    officer = TitledColumn(lambda one: [one.officer.title, one.officer.union.label, one.note])

    class Meta(EntityTable.Meta):
        model = Coverage
        fields = ("officer",)
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
            Under(RelationEvent, "partner"),
            RelationTable,
            slug="relations",
            elsewhere=("relations", "partner", lambda one: {"partner": one.pk}),
            icon="link",
            empty=_("No event of the relation is written down yet, such as ties established or restored."),
        ),
        Section(
            _("Agreements"),
            lambda one, user: (
                Agreement.objects.visible_to(user)
                .filter(pk__in=AgreementParty.objects.filter(partner=one.pk).values("agreement_id"))
                .for_listing()
            ),
            AgreementTable,
            slug="agreements",
            elsewhere=("agreements", "partner", lambda one: {"partner": one.pk}),
            icon="agreement",
            empty=_("Nothing signed with it is entered yet."),
        ),
        Section(
            _("Contacts"),
            Under(Contact, "partner", methodcaller("all")),
            ContactTable,
            slug="contacts",
            form=ContactForm,
            icon="user",
            empty=_("Nobody is named yet. Write the name, the title, how to reach them."),
        ),
        Section(
            _("In charge of it"),
            Under(Coverage, "partner"),
            CoverageTable,
            slug="coverages",
            form=CoverageForm,
            icon="user",
            empty=_("No officer of ours is named who looks after it."),
        ),
        Section(
            _("Belongs to"),
            Under(PartnerAffiliation, "partner", methodcaller("select_related", "federation")),
            AffiliationTable,
            slug="affiliations",
            form=AffiliationForm,
            icon="globe",
            empty=_("No federation is named that it belongs to."),
        ),
    ),
    about=_("A foreign or international organisation. Everybody shares this list, so that none is entered twice."),
    views=(
        (_("Met within a year"), "contact=year"),
        (_("Not met for a year"), "contact=older"),
        (_("Never met"), "contact=none"),
    ),
    bulk=("kind", "country"),
    importers=(PartnerImporter(),),
)
