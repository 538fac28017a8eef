"""A union's faces: how it is filtered, listed, entered and served."""

from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Officer, Union, UnionSuccession
from unionrelations.kit.entities import Entity, Section
from unionrelations.kit.filters import EntityFilterSet
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, NameColumn

from .officers import OfficerTable

FIELDS = (
    "name",
    "name_en",
    "short_name",
    "aliases",
    "code",
    "kind",
    "parent",
    "valid_from",
    "valid_to",
    "note",
)


class UnionFilters(EntityFilterSet):
    class Meta:
        model = Union
        fields = ("kind", "parent")


class UnionTable(EntityTable):
    slug = "unions"
    name = NameColumn(verbose_name=_("Union"))

    class Meta(EntityTable.Meta):
        model = Union
        fields = ("name", "code", "kind", "parent", "valid_from", "valid_to")


class UnionForm(EntityForm):
    class Meta:
        model = Union
        fields = FIELDS


class UnionSerializer(EntitySerializer):
    class Meta:
        model = Union
        fields = ("id", *FIELDS)


class SuccessionTable(EntityTable):
    class Meta(EntityTable.Meta):
        model = UnionSuccession
        fields = ("day", "kind", "predecessor", "successor", "legal_basis")
        orderable = False


class BelowTable(UnionTable):
    class Meta(EntityTable.Meta):
        model = Union
        fields = ("name", "code", "kind")
        orderable = False
        exclude = ("parent",)


UNIONS = Entity(
    slug="unions",
    icon="union",
    model=Union,
    filterset=UnionFilters,
    table=UnionTable,
    serializer=UnionSerializer,
    form=UnionForm,
    facts=FIELDS,
    private=frozenset({"path"}),
    sections=(
        Section(_("Unions below"), lambda one, user: Union.objects.visible_to(user).filter(parent=one.pk), BelowTable),
        Section(
            _("Succession"),
            lambda one, user: UnionSuccession.objects.visible_to(user).filter(predecessor=one.pk).for_listing(),
            SuccessionTable,
        ),
        Section(
            _("Officers"),
            lambda one, user: Officer.objects.visible_to(user).filter(union=one.pk).for_listing(),
            OfficerTable,
        ),
    ),
)
