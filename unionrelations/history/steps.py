"""Each row an act touched, as a whole: how it stood before the act and after it, and what undoing does to it.

Never knows whether that can be done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import capfirst

from .kept import KEPT, NO_CHANGE, Kept
from .models import Act, Entry
from .values import columns, read

Row = tuple[str, int]
BRING, TAKE, SET = "bring", "take", "set"
NEVER_SET = NO_CHANGE | {"created_at", "changed_by_id"}


@dataclass
class Step:
    """One row and what undoing does to it."""

    kept: Kept
    key: int
    deed: str
    first: int  # the first change of it in the act, by which rows are taken away in turn
    record: tuple[str, int | None]
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    changed_since: list[str] = field(default_factory=list)  # columns that say something else by now
    refused: str = ""

    @property
    def row(self) -> Row:
        return self.kept.label, self.key

    @property
    def kind(self) -> str:
        return capfirst(str(self.kept.model._meta.verbose_name))

    @property
    def happens(self) -> bool:
        return not self.refused and bool(self.deed != SET or self.columns)

    @property
    def columns(self) -> list[str]:
        """Those that go back."""
        return [one for one in self.before if one not in self.changed_since]

    def python(self, column: str, side: dict[str, Any]) -> Any:
        return read(columns(self.kept.model)[column], side.get(column))

    def targets(self) -> Iterator[Row]:
        """The rows this one names, as it stood before."""
        for column, one in columns(self.kept.model).items():
            if one.is_relation and column not in NEVER_SET and self.before.get(column) is not None:
                yield one.related_model._meta.label_lower, self.before[column]


@dataclass
class Undoing:
    act: Act
    steps: list[Step]
    refused: str = ""  # why nothing of it can be undone here

    @property
    def happening(self) -> list[Step]:
        return [] if self.refused else [one for one in self.steps if one.happens]

    @property
    def left(self) -> list[Step]:
        """What stays as it is, wholly or in part."""
        return [one for one in self.steps if one.refused or one.changed_since]

    @property
    def digest(self) -> str:
        """Another one as soon as anything else would happen than a person was shown."""
        told = [[one.row, one.deed, one.columns, one.before, one.refused] for one in self.steps]
        return sha256(json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()[:16]


# --- How each row stood before the act, and after it


def steps_of(entries: Iterable[Entry]) -> list[Step]:
    by_row: dict[Row, list[Entry]] = {}
    for one in sorted(entries, key=lambda it: it.pk):
        by_row.setdefault(one.row, []).append(one)
    return [step for changes in by_row.values() if (step := _step(changes)) is not None]


def _step(changes: list[Entry]) -> Step | None:
    first, last = changes[0], changes[-1]
    was, stands = first.what != Entry.What.MADE, last.what != Entry.What.DELETED
    if not was and not stands:
        return None
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    known = columns(first.model)  # a later release may have let a column go
    for one in changes:
        before = {name: value for name, value in (one.before or {}).items() if name in known} | before
        after |= {name: value for name, value in (one.after or {}).items() if name in known}
    deed = TAKE if not was else SET if stands else BRING
    step = Step(KEPT[first.label], first.key, deed, first.pk, first.record, before, after)
    if deed == SET:
        changed = [one for one in before if one not in NEVER_SET and before[one] != after.get(one)]
        step.before, step.after = {one: before[one] for one in changed}, {one: after.get(one) for one in changed}
        return step if changed else None
    return step


def part_of(steps: list[Step], record: Row) -> list[Step]:
    """The record's own rows, what went with them, and what let go of them as they went."""
    chosen = {one.row: one for one in steps if one.record == record or one.row == record}
    while True:
        gone = {row for row, one in chosen.items() if one.deed == BRING}
        named = {row for one in chosen.values() if one.deed == BRING for row in one.targets()}
        more = [
            one
            for one in steps
            if one.row not in chosen
            and one.deed != TAKE
            and (gone & set(one.targets()) or (one.deed == BRING and one.row in named))
        ]
        if not more:
            return [one for one in steps if one.row in chosen]
        chosen |= {one.row: one for one in more}
