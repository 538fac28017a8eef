"""A union's faces: how it is filtered, listed, entered and served."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Officer, Union, UnionSuccession
from unionrelations.kit.entities import Entity, Section, Under
from unionrelations.kit.filters import EntityFilterSet, LongSelect
from unionrelations.kit.forms import EntityForm, PartForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, NameColumn

from .filters import ALONE
from .importing import UnionImporter
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
    below = filters.ModelChoiceFilter(
        to_field_name="code",
        queryset=Union.objects.all(),
        method="below_union",
        widget=LongSelect,
        label=_("Belongs under"),
    )
    standing = filters.ChoiceFilter(
        choices=(("now", _("exists today")), ("gone", _("no longer exists"))), method="so_standing", label=_("Standing")
    )

    class Meta:
        model = Union
        fields = ("kind",)

    def below_union(self, queryset, name, value: Union):
        return queryset.under(value).exclude(pk=value.pk)

    def so_standing(self, queryset, name, value):
        gone = Q(valid_to__lt=self.spans.today)
        return queryset.filter(gone) if value == "gone" else queryset.exclude(gone)


class UnionTable(EntityTable):
    slug = "unions"
    name = NameColumn(verbose_name=_("Union"))
    offered = ("short_name", "name_en", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Union
        fields = (
            *("name", "code", "kind", "parent", "valid_from", "valid_to"),
            *("short_name", "name_en", "note", "changed_at"),
        )


class UnionForm(EntityForm):
    class Meta:
        model = Union
        fields = FIELDS


class UnionSerializer(EntitySerializer):
    class Meta:
        model = Union
        fields = ("id", *FIELDS)


class SuccessionForm(PartForm):
    owner = "predecessor"

    class Meta:
        model = UnionSuccession
        fields = ("kind", "day", "successor", "legal_basis", "note")


def _page(pk: int) -> str:
    return reverse("unions-detail", args=[pk])


class SuccessionTable(EntityTable):
    predecessor = tables.Column(linkify=("unions-detail", [tables.A("predecessor_id")]))
    successor = tables.Column(linkify=lambda record: _page(record.successor_id) if record.is_seen else None)

    class Meta(EntityTable.Meta):
        model = UnionSuccession
        fields = ("day", "kind", "predecessor", "successor", "legal_basis", "note")
        orderable = False


class BelowTable(UnionTable):
    class Meta(EntityTable.Meta):
        model = Union
        fields = ("name", "code", "kind")
        orderable = False
        exclude = ("parent", "valid_from")


def _successions(union, user):
    """What it followed and what followed it; `is_seen` where the reader sees the union after."""
    after = Union.objects.visible_to(user).filter(pk=OuterRef("successor"))
    rows = UnionSuccession.objects.visible_to(user).filter(Q(predecessor=union.pk) | Q(successor=union.pk))
    return rows.annotate(is_seen=Exists(after)).for_listing()


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
        Section(
            _("Unions below"),
            Under(Union, "parent", lambda rows: rows.order_by(Union.by_name(), "pk")),
            BelowTable,
            slug="below",
            elsewhere=("unions", "parent", lambda one: {"below": one.code}),
        ),
        Section(
            _("Succession"),
            _successions,
            SuccessionTable,
            slug="successions",
            form=SuccessionForm,
            icon="split",
            empty=_("No other union came before it or follows it, as far as is known."),
        ),
        Section(
            _("Officers"),
            Under(Officer, "union"),
            OfficerTable,
            slug="officers",
            elsewhere=("officers", "union", lambda one: {"union": one.code, "under": ALONE}),
            icon="user",
            empty=_("No officer of external affairs is named yet."),
        ),
    ),
    about=_("Our unions, one under another. Who stands above reads what those below record."),
    views=((_("Exist today"), "standing=now"), (_("No longer exist"), "standing=gone")),
    bulk=("kind",),
    importers=(UnionImporter(),),
)
