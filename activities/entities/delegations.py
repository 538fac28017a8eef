"""A delegation's faces: how it is filtered, listed, entered and served."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Delegation, Member
from unionrelations.kit.entities import Entity
from unionrelations.kit.tables import EntityTable, PeopleColumn

from .common import SHARED_FACTS, ActivityFilters, ActivityForm, ActivitySerializer, ActivityTable
from .parts import SECTIONS
from .union_roles import UnionRoles


class DelegationFilters(ActivityFilters):
    class Meta:
        model = Delegation
        fields = ("direction", "status", "mode", "on_plan")


class DelegationTable(ActivityTable):
    people = PeopleColumn(verbose_name=_("People"), accessor="pk", orderable=False)

    class Meta(EntityTable.Meta):
        model = Delegation
        fields = ("title", "unions", "partners", "countries", "when", "people", "status")

    def render_people(self, record, column):
        return column.render(record.headcount)

    def value_people(self, record):
        return record.headcount


class DelegationForm(ActivityForm):
    head = forms.CharField(required=False, max_length=120, label=_("Head of delegation"))
    head_title = forms.CharField(
        required=False, max_length=200, label=pgettext_lazy("of the head of delegation", "Title")
    )

    class Meta:
        model = Delegation
        fields = ("direction", "guests", *ActivityForm.SHARED)

    grouped = (
        (_("What"), ("direction", "title", "status", "partners", "countries", "place"), True),
        (_("When"), ("when",), True),
        (_("Who"), ("head", "head_title", "guests"), True),
        (_("Source"), ("document", "document_place"), False),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and (head := self.instance.head):
            self.fields["head"].initial, self.fields["head_title"].initial = head.name, head.title

    def _save_m2m(self):
        super()._save_m2m()
        name, title = self.cleaned_data["head"], self.cleaned_data["head_title"]
        heads = Member.objects.filter(activity=self.instance.pk, is_head=True)
        if not name:
            heads.delete()
        elif (head := heads.first()) is None:
            Member.objects.create(activity_id=self.instance.pk, name=name, title=title, is_head=True)
        elif (head.name, head.title) != (name, title):
            head.name, head.title = name, title
            head.save()


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
)
