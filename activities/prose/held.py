"""What one sentence tells, and what headings, paragraphs and earlier sentences say of those after them.

Never decides what holds for a number; `when.py` and `who.py` ask it where a sentence itself says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import words
from .candidates import Candidate
from .layout import Sentence
from .printed import Printed
from .speakers import HEADLESS, OURS, Mention

PLANS = re.compile(
    r"\b(?:phương hướng|nhiệm vụ|kế hoạch|dự kiến|định hướng|chỉ tiêu|mục tiêu|plan|planned|tasks|targets|outlook)\b"
)
RESULTS = re.compile(
    r"\b(?:kết quả|tình hình|tổng kết|sơ kết|báo cáo|thực hiện|đã|results?|report|review|achievements)\b"
)


@dataclass
class ReadSentence:
    """A sentence and all that was recognised in it."""

    sentence: Sentence
    periods: list[Printed]
    mentions: list[Mention]
    candidates: list[Candidate]
    held_period: Printed | None = None  # what held before it
    held_body: Mention | None = None

    @property
    def dated(self) -> list[Printed]:
        """The periods whose days are known."""
        return [one for one in self.periods if one.period is not None]


@dataclass
class Found:
    """A figure on its way: a candidate with the answers to when, who and whether."""

    candidate: Candidate
    sentence: Sentence
    printed: Printed | None = None
    body: Mention | None = None
    doubts: list[str] = field(default_factory=list)


@dataclass
class Context:
    period: Printed | None = None
    body: Mention | None = None
    planned: bool = False


class Held:
    """What holds at a place of the text, by headings (their level) and paragraph; `last` is of the text so far."""

    def __init__(self, default_body: Mention | None) -> None:
        self.default_body = default_body
        self.headings: dict[int, Context] = {}
        self.paragraph = Context()
        self.last = Context()
        self.foreign = ""  # the words of headings, which may say that all below is about other countries
        self._line = -1

    def at(self, sentence: Sentence) -> None:
        """A new line that is no entry of a list leaves what the paragraph before it said."""
        if sentence.line != self._line and (sentence.is_heading or not sentence.is_item):
            self.paragraph = Context()
        self._line = sentence.line

    def period(self) -> tuple[Printed | None, bool]:
        """The period that holds where a sentence prints none, and whether it stands far away."""
        near = self.paragraph.period or self._of_headings("period")
        return (near, False) if near else (self.last.period, self.last.period is not None)

    def year(self) -> int | None:
        """The year that a part of a year without one belongs to."""
        held, _far = self.period()
        if held is None or held.period is None or held.period.end is None:
            return None
        first, last = held.period.start.year, held.period.end.year
        return first if first == last else None

    def body(self) -> Mention | None:
        return self.paragraph.body or self.heading_body() or self.default_body or self.last.body

    def heading_body(self) -> Mention | None:
        return self._of_headings("body")

    @property
    def is_plan(self) -> bool:
        return self.paragraph.planned or any(one.planned for one in self.headings.values())

    def _of_headings(self, name: str):
        levels = sorted(self.headings, reverse=True)
        return next((found for level in levels if (found := getattr(self.headings[level], name))), None)

    def remember(self, text: str, read: ReadSentence, has_figures: bool, leading: Printed | None) -> None:
        """Takes in what a sentence says of those after it; `leading` is the period it sets for them."""
        sentence, body = read.sentence, subject(read)
        broad = next((one for one in read.dated if one.is_broad), None)
        if sentence.is_heading and not has_figures:
            shown = text[sentence.start : sentence.end]
            for level in [level for level in self.headings if level >= sentence.level]:
                del self.headings[level]
            is_plan = PLANS.search(shown) is not None and RESULTS.search(shown) is None
            self.headings[sentence.level] = Context(broad, body, is_plan)
            self.foreign = f"{self.foreign}\n{shown}"[-600:]
        elif not sentence.is_item:
            self.paragraph.period = leading or self.paragraph.period
            self.paragraph.body = body or self.paragraph.body
        if broad and (sentence.is_heading or leading):
            self.last.period = broad
        if body and body.kind == OURS:
            self.last.body = body


def subject(read: ReadSentence) -> Mention | None:
    """The body the sentences after it are about."""
    acting = next((one for one in read.mentions if one.acts and one.kind != HEADLESS), None)
    return acting or next((one for one in read.mentions if one.reports and one.kind == OURS), None)


def is_of_a_part(text: str, read: ReadSentence, printed: Printed) -> bool:
    """A period a subset word leads: "riêng năm 2022" is of that part alone."""
    first = max(read.sentence.start, printed.start - 40)
    found = list(words.SUBSET.finditer(text, first, printed.start))
    if not found or re.search(r"[,;]", text[found[-1].end() : printed.start]):
        return False
    return any(one.end <= found[-1].start() and one.indicators for one in read.candidates)
