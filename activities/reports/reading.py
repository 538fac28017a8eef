"""Our own sentences read back: which numbers of a text are figures, and whether they still hold.

The patterns are made of the very phrases narrative.py writes with, in every language. Knows nothing of other people's
texts, and reads nothing in what is missing, in doubt, or quoted; a date, a term or a congress is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal

from django.conf import settings
from django.utils import translation

from . import phrases
from .findings import Finding

NUMBER = r"(?<![\w.,/+-])(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+)"
SHOWN = "\x01"  # stands for the number while phrases become patterns
A_YEAR = re.compile(r"(?:19|20)\d\d")  # we group thousands, so four figures in a row are one
BEFORE_A_DATE = re.compile(
    r"(?:\b(?:ngày|tháng|quý|khóa|khoá|bước|lần|thứ|month|quarter|step|no\.)|\d\s*[-–—/])\s*$", re.IGNORECASE
)
QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
END_OF_PART = re.compile(r"[.!?](?=\s|$)|[;\n]")
TO_THE_END = r"(?:[^.!?\n]|[.!?](?!\s|$))*"  # of the sentence
BLANK = "\x00"


@dataclass(frozen=True)
class ReadFigure:
    """A figure as a text says it: `words` stand at `start` to `end`, their number first where they have digits."""

    indicator: str
    value: int
    start: int
    end: int
    words: str
    is_at_least: bool = False

    @property
    def number_end(self) -> int:
        """Where its digits end; where it says none without digits, its words do."""
        digits = re.match(r"[\d.,]*\d", self.words)
        return self.start + digits.end() if digits else self.end


@dataclass(frozen=True)
class Segment:
    """A stretch of a text edited by hand. `expected` is the finding of a figure; None where that is not known."""

    text: str
    start: int
    end: int
    state: Literal["plain", "figure", "stale"] = "plain"
    indicator: str = ""
    expected: int | None = None


@dataclass(frozen=True)
class _Pattern:
    """A way of saying one or several indicators; `hosts` are the events such people come along with, by indicator."""

    words: re.Pattern
    hosts: tuple[tuple[str, str], ...]  # (indicator, the events it belongs to, or nothing where it stands alone)


@dataclass(frozen=True)
class _Said:
    match: re.Match
    hosts: tuple[tuple[str, str], ...]

    @property
    def start(self) -> int:
        return self.match.start("number") if "number" in self.match.groupdict() else self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()


def figures_in(text: str) -> list[ReadFigure]:
    """The figures our own sentences say in a text, in their order, whatever language they are in."""
    return list(_read_once(text))


@lru_cache(maxsize=512)
def _read_once(text: str) -> tuple[ReadFigure, ...]:
    """What a text says hangs on nothing but itself."""
    clear = _blanked(text)
    found = []
    for first, last in _parts(clear):
        said = list(_said_in(clear, first, last))
        events = [(one.hosts[0][0], one) for one in said if not one.hosts[0][1]]
        for one in said:
            if indicator := _indicator(one, events):
                found.append(_read(text, one, indicator))
    return tuple(found)


def checked(text: str, findings: Mapping[str, Finding]) -> list[Segment]:
    """A text cut into plain words and numbers that still hold or no longer do. Joined, they are the text again."""
    segments, done = [], 0
    for one in figures_in(text):
        if one.indicator not in findings:
            continue
        expected = findings[one.indicator].logged
        segments += [
            Segment(text[done : one.start], done, one.start),
            Segment(
                text[one.start : one.number_end],
                one.start,
                one.number_end,
                "figure" if expected == one.value else "stale",
                one.indicator,
                expected,
            ),
        ]
        done = one.number_end
    segments.append(Segment(text[done:], done, len(text)))
    return [one for one in segments if one.text]


def by_hand(text: str, generated: str) -> list[tuple[str, bool]]:
    """The text in stretches, each with whether its words are other than the generated ones. Joined, they are the text.

    Words that were only left out leave no mark: there is nothing to see of them.
    """
    pieces = re.findall(r"\S+\s*|^\s+", text)
    before = generated.split()
    alike = SequenceMatcher(None, before, [one.strip() for one in pieces], autojunk=False).get_matching_blocks()
    kept = {block.b + step for block in alike for step in range(block.size)}
    stretches: list[tuple[str, bool]] = []
    for place, piece in enumerate(pieces):
        changed = bool(piece.strip()) and place not in kept
        if stretches and stretches[-1][1] == changed:
            stretches[-1] = (stretches[-1][0] + piece, changed)
        else:
            stretches.append((piece, changed))
    return stretches


def _blanked(text: str) -> str:
    """The text with what is quoted, missing or in doubt blanked out, character by character."""
    for pattern in (QUOTED, *_without_figures()):
        text = pattern.sub(lambda found: BLANK * len(found[0]), text)
    return text


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between semicolons and ends of sentences: people belong to events of their own stretch."""
    done = 0
    for end in END_OF_PART.finditer(text):
        yield done, end.start()
        done = end.end()
    yield done, len(text)


def _said_in(text: str, first: int, last: int) -> Iterator[_Said]:
    """What is said in a stretch, in its order; of words read two ways the longer hold."""
    ways = [
        _Said(found, pattern.hosts) for pattern in _patterns() for found in pattern.words.finditer(text, first, last)
    ]
    done = first
    for one in sorted(ways, key=lambda one: (one.start, -one.end, one.match.start())):
        if one.start >= done and not _is_a_date(text, one):
            yield one
            done = one.end


def _is_a_date(text: str, said: _Said) -> bool:
    return "number" in said.match.groupdict() and bool(
        A_YEAR.fullmatch(said.match["number"]) or BEFORE_A_DATE.search(text, max(said.start - 20, 0), said.start)
    )


def _indicator(said: _Said, events: list[tuple[str, _Said]]) -> str:
    """What it is a figure of: people are those of the nearest events that bring such people along; else of nothing."""
    of = {host: indicator for indicator, host in said.hosts}
    if "" in of:
        return of[""]
    near = [(max(one.start - said.end, said.start - one.end), code) for code, one in events if code in of]
    return of[min(near)[1]] if near else ""


def _read(text: str, said: _Said, indicator: str) -> ReadFigure:
    found = said.match.groupdict()
    value = int(re.sub(r"\D", "", found["number"])) if "number" in found else 0
    words = text[said.start : said.end]
    return ReadFigure(indicator, value, said.start, said.end, words, bool(found.get("at_least")))


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Every way the phrases say a figure, in every language."""
    ways: dict[str, list[tuple[str, str]]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for words, indicator, host in _ways():
                hosts = ways.setdefault(words, [])
                if (indicator, host) not in hosts:
                    hosts.append((indicator, host))
    return tuple(_Pattern(re.compile(words, re.IGNORECASE), tuple(hosts)) for words, hosts in ways.items())


def _ways() -> Iterator[tuple[str, str, str]]:
    """Each way in the active language: a pattern, the indicator, and the events it belongs to."""
    for clause in (*phrases.CLAUSES, phrases.TOTAL):
        for noun in _forms(clause.code):
            yield _pattern(noun if clause.is_named else clause.did % {"events": noun}), clause.code, ""
        for one in clause.brought:
            for noun in _forms(one.code):
                yield _pattern(noun), one.code, clause.code
            if one.none:
                yield _pattern((one.none % {"did": "", "events": ""}).strip(" ,")), one.code, clause.code


def _forms(code: str) -> set[str]:
    return {phrases.agreeing(phrases.NOUNS[code], number, SHOWN) for number in (1, 2, 5)}


def _pattern(words: str) -> str:
    at_least = _spaced((phrases.AT_LEAST % {"brought": SHOWN}).partition(SHOWN)[0].strip())
    return rf"(?<!\w){_spaced(words)}(?!\w)".replace(SHOWN, rf"(?:(?P<at_least>{at_least})\s+)?{NUMBER}")


def _spaced(words: str) -> str:
    """A pattern of words, however wide the blanks between them."""
    return r"\s+".join(re.escape(one) for one in words.split())


@cache
def _without_figures() -> tuple[re.Pattern, ...]:
    """The sentences whose numbers are no figures, in every language: to their last word, whatever a union is called."""
    sentences = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for sentence in phrases.NO_FIGURES:
                *before, _end = re.split(r"%\(\w+\)s", str(sentence))
                sentences.append(re.compile(r"[^\n]*?".join(re.escape(one) for one in before) + TO_THE_END))
    return tuple(dict.fromkeys(sentences))
