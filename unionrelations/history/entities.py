"""The history's faces: how changes are filtered, listed and served. They are written by the database alone."""

from __future__ import annotations

from functools import cached_property

import django_filters as filters
import django_tables2 as tables
from django.apps import apps
from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from rest_framework import serializers

from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.accounts.models import Union, User
from unionrelations.kit.acts import Way
from unionrelations.kit.entities import Entity
from unionrelations.kit.filters import PeriodFilterSet, Several, SeveralRecords
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable

from .kept import KEPT
from .models import Entry
from .telling import Telling, who

NOBODY = _("nobody named")
SHOWN = 4  # lines of one change in a list; its page has all of them


def kinds() -> list[tuple[str, str]]:
    """Every kind of record, by the name of its model; accounts and rows under a record among them."""
    return [(label, capfirst(apps.get_model(label)._meta.verbose_name)) for label in KEPT]


class HistoryFilters(OfUnionFilterSet, PeriodFilterSet):
    person = SeveralRecords(
        field_name="act__person", queryset=User.objects.all(), null_label=NOBODY, null_value="none", label=_("Who")
    )
    kind = filters.MultipleChoiceFilter(choices=kinds, method="of_kind", label=_("Kind of record"))
    what = Several(choices=Entry.What.choices, label=_("What was done"))
    way = Several(field_name="act__way", choices=Way.choices, label=pgettext_lazy("of an act", "How"))

    class Meta:
        model = Entry
        fields = ()

    def of_kind(self, queryset, name, value: list):
        """The records of these kinds, and the rows under them."""
        return queryset.filter(Q(root__in=value) | Q(label__in=value)) if value else queryset

    def of_union(self, queryset, name, value: Union):
        return queryset.of_union(value, under=self.reaches_below)

    def from_day(self, queryset, name, value):
        return queryset.filter(act__at__date__gte=value)

    def to_day(self, queryset, name, value):
        return queryset.filter(act__at__date__lte=value) if value else queryset


class ToldColumn(tables.Column):
    """Read from what the table tells of all its rows at once."""

    def __init__(self, **kwargs):
        super().__init__(**{"accessor": "pk", "orderable": False} | kwargs)


class HistoryTable(EntityTable):
    slug = "history"
    at = tables.Column(accessor="act__at", order_by="pk", verbose_name=pgettext_lazy("of an act", "When"))
    who = tables.Column(accessor="act", orderable=False, verbose_name=pgettext_lazy("of an act", "Who"))
    record = ToldColumn(verbose_name=_("Record"))
    row = ToldColumn(verbose_name=pgettext_lazy("history", "What"))
    told = ToldColumn(verbose_name=_("From what to what"))
    how = tables.Column(accessor="act__way", orderable=False, verbose_name=_("How and why"))
    offered = ()

    class Meta(EntityTable.Meta):
        model = Entry
        fields = ("at", "who", "record", "row", "told", "how")

    @cached_property
    def telling(self) -> Telling:
        rows = self.paginated_rows if hasattr(self, "page") else self.rows
        return Telling((row.record for row in rows), self.data.data.reader)

    def value_at(self, value):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")

    def render_at(self, record):
        address = reverse("history-detail", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, self.value_at(record.act.at))

    def render_who(self, record):
        return who(record.act) or format_html('<span class="unknown">{}</span>', NOBODY)

    def value_who(self, record):
        return who(record.act)

    def render_record(self, record):
        kind = capfirst(apps.get_model(record.root)._meta.verbose_name)
        return format_html('{}<span class="sub">{}</span>', self.telling.record_of(record), kind)

    def value_record(self, record):
        return self.telling.record_of(record)

    def render_row(self, record):
        part = self.telling.part_of(record)
        return format_html('{}<span class="sub">{}</span>', capfirst(str(record)), part)

    def value_row(self, record):
        part = self.telling.part_of(record)
        return f"{capfirst(str(record))}{': ' if part else ''}{part}"

    def render_told(self, record):
        lines = [(str(one),) for one in self.telling.lines(record)]
        more = format_html('<span class="sub">+ {}</span>', len(lines) - SHOWN) if len(lines) > SHOWN else ""
        return format_html("{}{}", format_html_join("", "<div>{}</div>", lines[:SHOWN]), more)

    def value_told(self, record):
        return "\n".join(map(str, self.telling.lines(record)))

    def render_how(self, record):
        return format_html('{}<span class="sub">{}</span>', record.act.get_way_display(), record.act.why)

    def value_how(self, record):
        return ": ".join(filter(None, (str(record.act.get_way_display()), record.act.why)))


class HistorySerializer(EntitySerializer):
    at = serializers.DateTimeField(source="act.at", read_only=True)
    way = serializers.CharField(source="act.way", read_only=True)
    why = serializers.CharField(source="act.why", read_only=True)
    person = serializers.PrimaryKeyRelatedField(source="act.person", read_only=True, allow_null=True)
    name = serializers.CharField(source="act.name", read_only=True)

    class Meta:
        model = Entry
        fields = (
            *("id", "act", "at", "way", "why", "person", "name", "what", "label", "key", "root", "root_key"),
            *("before", "after"),
        )


HISTORY = Entity(
    slug="history",
    icon="history",
    model=Entry,
    filterset=HistoryFilters,
    table=HistoryTable,
    serializer=HistorySerializer,
    facts=("act", "what", "label", "key", "root", "root_key", "before", "after"),
    private=frozenset({"left_key", "union_key"}),
    about=_("Who changed what, when, from what to what and why. Written by the house itself, whichever way it came."),
    views=((_("What was deleted"), "what=deleted"), (_("Undone"), "way=undo")),
)
