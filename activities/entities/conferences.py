"""A conference's faces: how it is filtered, listed, entered and served."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Conference
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import Several
from unionrelations.kit.forms import ROWS
from unionrelations.kit.tables import EntityTable

from .common import SHARED_FACTS, ActivityForm, ActivitySerializer, ActivityTable
from .filters import SAFE_FOR_MANY, VIEWS, ActivityFilters
from .importing import ConferenceImporter
from .parts import SECTIONS
from .union_roles import UnionRoles

OWN_FIELDS = (
    "format",
    "role",
    "international",
    "participants_vietnamese",
    "participants_resident",
    "participants_from_abroad",
)


class ConferenceFilters(ActivityFilters):
    # In an address `format` is the shape of the answer, such as a spreadsheet.
    kind = Several(field_name="format", choices=Conference.Format.choices, label=_("Format"))

    class Meta:
        model = Conference
        fields = ("kind", "role", "status", "mode", "counts_as", "international", "on_plan")


class ConferenceTable(ActivityTable):
    offered = ("international", *ActivityTable.offered)

    class Meta(EntityTable.Meta):
        model = Conference
        fields = (
            "title",
            "format",
            "role",
            "unions",
            "partners",
            "countries",
            "when",
            "status",
            "international",
            *ActivityTable.offered,
        )


class ConferenceForm(ActivityForm):
    class Meta:
        model = Conference
        fields = (*OWN_FIELDS, *ActivityForm.SHARED)

    grouped = (
        ("", ("partners",), True),
        ("", ("when", "countries", "place"), True),
        ("", ("format", "role"), True),
        ("", ("title",), True),
        ("", ("mode", "status", "international"), True),
        ("", ("participants_vietnamese", "participants_resident", "participants_from_abroad"), True),
        ("", ROWS, True),
        ("", ("members",), True),
        (_("More: purpose, plan, whole, source, number"), *ActivityForm.MORE),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        by_rule, *words = self.fields["international"].widget.choices
        self.fields["international"].widget.choices = [(by_rule[0], _("by the rule")), *words]
        role = self.fields["role"]
        role.widget = forms.RadioSelect(choices=[*Conference.Part.choices, ("", _("none of these"))])

    @staticmethod
    def kept_from(record, user) -> dict:
        return ActivityForm.kept_from(record, user) | {"format": record.format, "role": record.role}


class ConferenceSerializer(ActivitySerializer):
    class Meta:
        model = Conference
        fields = (*ActivitySerializer.FIELDS, *OWN_FIELDS)
        read_only_fields = ("kind", "counts_as", "unions", "partners", "countries", "version")


CONFERENCES = Entity(
    slug="conferences",
    icon="conference",
    model=Conference,
    filterset=ConferenceFilters,
    table=ConferenceTable,
    serializer=ConferenceSerializer,
    form=ConferenceForm,
    formsets=(UnionRoles,),
    facts=(*("is_international" if one == "international" else one for one in OWN_FIELDS), *SHARED_FACTS),
    sections=SECTIONS,
    about=_("A conference, workshop, forum, talks or courtesy call, hosted or attended."),
    views=VIEWS,
    bulk=SAFE_FOR_MANY,
    importers=(ConferenceImporter(),),
)
