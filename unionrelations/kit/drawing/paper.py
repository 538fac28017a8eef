"""What a chart is drawn on: SVG for a page, where classes colour it, or for a file, which holds its own colours.

Never knows what it shows. Whatever is said on it is escaped here, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .words import LINE, SIZE, cut, width_of

# The first of these that the machine has; every one has the letters of Vietnamese. The last is typst's own.
FONTS = "Liberation Sans, Arial, Be Vietnam Pro, DejaVu Sans, Libertinus Serif"
# What the style sheet says of each class in the light, for files.
FILE_PAINT = {
    "c-out": {"fill": "#1f4b8e"},
    "c-in": {"fill": "#2f7571"},
    "c-conf": {"fill": "#8f6717"},
    "c-course": {"fill": "#7b5b92"},
    "c-one": {"fill": "#1f4b8e"},
    "c-vague": {"fill": "#edf2fa", "stroke": "#1f4b8e", "stroke-dasharray": "4 3"},
    "c-step-1": {"fill": "#a3bce3"},
    "c-step-2": {"fill": "#7397cf"},
    "c-step-3": {"fill": "#4671b3"},
    "c-step-4": {"fill": "#1f4b8e"},
    "c-step-5": {"fill": "#0e2850"},
    "c-ground": {"fill": "#e9e6df"},
    "c-home": {"fill": "#a31621"},
    "c-hatch": {"fill": "none", "stroke": "#ffffff", "stroke-width": "1.5"},
    "c-dots": {"fill": "#ffffff"},
    "c-dot": {"stroke": "#ffffff"},
    "gridline": {"stroke": "#e6e2da"},
    "axis": {"stroke": "#cfc9be"},
    "t-strong": {"fill": "#1d1b18", "font-weight": "600"},
    "t-soft": {"fill": "#686259"},
    "t-halo": {"stroke": "#ffffff", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"},
}
FILE_INK, FILE_GROUND = "#45413a", "#ffffff"
# What tells the colours apart for whoever does not see them: (side of the square that repeats, its lines).
PATTERNS = {
    "c-in": (7, '<path {c-hatch} d="M-1 1L1-1M-1 8L8-1M6 8L8 6"/>'),
    "c-conf": (7, '<circle {c-dots} cx="2" cy="2" r="1.1"/><circle {c-dots} cx="5.5" cy="5.5" r="1.1"/>'),
    "c-course": (6, '<path {c-hatch} d="M0 3H6"/>'),
}
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML may hold them


def said(words) -> str:
    return escape(UNSEEN.sub("", str(words)))


def at(length: float) -> str:
    """A length as short as it can be written, in tenths."""
    return f"{length:.1f}".removesuffix(".0")


class Paper:
    """`name` sets its patterns apart from those of other charts on a page."""

    def __init__(self, width: int, name: str, *, links: bool, standalone: bool):
        self.width, self.name, self.links, self.standalone = width, name, links, standalone
        self.parts: list[str] = []
        self.patterned: set[str] = set()

    def paint(self, *shapes: str) -> str:
        """The attributes that colour something of these classes."""
        if not self.standalone:
            return f'class="{" ".join(shapes)}"'
        paints = [item for shape in shapes for item in FILE_PAINT.get(shape, {}).items()]
        return " ".join(f'{name}="{value}"' for name, value in paints)

    def bar(self, box: tuple[float, float, float, float], shape: str, *, told_apart: bool = False) -> None:
        """A rectangle (x, y, width, height); `told_apart` lays the pattern of its class over the colour."""
        if told_apart and shape in PATTERNS:
            self.patterned.add(shape)
            paint = f'fill="url(#{shape}-{self.name})"'
        else:
            paint = self.paint(shape)
        x, y, width, height = map(at, box)
        self.parts.append(f'<rect {paint} x="{x}" y="{y}" width="{width}" height="{height}" rx="2"/>')

    def touch(self, box: tuple[float, float, float, float]) -> None:
        """The room in which a link is hit; nothing in a file."""
        if self.links and not self.standalone:
            x, y, width, height = map(at, box)
            self.parts.append(f'<rect class="c-touch" x="{x}" y="{y}" width="{width}" height="{height}"/>')

    def line(self, path: str, shape: str) -> None:
        self.parts.append(f'<path {self.paint(shape)} d="{path}"/>')

    def dot(self, x: float, y: float, radius: float, *shapes: str) -> None:
        self.parts.append(f'<circle {self.paint(*shapes)} cx="{at(x)}" cy="{at(y)}" r="{at(radius)}"/>')

    def text(self, x: float, y: float, words, *shapes: str, anchor: str = "") -> None:
        paint = f" {self.paint(*shapes)}" if shapes else ""
        where = f' text-anchor="{anchor}"' if anchor else ""
        self.parts.append(f'<text{paint} x="{at(x)}" y="{at(y)}"{where}>{said(words)}</text>')

    @contextmanager
    def link(self, url: str, name: str) -> Iterator[None]:
        """What is drawn inside opens `url` and is called `name`; without an address it only tells its name."""
        if self.links and url:
            self.parts.append(f'<a href="{said(url)}" aria-label="{said(name)}"><title>{said(name)}</title>')
            yield
            self.parts.append("</a>")
        elif self.standalone or not name:
            yield
        else:
            self.parts.append(f"<g><title>{said(name)}</title>")
            yield
            self.parts.append("</g>")

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """What is drawn inside is for the eye: the links and the sentence under the drawing say the same."""
        self.parts.append('<g aria-hidden="true">')
        yield
        self.parts.append("</g>")

    def keys(self, top: float, entries: list[tuple[str, str]], *, told_apart: bool = False) -> float:
        """What each class stands for, in rows from `top` down; gives where the next thing may begin."""
        x, y = 0.0, top
        with self.unheard():
            for shape, label in entries:
                words = cut(label, self.width - 20)
                needed = 20 + width_of(words)
                if x and x + needed > self.width:
                    x, y = 0.0, y + LINE + 3
                if shape == "c-home":
                    self.dot(x + 6, y + 8, 4, shape)
                else:
                    self.bar((x + 0.5, y + 2, 12, 12), shape, told_apart=told_apart)
                self.text(x + 18, y + 12.5, words)
                x += needed + 14
        return y + LINE + 3

    def finished(self, height: float, title: str, alt: str) -> SafeString:
        size = f'viewBox="0 0 {self.width} {at(height)}"'
        drawn = self._patterns() + "".join(self.parts)
        if self.standalone:
            head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{at(height)}" {size}'
            head += f' font-family="{FONTS}" font-size="{SIZE}" fill="{FILE_INK}">'
            drawn = f'<rect width="100%" height="100%" fill="{FILE_GROUND}"/>{drawn}'
            head += f"<title>{said(title)}</title><desc>{said(alt)}</desc>"
        elif self.links:
            head = f'<svg class="chart drawn" role="group" aria-label="{said(title)}" {size}>'
        else:
            head = f'<svg class="chart drawn" role="img" aria-label="{said(alt)}" {size}>'
        return mark_safe(f"{head}{drawn}</svg>")  # noqa: S308 every word in it went through `said`

    def _patterns(self) -> str:
        found = []
        for shape in sorted(self.patterned):
            side, lines = PATTERNS[shape]
            for one in ("c-hatch", "c-dots"):
                lines = lines.replace(f"{{{one}}}", self.paint(one))
            found.append(
                f'<pattern id="{shape}-{self.name}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
                f'<rect {self.paint(shape)} width="{side}" height="{side}"/>{lines}</pattern>'
            )
        return f"<defs>{''.join(found)}</defs>" if found else ""
