"""The record that says, once, how one model meets the outside world. Never knows which model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import methodcaller
from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet
from django.utils.text import capfirst

from .filters import EntityFilterSet
from .forms import EntityForm, PartForm
from .importing import Importer
from .lines import LinesForm
from .serializers import EntitySerializer
from .tables import EntityTable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Under:
    """Rows that each name the record they stand under in one field: that none does is known whoever reads."""

    model: type[Model]
    owner: str = "activity"
    listed: Callable[[QuerySet], QuerySet] = methodcaller("for_listing")

    def __call__(self, record: Model, user) -> QuerySet:
        """What the reader may see of them."""
        return self.listed(self.model._default_manager.visible_to(user).filter(**{self.owner: record.pk}))

    @cached_property
    def any(self) -> str:
        """Whether there is any, in SQL, with places for the key of the record: written once, asked on every page."""
        table, column = self.model._meta.db_table, self.model._meta.get_field(self.owner).column
        return f'EXISTS(SELECT 1 FROM "{table}" WHERE "{column}" = %s)'  # noqa: S608 names of our own tables


@dataclass(frozen=True)
class Section:
    """Rows that belong to a record and stand under it on its page; with a form they are entered there, one by one."""

    title: StrOrPromise
    rows: Callable[[Model, object], QuerySet]  # (the record, the reader) → what the reader may see of it
    table: type[EntityTable]
    slug: str  # its place on the page and, with a form, in the addresses under the record
    form: type[PartForm] | None = None
    lines: type[LinesForm] | None = None  # all of them typed at once, one a line
    empty: StrOrPromise = ""  # what to enter while there is none
    icon: str = "document"
    # Where its rows have pages of their own: the slug of their entity, the field of its form that names this record,
    # and what their list is asked for these rows.
    elsewhere: tuple[str, str, Callable[[Model], dict]] | None = None

    def permission(self, action: str) -> str:
        model = self.table._meta.model
        return f"{model._meta.app_label}.{action}_{model._meta.model_name}"

    @property
    def singular(self):
        return self.table._meta.model._meta.verbose_name


@dataclass(frozen=True)
class Entity:
    slug: str  # its address: /partners/ and /api/partners/
    icon: str
    model: type[Model]
    filterset: type[EntityFilterSet]
    table: type[EntityTable]
    serializer: type[EntitySerializer]
    facts: tuple[str, ...]  # what its page tells, field by field
    form: type[EntityForm] | None = None  # none: entered elsewhere
    formsets: tuple = ()  # inline form sets that are entered with it
    sections: tuple[Section, ...] = ()
    private: frozenset[str] = frozenset()  # model fields that no face shows
    about: StrOrPromise = ""  # what it is, for a reader who has none yet
    views: tuple[tuple[StrOrPromise, str], ...] = ()  # lists people often ask for: (name, what the address says)
    bulk: tuple[str, ...] = ()  # fields that may safely be set on many at once
    importers: tuple[Importer, ...] = ()  # how its rows come in from spreadsheets; the first reads its own exports

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    @property
    def singular(self):
        return self.model._meta.verbose_name

    @property
    def plural(self):
        return capfirst(self.model._meta.verbose_name_plural)

    def permission(self, action: str) -> str:
        return f"{self.model._meta.app_label}.{action}_{self.name}"

    def queryset(self, user) -> QuerySet:
        """What this person sees of it, in the order lists show."""
        rows = self.model._default_manager.visible_to(user).for_listing()
        return rows.for_reader(user) if hasattr(rows, "for_reader") else rows

    @cached_property
    def can_be_found(self) -> bool:
        return hasattr(self.model._default_manager, "find")
