"""Where blocks go in a Word file: upright, and wide tables on pages turned sideways. Never knows what a block holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy

from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from unionrelations.kit.documents import Block

from .pages import runs

ROWS_KEPT = 3


class Flow:
    """Puts blocks into a document, section by section; `draw` makes the elements of a block for a width in twips."""

    def __init__(self, docx: Docx, draw: Callable[[Block, int], list]):
        self.body, self.draw = docx.element.body, draw

    def put_before(self, mark, blocks: Sequence[Block]) -> None:
        """In place of a paragraph: what stands before and after it stays upright."""
        found = runs(blocks)
        section = _section_of(mark)
        for wide, together in found:
            if wide:
                self._close(mark, section, sideways=False)
            self._put(mark, section, together, sideways=wide)
            if wide:
                self._close(mark, section, sideways=True)
        _keep_with_next(mark.getprevious())

    def put_at_the_end(self, blocks: Sequence[Block]) -> None:
        """After everything else, from a new page on."""
        last = self.body.find(qn("w:sectPr"))
        for wide, together in runs(blocks):
            before = deepcopy(last)
            self._end_section(last, before)
            _turn(last, sideways=wide)
            self._put(last, last, together, sideways=wide)

    def _put(self, before, section, blocks: list[Block], *, sideways: bool) -> None:
        width = _text_width(section, sideways=sideways)
        for block in blocks:
            for element in self.draw(block, width):
                before.addprevious(element)

    def _close(self, before, section, *, sideways: bool) -> None:
        ended = deepcopy(section)
        if sideways:
            _turn(ended, sideways=True)
        self._end_section(before, ended)
        _unlike_the_first(section)

    def _end_section(self, before, ended) -> None:
        """A section ends in its last paragraph; a table cannot hold that, so a paragraph of no height follows it."""
        last = before.getprevious()
        if last is None or last.tag != qn("w:p") or last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            last = _flat_paragraph()
            before.addprevious(last)
        last.get_or_add_pPr().append(ended)
        if before.tag == qn("w:sectPr"):
            _unlike_the_first(before)


def _keep_with_next(last) -> None:
    """A signature never stands on a page without a line of what is signed: the last rows of a table go with it."""
    if last is not None and last.tag == qn("w:tbl"):
        for row in last.findall(qn("w:tr"))[-ROWS_KEPT:]:
            for paragraph in row.iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()


def _section_of(mark):
    """The properties of the section a paragraph lies in: those that come next."""
    following = mark.xpath("following::w:sectPr")
    return following[0]


def _unlike_the_first(section) -> None:
    """Only a document's first page has a head of its own, and numbers run on."""
    for name in ("w:titlePg", "w:pgNumType"):
        for one in section.findall(qn(name)):
            section.remove(one)
    for one in section.findall(qn("w:headerReference")) + section.findall(qn("w:footerReference")):
        if one.get(qn("w:type")) == "first":
            section.remove(one)


def _turn(section, *, sideways: bool) -> None:
    size = section.find(qn("w:pgSz"))
    sides = sorted(int(size.get(qn(one))) for one in ("w:w", "w:h"))
    across, down = reversed(sides) if sideways else sides
    size.set(qn("w:w"), str(across))
    size.set(qn("w:h"), str(down))
    if sideways:
        size.set(qn("w:orient"), "landscape")
    else:
        size.attrib.pop(qn("w:orient"), None)


def _text_width(section, *, sideways: bool) -> int:
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    sides = sorted(int(size.get(qn(one))) for one in ("w:w", "w:h"))
    return sides[sideways] - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))


def _flat_paragraph():
    paragraph = OxmlElement("w:p")
    spacing = OxmlElement("w:spacing")
    for name, value in (("w:before", "0"), ("w:after", "0"), ("w:line", "20"), ("w:lineRule", "exact")):
        spacing.set(qn(name), value)
    paragraph.get_or_add_pPr().append(spacing)
    return paragraph
