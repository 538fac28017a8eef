"""Bars that stand: a column for each year or month, its number above it, its name below. Never knows what it counts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .paper import Paper, at
from .words import LINE, SIZE, number, steps_to, width_of, wrapped

if TYPE_CHECKING:
    from .bars import Bars, Column

PLOT = 180  # from the ground to the highest line
NARROWEST = 26  # of a column's place: a thumb hits it, and 24 pixels remain where a phone shrinks the drawing
BROADEST = 64  # of a bar
EMPTY = 0.36  # of a place stays empty
LEAST = 1.5  # height of a bar whose number is above 0, so that it is seen
NAMES = 2  # lines a name may take


class Standing:
    """Bars laid out on one paper, from `top` down."""

    def __init__(self, bars: Bars, paper: Paper, top: float):
        self.bars, self.paper = bars, paper
        self.steps = steps_to(bars.most)
        self.left = max(width_of(number(one)) for one in self.steps) + 10
        self.place = (paper.width - self.left) / max(1, len(bars.columns))
        self.ceiling = top + LINE + 3
        self.ground = self.ceiling + PLOT

    @cached_property
    def names(self) -> list[list[str]]:
        return [wrapped(str(one.label), self.place - 2, NAMES) for one in self.bars.columns]

    @property
    def fits(self) -> bool:
        """Whether every column can be hit, and no name or number is cut or touches its neighbour."""
        if self.place < NARROWEST:
            return False
        columns = zip(self.bars.columns, self.names, strict=True)
        whole = all(str(one.label).split() == " ".join(name).split() for one, name in columns)
        return whole and all(width_of(self.bars.total(one), strong=True) <= self.place for one in self.bars.columns)

    def height(self, value: int) -> float:
        return max(LEAST, value * PLOT / self.steps[-1]) if value else 0

    def draw(self) -> float:
        self._lines()
        for position, column in enumerate(self.bars.columns):
            self._column(self.left + self.place * position, column, self.names[position])
        return self.ground + 10 + LINE * max(map(len, self.names), default=1)

    def _lines(self) -> None:
        with self.paper.unheard():
            for step in self.steps:
                y = self.ground - step * PLOT / self.steps[-1]
                self.paper.line(f"M{at(self.left)} {at(y)}H{self.paper.width}", "gridline" if step else "axis")
                self.paper.text(self.left - 6, y + 4.5, number(step), "t-soft", anchor="end")

    def _column(self, x: float, column: Column, name: list[str]) -> None:
        bars, paper, middle = self.bars, self.paper, x + self.place / 2
        width = min(BROADEST, self.place * (1 - EMPTY))
        shown = [one for one in column.marks if one.value]
        y = self.ground
        for mark in shown:
            tall = self.height(mark.value)
            y -= tall
            with paper.link(mark.url, bars.name_of(column, mark)):
                # Alone, it is hit anywhere above its name; in a stack, each part within its own height.
                hit = (self.ceiling, PLOT) if len(shown) == 1 else (y, tall)
                paper.touch((x, hit[0], self.place, hit[1]))
                gap = 1 if len(shown) > 1 and tall > 3 else 0
                box = (middle - width / 2, y, width, tall - gap)
                paper.bar(box, bars.shape_of(mark), told_apart=bars.told_apart)
        with paper.unheard():
            paper.text(middle, y - 5, bars.total(column), "t-strong", anchor="middle")
        with paper.link(column.url, f"{column.label}: {bars.total(column)}" if column.url else ""):
            paper.touch((x, self.ground + 1, self.place, 8 + LINE * max(1, len(name))))
            for line, words in enumerate(name):
                paper.text(middle, self.ground + 4 + SIZE + LINE * line, words, anchor="middle")
