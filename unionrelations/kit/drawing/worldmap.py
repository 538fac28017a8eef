"""The world, its countries filled the darker the larger their number. Never counts, never draws a border.

A border drawn by us would be a statement, so a country without a number stays land. Our own is marked, with its
islands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.templatetags.static import static
from django.utils.translation import gettext as _

from .atlas import HEIGHT, HOME, ISLANDS, WIDTH, countries, is_small, land, places
from .chart import Chart, in_a_sentence
from .paper import Paper
from .words import LINE, number, ranges_of, width_of, wrapped

# Which of the five tones stand for so many steps: as far apart as can be.
TONES = {1: (4,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
NAME = 100  # units of a line of an archipelago's name that has no room for more
HOME_DOT, ISLAND_DOT, SMALL_DOT = 3.5, 2.0, 4.5  # radius, in the drawing's units


@dataclass(frozen=True)
class Place:
    """A country by its ISO 3166 code of two letters, its number and the address of its rows."""

    code: str
    label: str
    value: int
    url: str = ""


@dataclass(frozen=True)
class WorldMap(Chart):
    title: str
    places: tuple[Place, ...]

    @cached_property
    def counted(self) -> list[Place]:
        """Those with a number, the largest first."""
        return sorted((one for one in self.places if one.value > 0), key=lambda one: (-one.value, str(one.label)))

    @property
    def is_empty(self) -> bool:
        return not self.counted

    @property
    def not_on_it(self) -> list[Place]:
        """Those with a number that the drawing cannot show."""
        return [one for one in self.counted if is_small(one.code) and one.code not in places()]

    @property
    def alt(self) -> str:
        """Countries are not summed up: an activity in two of them stands in both."""
        sentence = in_a_sentence(self.title, [(str(one.label), one.value) for one in self.counted], summed=False)
        if self.not_on_it:
            left = ", ".join(f"{one.label} ({number(one.value)})" for one in self.not_on_it)
            sentence += " " + _("Not on the map: %(places)s.") % {"places": left}
        return sentence

    @cached_property
    def steps(self) -> list[tuple[str, int, int]]:
        """(class, from, to) of each step, the lightest first."""
        ranges = ranges_of([one.value for one in self.counted])
        tones = TONES[len(ranges)]
        return [(f"c-step-{tone}", low, high) for tone, (low, high) in zip(tones, ranges, strict=True)]

    def shape_of(self, value: int) -> str:
        return next(shape for shape, low, high in self.steps if low <= value <= high)

    def draw(self, paper: Paper) -> float:
        scale = paper.width / WIDTH
        paper.parts.append(f'<g transform="scale({scale:.4f})">')
        _outline(paper, "c-ground", "world.svg", "land", land())
        for one in self.counted:
            if one.code in countries() and not is_small(one.code):
                with paper.link(one.url, f"{one.label}: {number(one.value)}"):
                    _outline(paper, self.shape_of(one.value), "countries.svg", one.code, countries()[one.code])
        paper.parts.append("</g>")
        for one in self.counted:
            if one.code in places() and is_small(one.code):
                x, y = places()[one.code]
                with paper.link(one.url, f"{one.label}: {number(one.value)}"):
                    paper.dot(x * scale, y * scale, SMALL_DOT, self.shape_of(one.value), "c-dot")
        with paper.unheard():
            _home(paper, scale)
        return paper.keys(HEIGHT * scale + 10, list(self._keys()))

    def _keys(self) -> Iterator[tuple[str, str]]:
        for shape, low, high in self.steps:
            yield shape, number(low) if low == high else f"{number(low)}–{number(high)}"
        yield "c-home", _("Vietnam, with Hoàng Sa and Trường Sa")


def _outline(paper: Paper, shape: str, file: str, name: str, path: str) -> None:
    """A shape the browser fetches once and keeps; in a file, the shape itself."""
    if paper.standalone:
        paper.parts.append(f'<path {paper.paint(shape)} transform="scale(.1)" d="{path}"/>')
    else:
        paper.parts.append(f'<use {paper.paint(shape)} href="{static(file)}#{name}"/>')


def _home(paper: Paper, scale: float) -> None:
    x, y = places()[HOME]
    paper.dot(x * scale, y * scale, HOME_DOT, "c-home", "c-dot")
    for (x, y, beside, level, island), upwards in zip(ISLANDS, (True, False), strict=True):
        whose = _("(Vietnam)")
        name = f"{island} {whose}"
        paper.dot(x * scale, y * scale, ISLAND_DOT, "c-home")
        room = paper.width - beside * scale
        lines = [name] if width_of(name) <= room else wrapped(name, NAME)
        where, anchor = (beside * scale, "") if max(map(width_of, lines)) <= room else (float(paper.width), "end")
        # Names keep their size where the map is small: the northern one goes up from its islands, the southern down.
        first = min(level * scale, y * scale - 4) - LINE * (len(lines) - 1)
        first = first if upwards else max(level * scale, y * scale + 15)
        for line, words in enumerate(lines):
            paper.text(where, first + LINE * line, words, "t-halo", anchor=anchor)
