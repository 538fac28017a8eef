"""What every chart can do: say itself in a sentence, be drawn at a width, become a picture. Never knows its shape."""

from __future__ import annotations

import json
import zlib

import typst
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .paper import Paper
from .words import number

WIDE, NARROW = 720, 300  # at a desk, on a phone: the letters keep their size
PICTURE = 700  # units of the drawing in a picture, so that its letters are as large as a document's
PAGE = """
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: float(sys.inputs.width) * 1pt)
"""
SAID = 3  # lines the sentence names


class Chart:
    """`title` says what is counted, and of whom. Frozen, so that it may be drawn as often as wanted."""

    title: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; then `alt` says so, `svg` is "" and `png` is b""."""
        raise NotImplementedError

    @property
    def alt(self) -> str:
        """One sentence for whoever does not see the drawing."""
        raise NotImplementedError

    def draw(self, paper: Paper) -> float:
        """Draws on the paper; gives the height it took."""
        raise NotImplementedError

    def svg(self, width: int = WIDE, *, links: bool = True, standalone: bool = False) -> SafeString:
        """The drawing for a page; `standalone` for a file, with its colours and fonts written into it."""
        if self.is_empty:
            return SafeString("")
        name = f"{zlib.crc32(repr((self, width)).encode('utf-8', 'replace')):x}"
        paper = Paper(width, name, links=links, standalone=standalone)
        height = self.draw(paper)
        return paper.finished(height, str(self.title), self.alt)

    @property
    def wide(self) -> SafeString:
        return self.svg(WIDE)

    @property
    def narrow(self) -> SafeString:
        return self.svg(NARROW)

    def png(self, width: int = 1400) -> bytes:
        """The drawing as a picture so many pixels wide. Made by typst: never before a process forks."""
        if self.is_empty:
            return b""
        drawing = str(self.svg(PICTURE, links=False, standalone=True))
        inputs = {"drawing": drawing, "width": json.dumps(PICTURE)}
        return typst.compile(PAGE.encode(), sys_inputs=inputs, format="png", ppi=72 * width / PICTURE)


def in_a_sentence(title: str, values: list[tuple[str, int]], undetermined: int = 0, *, summed: bool = True) -> str:
    """The title and the largest of the values by name, the rest counted. Bars may count a thing twice, so their sum is
    said to be theirs and never a total; where even that would mislead, `summed` is False.
    """
    title = str(title).rstrip(".")
    known = sorted((one for one in values if one[1]), key=lambda one: -one[1])
    if not known and not undetermined:
        return _("%(title)s: there is nothing to draw.") % {"title": title}
    words = {
        "title": title,
        "total": number(sum(value for _label, value in known)),
        "largest": ", ".join(f"{label} ({number(value)})" for label, value in known[:SAID]),
    }
    if not known:
        sentence = _("%(title)s: nothing for sure") % words
    elif len(known) == 1:
        sentence = _("%(title)s: %(largest)s") % words
    else:
        sentence = _("%(title)s: most %(largest)s") % words
    if (rest := len(known) - SAID) > 0:
        sentence += ngettext(" and %(rest)s other", " and %(rest)s others", rest) % {"rest": number(rest)}
    if summed and len(known) > 1:
        sentence += _("; the bars add up to %(total)s") % words
    if undetermined:
        sentence += _("; undetermined besides: %(number)s") % {"number": number(undetermined)}
    return f"{sentence}."
