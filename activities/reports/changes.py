"""What changed since a report was signed: which records, and by how much each moved which number. Never signs.

The moves of a figure add up to exactly its number now less its number then. Where no headcount is known the number
stands at nothing known, so a headcount written down later is a move by all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.utils import translation

from .identities import LOGGED, UNDETERMINED, added, identities, is_of_people
from .models import Merge, TermReport

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True)
class Move:
    """By how much one record moved one figure; people known, where people are added up."""

    code: str
    label: str
    logged: int
    undetermined: int
    unknown_people: int

    def __bool__(self) -> bool:
        return bool(self.logged or self.undetermined or self.unknown_people)


@dataclass(frozen=True)
class ChangedRecord:
    """`was` and `now` are the record then and now, as identities say it; None where it stood in no figure."""

    way: str
    was: dict | None
    now: dict | None
    moves: tuple[Move, ...]
    is_deleted: bool = False
    merged_into: str | None = None

    @property
    def record(self) -> dict:
        return self.now or self.was or {}

    @property
    def title(self) -> str:
        return self.record["title"]

    @property
    def was_title(self) -> str:
        """The title it was signed under, where it has another now."""
        return self.was["title"] if self.was and self.now and self.was["title"] != self.now["title"] else ""

    @property
    def was_when(self) -> str:
        return self.was["when"] if self.was and self.now and self.was["days"] != self.now["days"] else ""


@dataclass(frozen=True)
class FigureSince:
    """A figure then and now; None is not known."""

    code: str
    label: str
    then: int | None
    now: int | None
    undetermined_then: int | None
    undetermined_now: int | None
    unknown_then: int
    unknown_now: int

    @property
    def is_moved(self) -> bool:
        then = (self.then, self.undetermined_then, self.unknown_then)
        return then != (self.now, self.undetermined_now, self.unknown_now)

    @property
    def by(self) -> int | None:
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True)
class Changes:
    records: tuple[ChangedRecord, ...]
    figures: tuple[FigureSince, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.records)

    def __bool__(self) -> bool:
        return bool(self.records)

    @property
    def moved(self) -> tuple[FigureSince, ...]:
        return tuple(one for one in self.figures if one.is_moved)

    def of(self, way: str) -> tuple[ChangedRecord, ...]:
        return tuple(one for one in self.records if one.way == way)


def changes(signed: TermReport) -> Changes:
    """Compares the frozen rows with those of the same question now, in a fixed number of questions."""
    with translation.override(signed.language):
        now = identities(signed.question)
    then, labels = signed.rows, {one["indicator"]: one["label"] for one in signed.figures["figures"]}
    codes = [code for code in labels if code in now["figures"]]
    before, after = _brought(then, codes), _brought(now, codes)
    vanished = {key: one for key, one in then["records"].items() if key not in now["records"]}
    deleted, merged = _deleted(vanished), merged_into(vanished)
    records = []
    for key in sorted({*then["records"], *now["records"]}):
        was, is_now = then["records"].get(key), now["records"].get(key)
        moves = tuple(_moves(before.get(key, {}), after.get(key, {}), labels))
        if was is None:
            records.append(ChangedRecord(ADDED, None, is_now, moves))
        elif is_now is None:
            records.append(ChangedRecord(REMOVED, was, None, moves, key in deleted, merged.get(key)))
        elif moves or _reads_otherwise(was, is_now):
            records.append(ChangedRecord(CHANGED, was, is_now, moves))
    return Changes(tuple(records), tuple(_since(code, labels[code], then, now) for code in codes))


def merged_into(records: dict[str, dict]) -> dict[str, str]:
    """What the records go by in which vanished ones live on, for those that were merged; by the keys of these."""
    found: dict[str, str] = {}
    for label, keys in _by_model(records).items():
        survivors = Merge.objects.survivors(label, keys)
        names = apps.get_model(label)._default_manager.in_bulk(set(survivors.values())) if survivors else {}
        found |= {keys[gone]: str(names[pk]) for gone, pk in survivors.items() if pk in names}
    return found


def _reads_otherwise(was: dict, now: dict) -> bool:
    return any(was[name] != now[name] for name in ("title", "code", "days"))


def _brought(found: dict, codes: list[str]) -> dict[str, dict]:
    """For each record, what it brings to each figure: (logged, undetermined, missing headcounts)."""
    brought: dict[str, dict] = {}
    for code in codes:
        for key, number, missing in found["figures"][code][LOGGED]:
            brought.setdefault(key, {})[code] = (number or 0, 0, int(missing and is_of_people(code)))
        for key, number, _missing in found["figures"][code][UNDETERMINED]:
            brought.setdefault(key, {})[code] = (0, number or 0, 0)
    return brought


def _moves(before: dict, after: dict, labels: dict[str, str]) -> Iterator[Move]:
    nothing = (0, 0, 0)
    for code, label in labels.items():
        pairs = zip(after.get(code, nothing), before.get(code, nothing), strict=True)
        move = Move(code, label, *(now - then for now, then in pairs))
        if move:
            yield move


def _since(code: str, label: str, then: dict, now: dict) -> FigureSince:
    (was, missed), (maybe, _missed) = (added(then["figures"][code][place]) for place in (LOGGED, UNDETERMINED))
    (is_now, misses), (perhaps, _misses) = (added(now["figures"][code][place]) for place in (LOGGED, UNDETERMINED))
    return FigureSince(code, label, was, is_now, maybe, perhaps, missed, misses)


def _deleted(records: dict[str, dict]) -> set[str]:
    """Those that are in the house no more; the others stand in no figure of the question any longer."""
    deleted: set[str] = set()
    for label, keys in _by_model(records).items():
        there = set(apps.get_model(label)._default_manager.filter(pk__in=list(keys)).values_list("pk", flat=True))
        deleted |= {key for pk, key in keys.items() if pk not in there}
    return deleted


def _by_model(records: dict[str, dict]) -> dict[str, dict[int, str]]:
    """The keys of records by their model and primary key."""
    by_model: dict[str, dict[int, str]] = {}
    for key, one in records.items():
        by_model.setdefault(one["model"], {})[one["pk"]] = key
    return by_model
