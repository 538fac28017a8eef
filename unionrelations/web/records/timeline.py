"""A relation drawn along the years, and the same as a table: what happened with somebody, lane by lane.

Knows coordinates and the style sheet's class names. Never asks for today, never knows a reader: items are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from unionrelations.kit.periods import Period

WIDTH, LEFT, TOP, LANE, BAR = 960, 128, 30, 40, 14
MOST_DRAWN = 250  # the newest; the table counts all
NARROWEST = 6  # pixels: a day is still seen
MOST_LABELS = 14  # years written over the drawing


@dataclass(frozen=True)
class Item:
    lane: str
    span: Period
    is_vague: bool
    shape: str  # the style sheet's class


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    shape: str


class Timeline:
    """`lanes` are (key, words) in order; those without an item are left out."""

    def __init__(self, lanes: Iterable[tuple], items: Iterable[Item], today: date):
        self.items = sorted(items, key=lambda one: one.span.start)[-MOST_DRAWN:]
        held = {one.lane for one in self.items}
        self.lanes = [(key, words) for key, words in lanes if key in held]
        self.today = today
        starts = [one.span.start.year for one in self.items] or [today.year]
        ends = [min(one.span.last, date(today.year + 2, 12, 31)).year for one in self.items]
        self.whole = Period.years(min(starts), max([*ends, today.year, *starts]))

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return TOP + LANE * len(self.lanes) + 6

    @property
    def bottom(self) -> int:
        return self.height - 6

    def _x(self, day: date) -> float:
        whole = (self.whole.last - self.whole.start).days + 1
        return LEFT + (WIDTH - LEFT - 8) * (day - self.whole.start).days / whole

    @property
    def years(self) -> list[tuple[float, int]]:
        """Where each year begins; some left out where they would not be read."""
        first, last = self.whole.start.year, self.whole.last.year
        step = (last - first) // MOST_LABELS + 1
        return [(round(self._x(date(year, 1, 1)), 1), year) for year in range(first, last + 1, step)]

    @property
    def now(self) -> float:
        return round(self._x(self.today), 1)

    @property
    def rows(self) -> list[tuple[str, int, list[Bar]]]:
        """Each lane's words, where its line stands, and its bars."""
        found = []
        for place, (key, words) in enumerate(self.lanes):
            y = TOP + LANE * place
            found.append((words, y, [self._bar(one, y) for one in self.items if one.lane == key]))
        return found

    def _bar(self, item: Item, y: int) -> Bar:
        start = self._x(item.span.start)
        end = self._x(min(item.span.last, self.whole.last))
        width = max(end - start, NARROWEST)
        return Bar(round(start, 1), y + (LANE - BAR) / 2, round(width, 1), "c-vague" if item.is_vague else item.shape)
