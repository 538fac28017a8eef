"""The page of one record of any Entity: its facts, what stands under it, what may be done. Never names an entity."""

from __future__ import annotations

from typing import ClassVar

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from unionrelations.deeds.merging import BY_LABEL, MERGED, labels_of, may_merge, merges_into
from unionrelations.deeds.parts import holding, to_change
from unionrelations.history.entities import HISTORY
from unionrelations.kit.entities import Section, Under
from unionrelations.privacy.looks import look_at_record
from unionrelations.web.entities import EntityMixin
from unionrelations.web.facts import facts_of
from unionrelations.web.paperwork import making_of

from .parts import EditColumn

MOST_SHOWN = 60  # rows of a part; its list has all of them


class Part:
    """A section of one record as one reader sees it. The table is built once, where the template asks for it."""

    def __init__(self, section: Section, entity, record, user, *, writes: bool, held: bool):
        self.section, self.entity, self.record, self.user, self.held = section, entity, record, user, held
        self.entered = writes and section.form is not None

    title = property(lambda self: self.section.title)
    slug = property(lambda self: self.section.slug)
    icon = property(lambda self: self.section.icon)
    empty = property(lambda self: self.section.empty)
    singular = property(lambda self: self.section.singular)

    @cached_property
    def rows(self):
        """With `is_mine` where the reader may change the row, if any may be changed here at all."""
        if not self.held:
            return self.section.table._meta.model._default_manager.none()
        rows = self.section.rows(self.record, self.user).as_of(timezone.localdate())
        if not self.changes:
            return rows
        return rows.annotate(is_mine=to_change(self.section, self.record, self.user))

    @cached_property
    def changes(self) -> bool:
        return self.entered and self.user.has_perm(self.section.permission("change"))

    @cached_property
    def table(self):
        """The first rows; None where there are none."""
        if not self.rows:
            return None
        columns = [("edit", EditColumn(self.edit_name, self.record))] if self.changes else []
        shown = self.rows if len(self.rows) <= MOST_SHOWN else self.rows[:MOST_SHOWN]
        return self.section.table(shown, extra_columns=columns, orderable=False)

    @cached_property
    def left_out(self) -> int:
        """How many rows the page does not show."""
        return max(len(self.rows) - MOST_SHOWN, 0)

    @cached_property
    def edit_name(self) -> str:
        return f"{self.entity.slug}-{self.slug}-edit"

    @property
    def in_place(self) -> bool:
        """Whether a row is entered under its record, and not on a page of its own."""
        return self.section.form is not None

    @cached_property
    def add_url(self) -> str:
        if not self.user.has_perm(self.section.permission("add")):
            return ""
        if self.entered:
            return reverse(f"{self.entity.slug}-{self.slug}-new", args=[self.record.pk])
        if self.section.elsewhere is None:
            return ""
        slug, field, _asked = self.section.elsewhere
        return f"{reverse(f'{slug}-new')}?{urlencode({field: self.record.pk})}"

    @cached_property
    def lines_url(self) -> str:
        """Where all rows are typed at once."""
        may = self.section.lines is not None and self.changes and self.add_url
        return reverse(f"{self.entity.slug}-{self.slug}-lines", args=[self.record.pk]) if may else ""

    @cached_property
    def list_url(self) -> str:
        if self.section.elsewhere is None:
            return ""
        slug, _field, asked = self.section.elsewhere
        return f"{reverse(f'{slug}-list')}?{urlencode(asked(self.record))}"


class EntityDetail(EntityMixin, DetailView):
    page = "detail"
    shown_apart: ClassVar[frozenset[str]] = frozenset()  # facts that the page shows elsewhere
    also_under: ClassVar[dict[str, Under]] = {}  # what else the page shows under the record

    def get_queryset(self):
        return super().get_queryset().as_of(timezone.localdate())

    def get_template_names(self):
        return [self.template_name] if self.template_name else super().get_template_names()

    @cached_property
    def writes(self) -> bool:
        """Whether the reader may change this record, as far as its reach goes."""
        return self.entity.model._default_manager.lets_write(self.request.user, self.object.pk)

    @cached_property
    def held(self) -> dict[str, bool]:
        """Whether anybody may find rows: of the sections by their slugs, of what else stands there by its name."""
        return holding({one.slug: one.rows for one in self.entity.sections} | self.also_under, self.object)

    def also(self, name: str):
        """The rows of `also_under` with this name; nothing is asked where there are none."""
        rows = self.also_under[name]
        if not self.held[name]:
            return rows.model._default_manager.none()
        return rows(self.object, self.request.user)

    @cached_property
    def parts(self) -> dict[str, Part]:
        writes, held = self.writes, self.held
        return {
            one.slug: Part(one, self.entity, self.object, self.request.user, writes=writes, held=held[one.slug])
            for one in self.entity.sections
        }

    def get_context_data(self, **context):
        look_at_record(self.request.user, timezone.localdate(), self.entity, self.object)
        return super().get_context_data(
            title=str(self.object),
            facts=facts_of(self.entity, self.object, self.request.user, without=self.shown_apart),
            sections=list(self.parts.values()),
            parts={slug.replace("-", "_"): one for slug, one in self.parts.items()},
            acts=[*self._history(), *self._acts()],
            merges=self.merges,
            making=making_of(self.object, self.request.user, writes=self.writes),
            **context,
        )

    @cached_property
    def merges(self) -> list[tuple]:
        """(merge, where it is undone) of what was merged into this record and lives on in it."""
        labels = labels_of(self.entity.model)
        if not labels:
            return []
        mine = merges_into(self.request.user, labels, self.object.pk)
        undoes = self.writes and may_merge(self.request.user, BY_LABEL[labels[0]])
        return [(one, reverse("merge-undo", args=[one.pk]) if undoes else "") for one in mine.for_listing()]

    def _history(self):
        if self.request.user.has_perm("history.view_entry") and self.entity is not HISTORY:
            yield _("History"), self.address("history", self.object.pk), "history"

    def _acts(self):
        if self.entity.form is None or not self.writes:
            return
        if self.entity.slug in MERGED and may_merge(self.request.user, self.entity):
            yield (
                _("Merge with another record…"),
                reverse("merge-choose", args=[self.entity.slug, self.object.pk]),
                "link",
            )
        if self.may("delete"):
            yield _("Delete"), self.address("delete", self.object.pk), "x"
        if self.may("change"):
            yield _("Edit"), self.address("edit", self.object.pk), "edit"
