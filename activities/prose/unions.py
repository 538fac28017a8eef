"""Our unions by every name they go by, for finding them in a text. Never guesses: a name two unions share names none.

Made from union records handed in; without any, nothing is found and nothing is asked of the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from activities.models import Term
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import fold
from unionrelations.kit.periods import Period

WORD = re.compile(r"\w+")
# What names are written with or without, and what stands for the same word.
LEFT_OUT = {
    "va",
    "and",
    "the",
    "of",
    "viet",
    "nam",
    "vn",
    "vietnam",
    "nganh",
    "tinh",
    "thanh",
    "pho",
    "tp",
    "trade",
    "city",
    "provincial",
    "province",
    "s",
}
SAME = {
    "cd": ["cong", "doan"],
    "ldld": ["lien", "doan", "lao", "dong"],
    "ptnt": ["phat", "trien", "nong", "thon"],
    "nn": ["nong", "nghiep"],
    "labor": ["labour"],
    "labors": ["labour"],
    "unions": ["union"],
    "hanoi": ["ha", "noi"],
    "gd": ["giao", "duc"],
    "ldldvn": ["lien", "doan", "lao", "dong"],
    "federations": ["federation"],
}
GENERIC = {"cong", "doan", "lien", "lao", "dong", "tong", "union", "federation", "confederation", "labour", "general"}
NATION = {"viet", "việt", "nam", "vn", "vietnam"}  # stands in or after a name
LONGEST_NAME = 14  # words


@dataclass(frozen=True)
class NamedUnion:
    code: str
    start: int
    end: int


@dataclass
class _Step:
    """A place in the tree of names: which words may follow, and whose name ends here."""

    then: dict[str, _Step] = field(default_factory=dict)
    code: str | None = None
    is_shared: bool = False


@dataclass(frozen=True)
class UnionNames:
    """The names of unions and the days of their terms, by code."""

    root: _Step = field(default_factory=_Step)
    acronyms: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[tuple[str, str], Period] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, unions: Iterable[Union]) -> UnionNames:
        """Every name of these unions, and the terms they report by; one query for the terms."""
        unions = list(unions)
        root, acronyms = _Step(), {}
        for one in unions:
            for name in _names(one):
                if re.fullmatch(r"[A-ZĐ&.-]{2,10}", name):
                    acronyms[name] = "" if acronyms.get(name, one.code) != one.code else one.code
                _enter(root, name, one.code)
        terms = {(union.code, term.name): term.period for union, some in Term.objects.of_each(unions) for term in some}
        return cls(
            root, {name: code for name, code in acronyms.items() if code}, terms, {one.code: str(one) for one in unions}
        )

    def found_in(self, cased: str, start: int, end: int) -> list[NamedUnion]:
        """The unions named between two places, the longest name where several begin alike."""
        if not self.root.then:
            return []
        words = [(found[0], found.start(), found.end()) for found in WORD.finditer(cased, start, end)]
        steps = [_steps(word) for word, _, _ in words]
        found, place = [], 0
        while place < len(words):
            if one := self._from(cased, words, steps, place):
                found.append(NamedUnion(one[0], words[place][1], words[one[1]][2]))
                place = one[1]
            place += 1
        return found

    def _from(self, cased: str, words: list, steps: list, place: int) -> tuple[str, int] | None:
        """The union whose name begins with this word, and the place of its last word."""
        if code := self.acronyms.get(words[place][0]):
            return code, place
        if not steps[place]:
            return None
        here, best = self.root, None
        for number in range(place, min(place + LONGEST_NAME, len(words))):
            if number > place and re.search(r"[.;:\n\t()\"]", cased[words[number - 1][2] : words[number][1]]):
                break
            for step in steps[number]:
                here = here.then.get(step)
                if here is None:
                    return best
            if here.code and not here.is_shared and (steps[number] or words[number][0].lower() in NATION):
                best = (here.code, number)
        return best


def _names(union: Union) -> list[str]:
    lines = [union.name, union.name_en, union.short_name, *union.aliases.splitlines()]
    return [one for one in (line.strip() for line in lines) if one]


@lru_cache(maxsize=50_000)
def _steps(word: str) -> list[str]:
    """The words a word stands for in names; none where names are written with or without it."""
    bare = fold(word)
    return [] if bare in LEFT_OUT else SAME.get(bare, [bare])


def _enter(root: _Step, name: str, code: str) -> None:
    steps = [step for word in WORD.findall(name) for step in _steps(word)]
    if not steps or (len(steps) < 3 and all(step in GENERIC for step in steps)):
        return
    if len(steps) == 1:
        return  # an acronym, which must be written as one
    here = root
    for step in steps:
        here = here.then.setdefault(step, _Step())
    here.is_shared = here.is_shared or (here.code is not None and here.code != code)
    here.code = code
