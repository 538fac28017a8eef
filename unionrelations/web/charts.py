"""Drawings made on the server: where each bar of a chart stands. Never counts, never knows a colour.

Lengths are in the drawing's own units; templates write them as attributes, so a page needs no style and no script.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

WIDE, NARROW = 720, 340  # at a desk, on a phone: the letters keep their size
HIGH, LEFT, TOP, FOOT = 230, 34, 14, 30
SPACE = 0.42  # of a bar's place that stays empty
STEPS = 3  # lines above the ground


@dataclass(frozen=True)
class Part:
    shape: str  # the class that colours it
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    label: str
    total: int
    url: str
    x: float
    width: float
    top: float
    parts: tuple[Part, ...]

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class BarChart:
    bars: tuple[Bar, ...]
    lines: tuple[tuple[int, float], ...]  # (number, height on the drawing), the ground first
    wide: int
    high: int = HIGH
    left: int = LEFT

    @classmethod
    def of(cls, columns: list[tuple[str, str, list[tuple[str, int]]]], wide: int = WIDE) -> BarChart:
        """Columns of (label, address, [(shape, number), …]), stacked from the ground up."""
        most = max((sum(number for _shape, number in parts) for _label, _url, parts in columns), default=0)
        step = max(1, ceil(most / STEPS))
        ground = HIGH - FOOT
        unit = (ground - TOP) / (step * STEPS)
        place = (wide - LEFT) / max(1, len(columns))
        bars = []
        for number, (label, url, parts) in enumerate(columns):
            y, drawn = float(ground), []
            for shape, value in parts:
                y -= value * unit
                if value:
                    drawn.append(Part(shape, round(y, 1), round(value * unit, 1)))
            x, width = LEFT + place * (number + SPACE / 2), place * (1 - SPACE)
            total = sum(value for _shape, value in parts)
            bars.append(Bar(label, total, url, round(x, 1), round(width, 1), round(y, 1), tuple(drawn)))
        lines = tuple((step * one, round(ground - step * one * unit, 1)) for one in range(STEPS + 1))
        return cls(tuple(bars), lines, wide)
