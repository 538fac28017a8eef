"""A delegation's faces: how it is filtered, listed, entered and served."""

from functools import reduce
from operator import or_

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Delegation, Member
from unionrelations.accounts.models import Officer
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import SeveralRecords
from unionrelations.kit.forms import ROWS
from unionrelations.kit.tables import EntityTable, ManyColumn, PeopleColumn

from .common import SHARED_FACTS, ActivityForm, ActivitySerializer, ActivityTable
from .filters import SAFE_FOR_MANY, VIEWS, ActivityFilters
from .importing import DelegationImporter
from .parts import SECTIONS
from .union_roles import UnionRoles


class DelegationFilters(ActivityFilters):
    officer = SeveralRecords(method="with_officer", queryset=Officer.objects.all(), label=_("Officer who travelled"))

    people_unknown = Q(direction="in", guests__isnull=True) | Q(direction="out", people_in_reach__isnull=True)

    class Meta:
        model = Delegation
        fields = ("direction", "status", "mode", "on_plan")

    def with_officer(self, queryset, name, value: list):
        """By the members of the delegation, as far as a name tells who it is."""
        went = [Q(pk__in=Member.objects.of_officer(one).values("activity_id")) for one in value]
        return queryset.filter(reduce(or_, went))


class DelegationTable(ActivityTable):
    people = PeopleColumn(verbose_name=_("People"), accessor="pk", orderable=False)

    head = ManyColumn(
        lambda one: [member for member in one.members.all() if member.is_head],
        needs=("members",),
        verbose_name=_("Head of delegation"),
    )
    offered = ("head", "direction", *ActivityTable.offered)

    class Meta(EntityTable.Meta):
        model = Delegation
        fields = (
            *("title", "unions", "partners", "countries", "when", "people", "status"),
            *("head", "direction", *ActivityTable.offered),
        )

    def render_people(self, record, column):
        return column.render(record.headcount)

    def value_people(self, record):
        return record.headcount


class DelegationForm(ActivityForm):
    class Meta:
        model = Delegation
        fields = ("direction", "guests", *ActivityForm.SHARED)

    grouped = (
        ("", ("direction",), True),
        ("", ("partners",), True),
        ("", ("when", "countries", "place"), True),
        ("", ("title",), True),
        ("", ("guests", "mode", "status"), True),
        ("", ROWS, True),
        ("", ("members",), True),
        (_("More: purpose, plan, whole, source, number"), *ActivityForm.MORE),
    )

    first_heads = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].label = _("Members of the delegation")
        self.fields["members"].help_text = _(
            "Paste a list, one person a line: name, title. The first one heads it. Where the number of people stays "
            "empty on a new record, it is taken from the list."
        )
        self.direction = self.instance.direction if self.instance.pk else self._asked_direction()
        if not self.instance.pk:
            self.fields["direction"].widget = forms.HiddenInput()
            self.initial["direction"] = self.direction
        if self.direction == Delegation.Direction.OUT and self["guests"].value() in (None, ""):
            del self.fields["guests"]
        if self.direction == Delegation.Direction.IN:
            self.fields["countries"].help_text = _("Where the guests come from.")
            self.rows_without = ("people",)
        else:
            self.fields["countries"].help_text = _("Where it goes; choose all of them where there are several.")

    def _asked_direction(self) -> str:
        given = self.data.get(self.add_prefix("direction")) if self.is_bound else self.initial.get("direction")
        return given if given in Delegation.Direction.values else Delegation.Direction.OUT

    @staticmethod
    def kept_from(record, user) -> dict:
        return ActivityForm.kept_from(record, user) | {"direction": record.direction}

    def clean(self):
        cleaned = super().clean()
        inbound = cleaned.get("direction") == Delegation.Direction.IN
        if not self.instance.pk and inbound and "guests" in cleaned and cleaned["guests"] is None:
            cleaned["guests"] = len(self.people) or None
        return cleaned


class DelegationSerializer(ActivitySerializer):
    class Meta:
        model = Delegation
        fields = (*ActivitySerializer.FIELDS, "direction", "guests")
        read_only_fields = ("kind", "counts_as", "unions", "partners", "countries", "version")


DELEGATIONS = Entity(
    slug="delegations",
    icon="out",
    model=Delegation,
    filterset=DelegationFilters,
    table=DelegationTable,
    serializer=DelegationSerializer,
    form=DelegationForm,
    formsets=(UnionRoles,),
    facts=("direction", "guests", *SHARED_FACTS),
    sections=SECTIONS,
    about=_("A group that went abroad or came to us, with its head, partners, days and people."),
    views=(*VIEWS, (_("Without a trip report"), "direction=out&status=held&report=without")),
    bulk=SAFE_FOR_MANY,
    importers=(DelegationImporter(),),
)
