"""What the page of one import shows: its rows by what becomes of them, cut to what a page can hold. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from unionrelations.catalogue import ENTITIES
from unionrelations.importing.models import Import, ImportedRecord, ImportRow
from unionrelations.importing.plan import VERDICTS

AT_FIRST, ON_A_PAGE = 20, 100  # rows of a kind beside others, and alone
SKIPPED = {
    "group": ngettext_lazy("%(n)d group row", "%(n)d group rows", "n"),
    "total": ngettext_lazy("%(n)d total", "%(n)d totals", "n"),
    "note": ngettext_lazy("%(n)d note", "%(n)d notes", "n"),
    "signature": ngettext_lazy("%(n)d signature", "%(n)d signatures", "n"),
    "numbering": ngettext_lazy("%(n)d row of column numbers", "%(n)d rows of column numbers", "n"),
    "heading": ngettext_lazy("%(n)d repeated heading", "%(n)d repeated headings", "n"),
}
TITLES = {
    "changed": _("Rows that change a record"),
    "new": _("New rows"),
    "unchanged": _("Rows that change nothing"),
}
WAYS = {
    "created": pgettext_lazy("a record an import wrote", "new"),
    "changed": pgettext_lazy("a record an import wrote", "changed"),
    "named": pgettext_lazy("a record an import wrote", "given a further name"),
}
SLUGS = {one.model._meta.label_lower: one.slug for one in ENTITIES}


def standing_of(batch: Import) -> tuple[str | Promise, str]:
    """How far an import has come, in words, and the shape of the pill that says it."""
    if batch.undone_at:
        return _("taken back"), "pill-open"
    if batch.is_written:
        return _("stored"), "pill-ok"
    if batch.is_given_up:
        return _("given up"), "pill-open"
    now = timezone.now()
    if batch.is_broken_off(now):
        return _("broken off"), "pill-late"
    if batch.is_at_work(now):
        return _("at work"), "pill-pen"
    if batch.state == Import.State.FAILED:
        return _("stopped"), "pill-late"
    return _("waits for your say"), "pill-warn"


def address_of(slug: str, key: int | None) -> str:
    known = {one.slug for one in ENTITIES}
    return reverse(f"{slug}-detail", args=[key]) if key and slug in known else ""


@dataclass(frozen=True)
class Cell:
    """A bad cell: where it stands, what it says, why that is refused, and what stands in the field to mend it.

    `field` is empty where nothing can be typed: the cell is none of the sheet's, or a question settles it.
    """

    row: ImportRow
    column: str
    value: str
    reason: str
    field: str
    typed: str


class Preview:
    """`chosen` is the one kind of row that is asked for in pages of its own; else each kind shows its first rows.

    `typed` is what a form that was refused holds already.
    """

    def __init__(self, batch: Import, chosen: str = "", page: str = "1", typed: Mapping[str, str] = {}):
        self.batch, self.typed = batch, typed
        self.chosen = chosen if chosen in VERDICTS else ""
        self._page = page if self.chosen else "1"
        self.seen = batch.seen or {}
        self.counts = self.seen.get("counts", {})

    def _rows(self, kind: str, at_first: int) -> Page | None:
        total = self.counts.get(kind, 0)
        if not total or self.chosen not in ("", kind):
            return None
        return Counted(self.batch.rows.filter(verdict=kind), ON_A_PAGE if self.chosen else at_first, total).get_page(
            self._page
        )

    @cached_property
    def groups(self) -> list[dict]:
        """The rows nothing is wrong with, kind by kind: those that change something first."""
        found = []
        for kind, title in TITLES.items():
            page = self._rows(kind, AT_FIRST)
            if page is not None:
                rows = [(one, address_of(one.entity, one.record)) for one in page]
                found.append({"kind": kind, "title": title, "rows": rows, "page": page, "total": self.counts[kind]})
        return found

    @cached_property
    def alike(self) -> list[ImportRow]:
        """New rows that may tell of a record that is there already."""
        return [] if self.chosen else list(self.batch.rows.filter(verdict="new").exclude(alike=[])[:ON_A_PAGE])

    @cached_property
    def refused(self) -> Page | tuple:
        return self._rows("refused", ON_A_PAGE) or ()

    @cached_property
    def cells(self) -> list[Cell]:
        asked, found, named = {one["words"].strip() for one in self.seen.get("questions", ())}, [], set()
        for row in self.refused:
            for column, value, reason, suggestion, position in () if row.conflict else row.problems:
                field = f"cell-{row.place}-{position}"
                if position is None or value.strip() in asked or field in named:
                    field = ""
                named.add(field)
                found.append(Cell(row, column, value, reason, field, self.typed.get(field, suggestion or value)))
        return found

    @property
    def conflicts(self) -> list[tuple[ImportRow, str]]:
        return [(one, address_of(one.entity, one.record)) for one in self.refused if one.conflict]

    @property
    def good(self) -> int:
        return self.counts.get("new", 0) + self.counts.get("changed", 0)

    @property
    def tables(self) -> list[dict]:
        names = {one.slug: one.plural for one in ENTITIES}
        return [one | {"plural": names.get(one["entity"], "")} for one in self.seen.get("tables", ())]

    @property
    def skipped(self) -> list[str]:
        """How many rows of each sort were passed over."""
        found = Counter(why for table in self.tables for _number, why, _words in table["skipped"])
        return [SKIPPED[why] % {"n": number} for why, number in found.most_common() if why in SKIPPED]

    @property
    def passed_over(self) -> list[tuple]:
        lines = [(table["sheet"], number, words) for table in self.tables for number, _why, words in table["skipped"]]
        return lines[:ON_A_PAGE]


class Counted(Paginator):
    """Pages of rows whose number is known already."""

    def __init__(self, rows, per_page: int, total: int):
        super().__init__(rows, per_page)
        self.count = total


def written(batch: Import, page: str) -> tuple[Page, list[dict]]:
    """A page of the records an import wrote, those it could not take back first."""
    found = Paginator(batch.records.order_by("-kept_because", "pk"), ON_A_PAGE).get_page(page)
    return found, [
        {"title": one.title, "way": WAYS.get(one.way, one.way), "kept": one.kept_because, "url": _url(batch, one)}
        for one in found
    ]


def _url(batch: Import, one: ImportedRecord) -> str:
    """None leads to a record that went with the import."""
    is_gone = batch.undone_at and one.way == "created" and not one.kept_because
    return "" if is_gone else address_of(SLUGS.get(one.model, ""), one.key)
