"""What a text tells, as values: figures, single activities, and what only looks like one. Never stored, never counted.

Offsets count characters of the text that was handed in. A bound that is not printed is None, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Span:
    """A stretch recognised as no figure of ours, and as what."""

    kind: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class ToldPeriod:
    """The days a figure is of, and the words that say so. `last` is None where the text says "until now"."""

    first: date
    last: date | None
    printed: str


@dataclass(frozen=True)
class ToldFigure:
    """A number as the text prints it. `subset_of` is the place, among the figures told, of the one it is part of."""

    indicator: str
    low: int | None
    high: int | None
    qualifier: str
    period: ToldPeriod | None
    union: str | None
    organisation: str | None
    subset_of: int | None
    planned: bool
    start: int
    end: int
    words: str
    doubt: str = ""  # why a person should look twice; empty where nothing speaks against it


@dataclass(frozen=True)
class ToldActivity:
    """One activity told of by itself; `starts_on`, `ends_on` and `precision` as a record keeps its date."""

    kind: str  # delegation, conference or course
    role: str  # out, in; hosted, abroad, home; given, received; empty where the text does not say
    title: str
    start: int
    end: int
    words: str
    when: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    precision: str = ""
    place: str = ""
    countries: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    people: int | None = None
    certificates: int | None = None
    cohort: str = ""
    step: str = ""
    format: str = ""
    planned: bool = False
    union: str | None = None
    organisation: str | None = None
    figures: tuple[int, ...] = field(default=())  # places of the figures printed in the same words


@dataclass(frozen=True)
class Told:
    """All that was found, each in the order of the text."""

    figures: tuple[ToldFigure, ...] = ()
    activities: tuple[ToldActivity, ...] = ()
    lookalikes: tuple[Span, ...] = ()


def as_json(told: Told) -> dict[str, Any]:
    """The contract of `extract`: figures, activities and look-alikes, days as YYYY-MM-DD."""
    whose = {place: number for number, one in enumerate(told.activities) for place in one.figures}
    return {
        "figures": [_figure(one, whose.get(place)) for place, one in enumerate(told.figures)],
        "activities": [_activity(one) for one in told.activities],
        "lookalikes": [vars(one).copy() for one in told.lookalikes],
    }


def _figure(one: ToldFigure, activity: int | None) -> dict[str, Any]:
    period = one.period and {
        "from": one.period.first.isoformat(),
        "to": _day(one.period.last),
        "printed": one.period.printed,
    }
    return vars(one) | {"period": period, "activity": activity}


def _activity(one: ToldActivity) -> dict[str, Any]:
    listed = {name: list(getattr(one, name)) for name in ("countries", "partners", "figures")}
    return vars(one) | listed | {"starts_on": _day(one.starts_on), "ends_on": _day(one.ends_on)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
