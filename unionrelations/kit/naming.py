"""Which record a name means. Certain only where the names are the same; what is alike is offered, never taken.

Never knows what the records are. Names are folded, and what people write freely is evened out on both sides before
they are compared: abbreviations, courtesy words, brackets.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz, process

from .folding import fold

TOO_SHORT = 4  # letters; of "Ấn" and "Anh" nobody can say that one is a slip of the other
ALIKE = 80  # of 100; where names that are the same with a slip part from names that only look alike (tests measure it)
SAME_WORD, FEW_WORDS = 60, 4  # of 100; words of a name in which one other word makes another name
MOST_OFFERED = 5
MOST_TAKEN_APART = 8  # words; of more, a name that is part of them is not sought
MOST_SLIPS = 25  # names, of which several may be of one record

# As reports, forms and lists of delegations of Vietnamese unions shorten their own names and those of the state.
ABBREVIATIONS = {
    "cd": "cong doan", "cdcs": "cong doan co so", "cdvn": "cong doan viet nam", "ld": "lien doan",
    "ldld": "lien doan lao dong", "ldldvn": "lien doan lao dong viet nam", "tld": "tong lien doan",
    "tldld": "tong lien doan lao dong", "tldldvn": "tong lien doan lao dong viet nam", "vn": "viet nam",
    "vietnam": "viet nam", "tw": "trung uong", "tp": "thanh pho", "tphcm": "thanh pho ho chi minh",
    "hcm": "ho chi minh", "hd": "hoi dong", "kcn": "khu cong nghiep", "kcx": "khu che xuat", "kkt": "khu kinh te",
    "nhnn": "ngan hang nha nuoc", "mttq": "mat tran to quoc", "bch": "ban chap hanh", "tct": "tong cong ty",
    "dsq": "dai su quan", "qt": "quoc te", "labor": "labour",
}  # fmt: skip
CENTRAL = re.compile(r"\b(?:T\.? ?Ư\.?|T\.W\.?)(?!\w)")  # folded, TƯ would be one with tư and từ
BRANCH = re.compile(r"\bcong doan nganh\b")  # "Công đoàn ngành Giáo dục" calls itself "Công đoàn Giáo dục"
PROVINCE = re.compile(r"^(lien doan lao dong) (?:tinh|thanh pho) ")

# Before the name of a country. What is left must be a country's name as a whole.
COURTESY = re.compile(
    r"^(?:dat nuoc|nuoc|cong hoa dan chu nhan dan|chdcnd|cong hoa nhan dan|chnd|cong hoa lien bang|chlb|"
    r"cong hoa xa hoi chu nghia|chxhcn|cong hoa hoi giao|cong hoa|ch|vuong quoc|vq|lien bang|lb|the) "
)
# Without its first words, each would be another country.
WHOLE_ONLY = frozenset({"cong hoa trung hoa", "ch trung hoa", "cong hoa trieu tien", "ch trieu tien"})

# What half of all names say tells none apart; longer phrases first, so that "công thương" keeps its công.
SAID_BY_ALL = re.compile(
    r"\b(?:tong lien doan lao dong|lien doan lao dong|tong cong doan|tong lien doan|lien hiep|lien doan|cong doan|"
    r"nghiep doan|hiep hoi|to chuc|trung uong|quoc gia|quoc te|toan quoc|the gioi|nganh|cac|cua|va|nguoi lao dong|"
    r"trade unions?|labou?r unions?|workers|unions?|confederation|federation|national|international|general|congress|"
    r"of|the|and|for)\b"
)
BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@dataclass(frozen=True)
class Near:
    """A record whose name is like the one asked for; `score` to 100."""

    key: Hashable
    label: str
    score: int


@dataclass(frozen=True)
class NameMatch:
    """What a name can mean: one record for certain, or some it is near to, best first."""

    key: Hashable | None = None
    near: tuple[Near, ...] = ()
    ambiguous: bool = False  # several records have exactly this name


class Names:
    """An index over records held in memory: key, label to show, and every name each goes by."""

    def __init__(self, entries: Iterable[tuple[Hashable, str, Iterable[str]]]):
        self._labels: dict[Hashable, str] = {}
        self._folded: defaultdict[str, dict[Hashable, None]] = defaultdict(dict)
        self._expanded: defaultdict[str, dict[Hashable, None]] = defaultdict(dict)
        self._joined: defaultdict[str, dict[Hashable, None]] = defaultdict(dict)  # "Ba-lan", "Ba Lan"
        self._telling: defaultdict[str, dict[Hashable, None]] = defaultdict(dict)
        self._holding: defaultdict[str, set[str]] = defaultdict(set)  # telling names by each of their words
        self._of_words: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)  # by all of them
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)  # by how many there are, the shortest first
        self._known: dict[str, NameMatch] = {}
        for key, label, names in entries:
            self._labels[key] = label
            for name in filter(None, names):
                self._add(key, name)
        for telling in sorted(self._telling, key=len):
            words = telling.split()
            self._by_length[len(words)].append(telling)
            self._of_words[tuple(sorted(set(words)))].add(telling)
            for word in words:
                self._holding[word].add(telling)

    def _add(self, key: Hashable, name: str) -> None:
        for one in (name, *_around_brackets(name)[:1]):
            folded = _folded(one)
            self._folded[folded][key] = None
            self._joined[folded.replace(" ", "")][key] = None
            expanded = _expanded(one)
            for form in {expanded, PROVINCE.sub(r"\1 ", expanded)}:
                self._expanded[form][key] = None
        self._telling[_telling(_expanded(name))][key] = None

    def knows(self, words: str) -> bool:
        """Whether somebody goes by exactly this name."""
        return self.match(words).key is not None

    def match(self, words: str) -> NameMatch:
        """The record the words name for certain, or those they are near to; an empty match where there is none."""
        known = self._known.get(words)
        if known is None:
            known = self._known[words] = self._match(words)
        return known

    def _match(self, words: str) -> NameMatch:
        if not _folded(words):
            return NameMatch()
        found = self._same(words)
        if len(found) == 1:
            return NameMatch(key=found[0])
        if found:
            return NameMatch(near=self._offered(dict.fromkeys(found, 100.0)), ambiguous=True)
        near = self._alike(words)
        around, *inside = _around_brackets(words) or [words]
        if not inside:
            return NameMatch(near=self._offered(near))
        return self._by_parts(around, inside, near)

    def _by_parts(self, around: str, inside: list[str], near: dict[Hashable, float]) -> NameMatch:
        """The name before its brackets, and what stands inside: its acronym, or its country."""
        outer = self._same(around)
        inner = list(dict.fromkeys(key for one in inside for key in self._same(one)))
        near = self._alike(around) | near
        agreed = [key for key in inner if key in outer]
        certain = agreed or (outer if not inner else []) or [key for key in inner if not outer and key in near]
        if len(certain) == 1:
            return NameMatch(key=certain[0])
        return NameMatch(near=self._offered(near | dict.fromkeys((*outer, *inner), 100.0)), ambiguous=len(certain) > 1)

    def _same(self, words: str) -> list[Hashable]:
        """Records that have exactly this name; the first way of evening out that finds any decides."""
        folded, expanded = _folded(words), _expanded(words)
        joined = folded.replace(" ", "")
        for form, index in ((folded, self._folded), (expanded, self._expanded), (joined, self._joined)):
            if found := index.get(form):
                return list(found)
        while folded not in WHOLE_ONLY and (bare := COURTESY.sub("", folded)) != folded:
            folded = bare
            if found := self._folded.get(folded):
                return list(found)
        return []

    def _alike(self, words: str) -> dict[Hashable, float]:
        told = _telling(_expanded(words))
        scores: dict[str, float] = {name: _containing(told, name) for name in self._holding_all_of(told)}
        for name, score in self._slips_of(told):
            scores[name] = max(score, scores.get(name, 0))
        near: dict[Hashable, float] = {}
        for name, score in scores.items():
            if score >= ALIKE:
                for key in self._telling[name]:
                    near[key] = max(near.get(key, 0), min(score, 99))  # 100 is for names that are the same
        return near

    def _holding_all_of(self, told: str) -> set[str]:
        """Names that have every word told, and names all words of which are told."""
        words = sorted(set(told.split()))
        found = set.intersection(*(self._holding.get(word, set()) for word in words))
        for size in range(1, len(words) if len(words) <= MOST_TAKEN_APART else 1):
            for some in combinations(words, size):
                found |= self._of_words.get(some, set())
        return found | self._of_words.get(tuple(words), set())

    def _slips_of(self, told: str) -> Iterator[tuple[str, float]]:
        """Names the letters of which are alike: only among those about as long can there be any."""
        if len(told) < TOO_SHORT:
            return
        share = ALIKE / (200 - ALIKE)  # of the longer in the shorter, for a likeness of twice what both have in both
        for size in range(told.count(" "), told.count(" ") + 3):  # a blank may be too many, or one word missing
            names = self._by_length.get(size, [])
            first = bisect_left(names, math.ceil(len(told) * share), key=len)
            last = bisect_right(names, math.floor(len(told) / share), key=len)
            alike = process.extract(told, names[first:last], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_SLIPS)
            yield from ((name, score) for name, score, _place in alike if not _differ_by_a_word(told, name))

    def _offered(self, scores: dict[Hashable, float]) -> tuple[Near, ...]:
        best = sorted(scores.items(), key=lambda one: (-one[1], self._labels[one[0]]))
        return tuple(Near(key, self._labels[key], round(score)) for key, score in best[:MOST_OFFERED])


def _folded(words: str) -> str:
    return " ".join(fold(words).split())


def _expanded(words: str) -> str:
    told = CENTRAL.sub("trung ương", unicodedata.normalize("NFC", words))
    return BRANCH.sub("cong doan", " ".join(ABBREVIATIONS.get(word, word) for word in fold(told).split()))


def _around_brackets(words: str) -> list[str]:
    """What stands before and after brackets, then what stands in each; nothing where there are none."""
    inside = [one[0] or one[1] for one in BRACKETS.findall(words)]
    around = BRACKETS.sub(" ", words)
    return [around, *inside] if inside and _folded(around) else []


def _telling(expanded: str) -> str:
    """The words that tell a name apart, all where none does. Việt Nam is made short, or it would outweigh the rest."""
    told = " ".join(SAID_BY_ALL.sub(" ", PROVINCE.sub(r"\1 ", expanded)).split())
    told = told.replace("viet nam", "vn")
    return told if told not in ("", "vn") else expanded


def _differ_by_a_word(one: str, other: str) -> bool:
    """Whether two short names part in a whole word: Quảng Nam is no slip of Quảng Ngãi."""
    mine, theirs = one.split(), other.split()
    if len(mine) != len(theirs) or len(mine) > FEW_WORDS:
        return False
    return any(fuzz.ratio(*pair) < SAME_WORD for pair in zip(mine, theirs, strict=True))


def _containing(one: str, other: str) -> float:
    """How near a name is to a longer one that has all its words: by how much of it they are."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if Counter(shorter) - Counter(longer):
        return 0
    return 70 + 30 * len("".join(shorter)) / len("".join(longer))
