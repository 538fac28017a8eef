"""Bars that lie: a row for each union, partner or kind, long names before it or above it, the number after it.

Never knows what they count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .paper import Paper, at
from .words import LINE, SIZE, width_of, wrapped

if TYPE_CHECKING:
    from .bars import Bars, Column

BESIDE = 480  # from this width on, names stand beside the bars; on a narrower paper above them
SHARE = 0.38  # of the width, at most, for names beside
THICK = 18
ROW = 32  # at least: a thumb hits it
NAMES = 2  # lines a name may take
LEAST = 1.5  # length of a bar whose number is above 0, so that it is seen


class Lying:
    """Bars laid out on one paper, from `top` down."""

    def __init__(self, bars: Bars, paper: Paper, top: float):
        self.bars, self.paper, self.top = bars, paper, top
        self.beside = paper.width >= BESIDE
        longest = max((width_of(str(one.label)) for one in bars.columns), default=0)
        self.named = min(longest, paper.width * SHARE) if self.beside else paper.width
        self.left = self.named + 10 if self.beside else 0
        after = max((width_of(bars.total(one), strong=True) for one in bars.columns), default=0) + 10
        self.unit = (paper.width - self.left - after) / max(1, bars.most)

    def length(self, value: int) -> float:
        return max(LEAST, value * self.unit) if value else 0

    def draw(self) -> float:
        y = self.top
        for column in self.bars.columns:
            y += self._row(y, column)
        if self.beside:
            self.paper.line(f"M{at(self.left)} {at(self.top)}V{at(y)}", "axis")
        return y

    def _row(self, y: float, column: Column) -> float:
        """Draws one row; gives its height."""
        name = wrapped(str(column.label), self.named, NAMES)
        above = 0 if self.beside else LINE * len(name) + 4
        tall = max(ROW, LINE * len(name) + 8) if self.beside else above + THICK + 12
        shown = [one for one in column.marks if one.value]
        alone = shown[0] if len(shown) == 1 and not column.url else None
        with self.paper.link(alone.url if alone else "", self.bars.name_of(column, alone) if alone else ""):
            if alone:
                self.paper.touch((0, y, self.paper.width, tall))
            self._name(y, tall, column, name)
            self._bar(y + above, tall - above, column, within=alone is not None)
        return tall

    def _name(self, y: float, tall: float, column: Column, name: list[str]) -> None:
        with self.paper.link(column.url, f"{column.label}: {self.bars.total(column)}" if column.url else ""):
            first = y + (tall - LINE * len(name)) / 2 + SIZE if self.beside else y + SIZE
            if column.url:
                self.paper.touch((0, y, self.named, tall if self.beside else LINE * len(name) + 4))
            for line, words in enumerate(name):
                x, anchor = (self.named, "end") if self.beside else (0, "")
                self.paper.text(x, first + LINE * line, words, anchor=anchor)

    def _bar(self, y: float, tall: float, column: Column, *, within: bool) -> None:
        """The parts of a bar from left to right and the number after them; `within` a link, they are none."""
        bars, paper, x = self.bars, self.paper, self.left
        top = y + (tall - THICK) / 2 if self.beside else y
        shown = [one for one in column.marks if one.value]
        for mark in shown:
            long = self.length(mark.value)
            name = "" if within else bars.name_of(column, mark)
            with paper.link("" if within else mark.url, name):
                if not within:
                    reach = paper.width - self.left if len(shown) == 1 else long
                    paper.touch((x, y, reach, tall))
                gap = 1 if len(shown) > 1 and long > 3 else 0
                paper.bar((x, top, long - gap, THICK), bars.shape_of(mark), told_apart=bars.told_apart)
            x += long
        with paper.unheard():
            paper.text(x + 6, top + THICK / 2 + 4.5, bars.total(column), "t-strong")
