"""The period a number is of: printed beside it, in its clause, in its sentence, or held from before. Never added up."""

from __future__ import annotations

import re

from .candidates import Candidate
from .held import Held, ReadSentence, is_of_a_part
from .printed import Printed


def period_of(text: str, read: ReadSentence, one: Candidate, held: Held) -> tuple[Printed | None, list[str]]:
    """The period, and what makes it doubtful."""
    return _When(text, read, one).choose(held)


def leading(text: str, read: ReadSentence) -> Printed | None:
    """The period a sentence sets for those after it: a broad one before its first figure, of no part."""
    figures = [one for one in read.candidates if one.indicators]
    first = figures[0].start if figures else read.sentence.end
    broad = [one for one in read.dated if one.is_broad]
    some = [one for one in broad if one.end <= first and not is_of_a_part(text, read, one)]
    if not some and len(broad) == len(read.periods) == 1 and len(figures) > 1:
        some = broad
    return some[-1] if some else None


class _When:
    def __init__(self, text: str, read: ReadSentence, one: Candidate) -> None:
        self.text, self.read, self.one = text, read, one
        self.parts = [printed for printed in read.dated if is_of_a_part(text, read, printed)]
        self.others = [other for other in read.candidates if other is not one]
        self.doubts: list[str] = []

    def choose(self, held: Held) -> tuple[Printed | None, list[str]]:
        one = self.one
        for printed in self.read.dated:
            if one.start <= printed.start < one.end or self._is_beside(one, printed, self.others):
                return printed, []
        first, last = self._clause()
        clause = [printed for printed in self.read.dated if first <= printed.start < last]
        for some in (clause, self.read.dated):
            if found := self._before(some) or self._after(some):
                return found, self.doubts
        carried, is_far = held.period()
        return carried, ["far"] if is_far else []

    def _clause(self) -> tuple[int, int]:
        sentence, one = self.read.sentence, self.one
        last = self.text.find(";", one.end, sentence.end)
        first = self.text.rfind(";", sentence.start, one.start)
        return max(sentence.start, first), last if last > 0 else sentence.end

    def _before(self, told: list[Printed]) -> Printed | None:
        before = [printed for printed in told if printed.end <= self.one.start and not self._is_taken(printed)]
        if not before:
            return None
        nearest, wider = before[-1], [printed for printed in before if printed not in self.parts]
        if nearest not in self.parts:
            return nearest
        if not self._is_same_segment(nearest):
            return wider[-1] if wider else None
        if wider and not _covers(wider[-1], nearest):
            self.doubts.append("contradicts")
        return nearest

    def _is_taken(self, printed: Printed) -> bool:
        """Whether a period stands behind an earlier number as its own, while another period is this one's."""
        earlier = [other for other in self.read.candidates if other.end <= printed.start and other.indicators]
        if not earlier or not self._is_beside(earlier[-1], printed, []):
            return False
        return any(other.start >= self.one.end or other.end <= earlier[0].start for other in self.read.dated)

    def _after(self, told: list[Printed]) -> Printed | None:
        """The next period behind it, where that does not open what comes after."""
        free = [printed for printed in told if printed.start >= self.one.end and printed not in self.parts]
        if not free:
            return None
        figures = [other for other in self.read.candidates if other.indicators]
        between = [other for other in figures if self.one.start <= other.start < free[0].start]
        is_last = not any(other.start > free[0].end for other in figures)
        return free[0] if is_last or self._is_beside(between[-1], free[0], []) else None

    def _is_beside(self, one: Candidate, printed: Printed, others: list[Candidate]) -> bool:
        """Whether a period stands behind a number with nothing but its own words between."""
        if printed.start < one.end or any(one.end <= other.start < printed.start for other in others):
            return False
        between = self.text[one.end : printed.start]
        return len(between) < 100 and re.search(r"[,;.)]", between) is None

    def _is_same_segment(self, printed: Printed) -> bool:
        """Whether no comma parts the number from the period, but one that stands inside brackets."""
        between = re.sub(r"\([^()]*\)", "", self.text[printed.end : self.one.start])
        return re.search(r"[,;]", between.removeprefix(",")) is None or ("(" in between and ")" not in between)


def _covers(whole: Printed, part: Printed) -> bool:
    return whole.period is not None and part.period is not None and whole.period.covers(part.period)
