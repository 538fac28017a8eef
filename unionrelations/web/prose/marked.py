"""A text in paragraphs, with the words of each figure marked where they stand. Never knows what a figure says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise


@dataclass(frozen=True)
class Mark:
    """A stretch of the text: the words of one thing, or where `thing` is None, of something that is no figure."""

    start: int
    end: int
    thing: object = None


@dataclass(frozen=True)
class Piece:
    """Words that stand under the same marks; plain ones have none."""

    words: str
    things: tuple = ()  # the innermost last
    ending: tuple = ()  # those of them whose words end here
    is_lookalike: bool = False


class MarkedText:
    """Every character of the text stands in exactly one piece, or between two paragraphs."""

    def __init__(self, text: str, marks: Iterable[Mark]):
        self.text = text
        self.marks = sorted(marks, key=lambda one: (one.start, -one.end))
        self._spans = list(paragraphs(text))
        self._starts = [start for start, _end in self._spans]

    def place(self, at: int) -> int:
        """The number of the paragraph in which this character stands, counted from 1."""
        return max(bisect_right(self._starts, at), 1)

    @property
    def paragraphs(self) -> Iterator[list[Piece]]:
        return ([*self._pieces(start, end)] for start, end in self._spans)

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        here = [one for one in self.marks if one.start < end and one.end > start]
        edges = {start, end, *(min(max(at, start), end) for one in here for at in (one.start, one.end))}
        parts = []
        for first, last in pairwise(sorted(edges)):
            over = tuple(one for one in here if one.start <= first and one.end >= last)
            parts.append((over, last, self.text[first:last]))
        for over, group in groupby(parts, key=lambda one: one[0]):
            _over, ends, words = zip(*group, strict=True)
            meant = [one for one in over if one.thing is not None]
            ending = tuple(one.thing for one in meant if one.end == ends[-1])
            yield Piece("".join(words), tuple(one.thing for one in meant), ending, bool(over) and not meant)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends. A line that begins small goes on with the one before it, as pasted from a letter."""
    start = end = None
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        if words and start is not None and words[0].islower():
            end = at + len(line)
        else:
            if start is not None:
                yield start, end
            start, end = (at, at + len(line)) if words else (None, None)
        at += len(line) + 1
    if start is not None:
        yield start, end
