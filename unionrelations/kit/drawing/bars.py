"""Bars: what they are made of, and whether they stand or lie. Never counts, never knows a colour.

Standing bars lie down where they would be too narrow to be hit or their words would not fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .chart import Chart, in_a_sentence
from .lying import Lying
from .paper import Paper
from .standing import Standing
from .words import number

VAGUE = "c-vague"  # what is undetermined stands beside a number, never in it


@dataclass(frozen=True)
class Series:
    """What bars of one kind stand for; `shape` is the class that colours them."""

    key: str
    label: str
    shape: str


@dataclass(frozen=True)
class Mark:
    """A number and the address of its rows."""

    value: int
    url: str = ""
    series: str = ""


@dataclass(frozen=True)
class Column:
    """What is stacked over one name, in the order of the stack; `url` is the name's own page."""

    label: str
    marks: tuple[Mark, ...]
    url: str = ""


@dataclass(frozen=True)
class Bars(Chart):
    title: str
    columns: tuple[Column, ...]
    series: tuple[Series, ...]
    lying: bool = False

    @cached_property
    def _by_key(self) -> dict[str, Series]:
        return {one.key: one for one in self.series}

    def series_of(self, mark: Mark) -> Series:
        """A mark that names no series belongs to the first."""
        return self._by_key[mark.series] if mark.series else self.series[0]

    def shape_of(self, mark: Mark) -> str:
        return self.series_of(mark).shape

    def logged(self, column: Column) -> int:
        return sum(one.value for one in column.marks if self.shape_of(one) != VAGUE)

    def undetermined(self, column: Column) -> int:
        return sum(one.value for one in column.marks if self.shape_of(one) == VAGUE)

    def height_of(self, column: Column) -> int:
        return sum(one.value for one in column.marks)

    def total(self, column: Column) -> str:
        """The number at a bar: what is logged, and beside it what is undetermined."""
        beside = self.undetermined(column)
        return f"{number(self.logged(column))} + {number(beside)}" if beside else number(self.logged(column))

    def name_of(self, column: Column, mark: Mark) -> str:
        """What a part of a bar is called for whoever does not see where it stands."""
        which = f", {self.series_of(mark).label}" if self.told_apart else ""
        return f"{column.label}{which}: {number(mark.value)}"

    @property
    def told_apart(self) -> bool:
        """Whether there is more than one kind, so that a legend and patterns are needed."""
        return len(self.series) > 1

    @cached_property
    def most(self) -> int:
        return max((self.height_of(one) for one in self.columns), default=0)

    @property
    def is_empty(self) -> bool:
        return not self.most

    @property
    def alt(self) -> str:
        values = [(str(one.label), self.logged(one)) for one in self.columns]
        return in_a_sentence(self.title, values, sum(map(self.undetermined, self.columns)))

    def draw(self, paper: Paper) -> float:
        top = 0.0
        if self.told_apart:
            keys = [(one.shape, str(one.label)) for one in self.series]
            top = paper.keys(0, keys, told_apart=True) + 6
        standing = Standing(self, paper, top)
        return Lying(self, paper, top).draw() if self.lying or not standing.fits else standing.draw()
