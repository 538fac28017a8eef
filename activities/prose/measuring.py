"""How well figures are read: passages marked by hand, read anew, and the share that was found and was right.

A passage is a text with its expected figures, one a line: indicator, bounds, period, body, marks, words.

    delegations_out 6 | 2018–2023 | agriculture | "6 đoàn ra"
    officials_out >100 | 2022-01..2022-06 | – | planned

Bounds: 6, >6 (more than), <6, ~6 (about), ? (no number). Period: a year, years, days or months with `..`, – for none.
Body: a union's code, words in quotes for any other, – for none. Never reads a passage itself: it is handed the reader.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from .told import Told, ToldFigure

Reader = Callable[[str], Told]
LINE = re.compile(r"(?P<indicator>[a-z_]+)\s+(?P<bounds>[<>~]?\d+|\?)")
QUALIFIERS = {">": "gt", "<": "lt", "~": "approx", "?": "vague"}


@dataclass(frozen=True)
class Marked:
    """A figure as a person marked it."""

    indicator: str
    low: int | None
    high: int | None
    qualifier: str
    first: date | None
    last: date | None
    body: str
    planned: bool = False
    words: str = ""
    is_part: bool = False

    @property
    def key(self) -> tuple:
        return (self.indicator, self.low, self.high, self.qualifier, self.first, self.last, self.body, self.planned)


@dataclass(frozen=True)
class Passage:
    text: str
    figures: tuple[Marked, ...]
    place: str


@dataclass(frozen=True)
class Score:
    """Figures found and right, found though not marked, and marked though not found."""

    right: int
    wrong: tuple[tuple[Passage, ToldFigure], ...]
    missed: tuple[tuple[Passage, Marked], ...]
    passages: int

    @property
    def precision(self) -> float:
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        marked = self.right + len(self.missed)
        return self.right / marked if marked else 1.0


def passages(path: Path) -> Iterator[Passage]:
    """Those of a file or of every YAML file in a folder. Raises ValueError with the place of what cannot be read."""
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        for number, one in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")) or [], 1):
            place = f"{file.name} {number}"
            if not isinstance(one, dict) or not isinstance(one.get("text"), str):
                raise ValueError(f"{place}: no text")
            yield Passage(one["text"], tuple(_marked(line, place) for line in one.get("figures") or ()), place)


def measure(some: Iterable[Passage], read: Reader) -> Score:
    right, wrong, missed, count = 0, [], [], 0
    for passage in some:
        count += 1
        open_marks = Counter(one.key for one in passage.figures)
        for figure in read(passage.text).figures:
            key = _key(figure)
            if open_marks[key]:
                open_marks[key] -= 1
                right += 1
            else:
                wrong.append((passage, figure))
        for one in passage.figures:
            if open_marks[one.key]:
                open_marks[one.key] -= 1
                missed.append((passage, one))
    return Score(right, tuple(wrong), tuple(missed), count)


def _key(one: ToldFigure) -> tuple:
    period = one.period
    body = one.union or (f'"{one.organisation}"' if one.organisation else "")
    return (
        one.indicator,
        one.low,
        one.high,
        one.qualifier,
        period.first if period else None,
        period.last if period else None,
        body,
        one.planned,
    )


def _marked(line: str, place: str) -> Marked:
    head, *rest = (part.strip() for part in line.split("|"))
    found = LINE.fullmatch(head)
    if found is None or len(rest) < 2:
        raise ValueError(f"{place}: “{line}” is no figure")
    sign, number = found["bounds"][0], re.sub(r"\D", "", found["bounds"])
    qualifier = QUALIFIERS.get(sign, "exact")
    value = int(number) if number else None
    first, last = _days(rest[0], place)
    marks = rest[2:]
    return Marked(
        found["indicator"],
        None if qualifier == "lt" else value,
        None if qualifier == "gt" else value,
        qualifier,
        first,
        last,
        "" if rest[1] in "–-" else rest[1],
        "planned" in marks,
        next((mark.strip('"') for mark in marks if mark.startswith('"')), ""),
        "part" in marks,
    )


def _days(words: str, place: str) -> tuple[date | None, date | None]:
    """The days of "2018–2023", "2022", "2022-06", "2022-06-01..2022-07-31", "2019.." or "–"."""
    if words in "–-":
        return None, None
    first, sign, last = words.partition("..") if ".." in words else words.partition("–")
    try:
        return _edge(first, False), _edge(last, True) if last else None if sign else _edge(first, True)
    except ValueError:
        raise ValueError(f"{place}: “{words}” is no period") from None


def _edge(words: str, is_last: bool) -> date:
    parts = [int(part) for part in words.strip().split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12 if is_last else 1
    day = parts[2] if len(parts) > 2 else monthrange(year, month)[1] if is_last else 1
    return date(year, month, day)
