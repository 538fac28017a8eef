"""How a text is laid out: lines, list items, headings, sentences. Never knows what any of them tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .clear import Clear

NUMBERED = re.compile(
    r"[ \t]*(?:(?P<bullet>[-•*+●▪■◦➢✓·]|o(?= [A-ZĐ]))[ \t]*(?=\D)|(?P<roman>\(?[IVX]{1,5}[.)/])\s|(?P<part>(?:Phần|"
    r"PHẦN|Part) [\wIVX]+[.:]?)\s"
    r"|(?P<figure>\(?\d{1,2}(?:\.\d{1,2})*[.)/])\s|(?P<letter>\(?[a-zđA-Z]\))\s|(?P<lettered>[a-zđ]\.)\s)"
)
LEVELS = {"part": 1, "roman": 1, "figure": 2, "letter": 3, "lettered": 3}
ENDS = re.compile(r"(?:[.!?…]+[\"')\]]*)(?=\s|$)|;(?=\s*\t)")
ABBREVIATED = re.compile(
    r"(?:\b(?:tp|ts|ths|pgs|gs|ks|tx|q|p|st|mr|mrs|ms|dr|no|vs|v|tr|đ/c|vv|nxb|bs|cn|inc|co|ltd)|(?<!\w)[a-zđ])\.$"
)
LONGEST_HEADING = 220
LONGEST = 2000  # characters; what runs on without an end is read in pieces, or it would be read for hours
WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Sentence:
    """`line` counts lines, `level` is that of a heading (0: none), `is_item` an entry of a list."""

    start: int
    end: int
    line: int
    level: int = 0
    is_item: bool = False
    is_label: bool = False  # a heading that ends in a colon: it speaks of the lines below it

    @property
    def is_heading(self) -> bool:
        return self.level > 0


def sentences(clear: Clear) -> Iterator[Sentence]:
    start = 0
    for number, line in enumerate(clear.cased.split("\n")):
        yield from _of_line(clear, start, start + len(line), number)
        start += len(line) + 1


def _of_line(clear: Clear, start: int, end: int, number: int) -> Iterator[Sentence]:
    mark = NUMBERED.match(clear.cased, start, end)
    kind = mark.lastgroup if mark else None
    begin = mark.end() if mark else start
    parts = list(_cut(clear.text, begin, end))
    if not parts:
        return
    is_item = kind is not None and kind not in ("roman", "part")
    level = _heading_level(clear.text, parts, kind)
    for first, last in parts:
        yield Sentence(first, last, number, level, is_item, level > 0 and clear.text[last - 1] == ":")


def _heading_level(text: str, parts: list[tuple[int, int]], kind: str | None) -> int:
    """A short line of its own that no full stop ends. A bullet is an entry of a list, never a heading."""
    first, last = parts[0]
    if len(parts) > 1 or last - first > LONGEST_HEADING or text[last - 1] in ".;,!?…" or kind == "bullet":
        return 0
    return LEVELS.get(kind or "", 4)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    done = start
    for found in ENDS.finditer(text, start, end):
        if found[0] == "." and _goes_on(text, done, found.start(), found.end(), end):
            continue
        yield from _trimmed(text, done, found.end())
        done = found.end()
    yield from _trimmed(text, done, end)


def _goes_on(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """A full stop of an abbreviation or an initial ends nothing, but at the end of the line."""
    return after < end and ABBREVIATED.search(text, max(start, stop - 8), stop + 1) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    if end > start and WORD.search(text, start, end):
        yield start, end
