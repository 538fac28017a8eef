"""Changes as a page shows them: by act, and in an act by record. Never decides who reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.apps import apps
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from unionrelations.catalogue import ENTITIES
from unionrelations.history.models import Act, Entry
from unionrelations.history.telling import Line, Telling, who

SLUGS = {entity.model._meta.label_lower: entity.slug for entity in ENTITIES}


@dataclass
class Told:
    """One changed row in words."""

    entry: Entry
    name: str  # of the row; "" where it is the record itself
    lines: list[Line]

    @property
    def what(self) -> str:
        return capfirst(str(self.entry))


@dataclass
class Part:
    """What an act did to one record."""

    record: tuple[str, int | None]
    title: str
    url: str
    history_url: str
    undo_url: str
    rows: list[Told] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return capfirst(apps.get_model(self.record[0])._meta.verbose_name)


@dataclass
class Deed:
    """One act as far as the reader sees it."""

    act: Act
    who: str
    undo_url: str
    parts: list[Part]


def deeds(entries: Iterable[Entry], user, *, record: tuple[str, int] | None = None) -> list[Deed]:
    """The changes by act, in the order given; with `record`, undoing means that record's part."""
    entries = list(entries)
    telling = Telling(entries, user)
    found = []
    for _act, some in groupby(entries, key=lambda one: one.act_id):
        changes = list(some)
        parts: dict[tuple, Part] = {}
        for one in sorted(changes, key=lambda it: it.pk):
            if one.record not in parts:
                parts[one.record] = _part(one, telling)
            parts[one.record].rows.append(Told(one, telling.part_of(one), telling.lines(one)))
        act = changes[0].act
        found.append(Deed(act, who(act), undo_address(changes[0], record), list(parts.values())))
    return found


def _part(one: Entry, telling: Telling) -> Part:
    url = "" if one.record in telling.gone else address_of(*one.record)
    history = f"{url}history/" if url else ""
    return Part(one.record, telling.record_of(one), url, history, undo_address(one, one.record))


def address_of(label: str, key: int | None) -> str:
    """The page of a record; "" where its kind has none."""
    slug = SLUGS.get(label)
    return reverse(f"{slug}-detail", args=[key]) if slug and key is not None else ""


def undo_address(entry: Entry, record: tuple[str, int | None] | None) -> str:
    """Where undoing is looked at: the whole act, or one record's part of it."""
    address = reverse("history-undo", args=[entry.pk])
    return address if record is None else f"{address}?{urlencode({'of': f'{record[0]}:{record[1]}'})}"
