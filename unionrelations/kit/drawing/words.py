"""How much room words take in a drawing, how they are broken and cut, and how numbers are written.

Nothing tells a server which font a reader has, so letters are taken to be as wide as those of the widest font in use.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise

from django.utils.formats import number_format

SIZE = 13  # of every letter, in the drawing's units
LINE = 17  # from one line of words to the next: Vietnamese stacks two marks
MORE = "…"
STRONGER = 1.12  # how much wider words in the heavier weight are

THIN, BROAD = "ijl.,:;'’|!()[]/ ·", "mwMW@%—…"


@cache
def _breadth(letter: str) -> float:
    """Of one letter, in parts of its size."""
    if unicodedata.combining(letter):
        return 0.0
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain in THIN:
        return 0.36
    if plain in BROAD or unicodedata.east_asian_width(plain) in "WF":
        return 1.0
    return 0.74 if plain.isupper() else 0.64


def width_of(words: str, *, strong: bool = False) -> float:
    return SIZE * sum(map(_breadth, words)) * (STRONGER if strong else 1)


def cut(words: str, width: float) -> str:
    """The words, or as much of their beginning as fits with a mark that there is more."""
    if width_of(words) <= width:
        return words
    room = width - width_of(MORE)
    kept = 0
    for letter in words:
        room -= SIZE * _breadth(letter)
        if room < 0:
            break
        kept += 1
    return words[:kept].rstrip() + MORE


def wrapped(words: str, width: float, lines: int = 2) -> list[str]:
    """The words on at most so many lines, broken at spaces; what does not fit is cut off the last."""
    found: list[str] = []
    line = ""
    left = words.split()
    while left:
        longer = f"{line} {left[0]}".strip()
        if line and width_of(longer) > width:
            if len(found) == lines - 1:
                return [*found, cut(" ".join([line, *left]), width)]
            found.append(line)
            line = ""
        else:
            line = longer
            left.pop(0)
    return [cut(one, width) for one in [*found, line] if one]


def number(value: int) -> str:
    """As the reader writes it."""
    return number_format(value, use_l10n=True, force_grouping=True)


def steps_to(most: int, lines: int = 4) -> list[int]:
    """Round numbers from 0 up to at least `most`, at most so many above the ground."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * lines >= most:
                return list(range(0, most + step, step))
        size *= 10


def ranges_of(values: list[int], most: int = 5) -> list[tuple[int, int]]:
    """(from, to) of at most so many steps that hold all of these numbers above 0: each its own where they are few,
    otherwise steps that grow as the numbers do, each with a number in it."""
    known = sorted(set(values))
    if len(known) <= most:
        return [(one, one) for one in known]
    low, high = known[0], known[-1]
    edges = sorted({round(low * (high / low) ** (step / most)) for step in range(most)})
    groups = [[one for one in known if edge <= one and one < after] for edge, after in pairwise([*edges, high + 1])]
    return [(group[0], group[-1]) for group in groups if group]
