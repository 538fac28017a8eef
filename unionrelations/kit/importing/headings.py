"""Which column a heading stands for, whatever its case, marks, brackets and line breaks.

Never guesses: what is only near is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from .columns import folded_words
from .identity import is_heading

if TYPE_CHECKING:
    from unionrelations.kit.spreadsheets import FoundTable, Heading

RECORD = "record"  # the column that says which record a row is
IGNORED = "-"  # a heading that is known, and not read
IN_WORDS = "+"  # one whose cells are kept in the remark, as they stand
NEAR = 80  # of 100: from there on a known heading is offered for an unknown one
SLIP, LONG_ENOUGH = 92, 8  # of 100, and letters: a slip of the pen in a word nobody confuses with another
FILLERS = frozenset(("date", "day", "of", "the", "cua", "cac", "nhung"))  # change nothing of what a heading means
MOST_OFFERED = 3
IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")


def recognise(table: FoundTable, spoken: Mapping[str, str], given: Mapping[str, str]) -> dict[int, str]:
    """Position → column; "" where nobody knows the heading."""
    telling = {_telling(words): name for words, name in spoken.items()}
    return {one.position: _column(one, spoken, telling, given) for one in table.headings}


def _column(heading: Heading, spoken: Mapping[str, str], telling: Mapping[tuple, str], given: Mapping[str, str]) -> str:
    """As a person said; else whole, then but for fillers, then but for a slip of the pen."""
    if is_heading(heading.text):
        return RECORD
    ways = list(dict.fromkeys(_ways(heading)))
    for known in (given, spoken):
        if name := next((known[words] for words in ways if words in known), ""):
            return name
    if name := next((telling[told] for words in ways if (told := _telling(words)) in telling), ""):
        return name
    for words in ways:
        if len(words) >= LONG_ENOUGH and (
            found := process.extractOne(words, spoken.keys(), scorer=fuzz.ratio, score_cutoff=SLIP)
        ):
            return spoken[found[0]]
    return ""


def _telling(words: str) -> tuple[str, ...]:
    told = words.split()
    return tuple(sorted(one for one in told if one not in FILLERS)) or tuple(told)


# As offices shorten headings, folded.
SHORTENED = {
    "t gian": "thoi gian", "tg": "thoi gian", "k phi": "kinh phi", "kp": "kinh phi", "d vi": "don vi", "sl": "so luong",
    "s luong": "so luong", "n dung": "noi dung", "g chu": "ghi chu", "m dich": "muc dich",
}  # fmt: skip


def _in_full(words: str) -> str:
    padded = f" {words} "
    for short, full in SHORTENED.items():
        padded = padded.replace(f" {short} ", f" {full} ")
    return padded.strip()


def _ways(heading: Heading) -> Iterable[str]:
    """How it may be known: whole, without its brackets, and as its lowest levels."""
    for first in range(len(heading.parts)):
        words = " ".join(heading.parts[first:])
        yield folded_words(words)
        yield (bare := folded_words(IN_BRACKETS.sub(" ", words)))
        yield _in_full(bare)


def key_of(heading: Heading) -> str:
    """What a remembered mapping calls a heading."""
    return folded_words(heading.text)


def offered_for(heading: Heading, spoken: Mapping[str, str]) -> list[str]:
    """Columns whose headings look like this one, the likeliest first."""
    words = folded_words(heading.parts[-1])
    found = process.extract(words, list(spoken), scorer=fuzz.WRatio, score_cutoff=NEAR, limit=10)
    columns = dict.fromkeys(
        spoken[known] for known, _score, _place in found if spoken[known] not in (IGNORED, IN_WORDS)
    )
    return list(columns)[:MOST_OFFERED]
