"""An officer's faces: how they are filtered, listed, entered and served."""

from operator import methodcaller

from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Officer, OfficerLanguage
from unionrelations.kit.entities import Entity, Section, Under
from unionrelations.kit.forms import EntityForm, PartForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

from .filters import OfUnionFilterSet
from .importing import OfficerImporter

FIELDS = ("union", "name", "name_plain", "title", "full_time", "trainings", "note")


class OfficerFilters(OfUnionFilterSet):
    class Meta:
        model = Officer
        fields = ("full_time",)


class OfficerTable(EntityTable):
    slug = "officers"
    name = LinkColumn()
    offered = ("name_plain", "trainings", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Officer
        fields = ("name", "title", "union", "full_time", "name_plain", "trainings", "note", "changed_at")


class OfficerForm(EntityForm):
    class Meta:
        model = Officer
        fields = FIELDS


class OfficerSerializer(EntitySerializer):
    class Meta:
        model = Officer
        fields = ("id", *FIELDS)


class LanguageForm(PartForm):
    owner = "officer"

    class Meta:
        model = OfficerLanguage
        fields = ("language", "level")


class LanguageTable(EntityTable):
    class Meta(EntityTable.Meta):
        model = OfficerLanguage
        fields = ("language", "level")
        orderable = False


OFFICERS = Entity(
    slug="officers",
    icon="user",
    model=Officer,
    filterset=OfficerFilters,
    table=OfficerTable,
    serializer=OfficerSerializer,
    form=OfficerForm,
    facts=FIELDS,
    sections=(
        Section(
            _("Foreign languages"),
            Under(OfficerLanguage, "officer", methodcaller("all")),
            LanguageTable,
            slug="languages",
            form=LanguageForm,
            icon="globe",
            empty=_("No foreign language is written down yet."),
        ),
    ),
    about=_("The leaders and officers of our unions who do this work, with their languages and training."),
    views=((_("Full-time"), "full_time=true"), (_("Not known whether full-time"), "full_time=unknown")),
    bulk=("full_time",),
    importers=(OfficerImporter(),),
)
