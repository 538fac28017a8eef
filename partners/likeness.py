"""Whether two partners may be one organisation, by their names. Pure rules: never asks a database, never merges.

A name has words that half of all organisations share and words that tell them apart; only the second are compared.
The thresholds were set on the pairs in `tests/test_likeness_of_partners.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from unionrelations.kit.folding import MOST_WORDS, fold

# Words that half of all organisations share, folded.
COMMON = frozenset(
    fold(
        "công đoàn liên hiệp hội tổ chức trung ương tổng ngành quốc gia tế thế giới toàn cầu người động việt của và "
        "union unions trade labour labor workers federation confederation national international of the and"
    ).split()
)
ALIKE = 70  # per cent from which two are said to be alike
SHORTEST_NAME = 4  # letters of a name that says who is meant by itself; shorter ones are acronyms
FUZZIEST = 84  # per cent of letters that two spellings of one name share, at least
LONG_NAME, NEARLY_THE_SAME = 6, 92  # letters, and per cent of them, where but one word tells
OTHER_COUNTRY = 35  # what standing in different countries takes away
SAME_COUNTRY = 5
MOST_IN_A_BLOCK = 300  # partners that share a word; a word of more tells nobody apart


@dataclass(frozen=True)
class Likeness:
    """How alike, in per cent, and by what: (code, values) of each piece of evidence."""

    score: int
    evidence: tuple[tuple[str, tuple], ...]


@dataclass(frozen=True)
class Names:
    """What a partner goes by: every name folded, and its country's key, None for bodies of none."""

    pk: int | None
    lines: tuple[str, ...]
    country: int | None

    @classmethod
    def of(cls, pk: int | None, folded: str, country: int | None) -> Names:
        return cls(pk, tuple(dict.fromkeys(line for line in folded.split("\n") if line)), country)


def telling_words(name: str) -> frozenset[str]:
    """The folded words of a name that tell organisations apart; all of them where none does."""
    words = frozenset(fold(name).split()[:MOST_WORDS])
    return words - COMMON or words


def same_partner(one: Names, other: Names) -> Likeness | None:
    """By what two partners may be the same organisation; None where nothing says so."""
    score, code, values = max(_of_names(one, other), default=(0, "", ()))
    if not score:
        return None
    evidence = [(code, values)]
    if one.country is not None and other.country is not None:
        is_same = one.country == other.country
        score += SAME_COUNTRY if is_same else -OTHER_COUNTRY
        evidence.append(("same_country" if is_same else "other_country", (one.country, other.country)))
    if score < ALIKE:
        return None
    return Likeness(min(score, 100), tuple(evidence))


def _of_names(one: Names, other: Names) -> Iterator[tuple[int, str, tuple]]:
    """(score, code, values) of every way in which two of their names agree."""
    for mine in one.lines:
        for theirs in other.lines:
            if mine == theirs:
                yield (95, "same_name", (mine,)) if len(mine) >= SHORTEST_NAME else (72, "same_acronym", (mine,))
            elif len(mine) >= SHORTEST_NAME and len(theirs) >= SHORTEST_NAME:
                yield from _of_spellings(mine, theirs)


def _of_spellings(mine: str, theirs: str) -> Iterator[tuple[int, str, tuple]]:
    """Two spellings: nearly the same letters, or the same telling words in another order."""
    own, others = telling_words(mine), telling_words(theirs)
    if mine.replace(" ", "") == theirs.replace(" ", "") or (own == others and len(own) > 1):
        yield 88, "same_words", (mine, theirs)
        return
    if any(one.isdecimal() for one in own ^ others):
        return  # number 1 and number 2 differ by one letter and are two
    if len(own) == 1 and (
        min(len(mine), len(theirs)) < LONG_NAME or fuzz.token_sort_ratio(mine, theirs) < NEARLY_THE_SAME
    ):
        return  # one word that tells is too little: Laos and labour fold to the same letters
    letters = fuzz.ratio(" ".join(sorted(own)), " ".join(sorted(others)))
    if letters >= FUZZIEST and len(own) == len(others) and _differ_by_spelling(own, others):
        yield round(letters * 0.9), "like_name", (mine, theirs, round(letters))


def _differ_by_spelling(own: frozenset[str], others: frozenset[str]) -> bool:
    """Whether each word that only one of them has, has a counterpart of nearly its letters in the other."""
    left, right = own - others, others - own
    return all(max((fuzz.ratio(word, one) for one in right), default=0) >= 75 and len(word) > 3 for word in left)


def pairs_alike(partners: Iterable[Names]) -> Iterator[tuple[int, int, Likeness]]:
    """Every two that may be one. Only those are compared that share a name, or the start or end of a telling word."""
    rows = list(partners)
    blocks: dict[str, list[int]] = {}
    for number, one in enumerate(rows):
        for key in {key for line in one.lines for key in _keys(line)}:
            blocks.setdefault(key, []).append(number)
    seen = set()
    for block in blocks.values():
        if len(block) > MOST_IN_A_BLOCK:
            continue
        for place, first in enumerate(block):
            for second in block[place + 1 :]:
                if (first, second) in seen:
                    continue
                seen.add((first, second))
                if found := same_partner(rows[first], rows[second]):
                    yield rows[first].pk, rows[second].pk, found


def _keys(line: str) -> Iterator[str]:
    """What two spellings of one name have in common: all letters, or the start or end of a telling word."""
    yield line.replace(" ", "")
    telling = telling_words(line)
    for word in telling:
        yield f"{word} {len(telling)}"
        if len(word) >= SHORTEST_NAME:
            yield f"{word[:3]}… {len(telling)}"
            yield f"…{word[-3:]} {len(telling)}"
