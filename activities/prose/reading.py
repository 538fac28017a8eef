"""A whole text read, sentence after sentence and table after table, into figures with their period and body.

Nothing here knows the field's phrases; they are in `words.py` and `meaning.py`.
"""

from __future__ import annotations

from itertools import groupby

from . import words
from .candidates import Candidate, candidates
from .clear import Clear, clear
from .held import Found, Held, ReadSentence
from .layout import Sentence, sentences
from .meaning import Meaning
from .printed import periods
from .speakers import OTHER, Mention, mentions
from .tables import entries, is_row
from .unions import UnionNames
from .when import leading, period_of
from .whether import is_planned, refusal
from .who import body_of

LOOKED_BACK = 60  # figures among which a part looks for its whole


class Reading:
    """One text. `found` are its figures, `read` its sentences, in their order."""

    def __init__(self, text: str, names: UnionNames, default_body: Mention | None = None) -> None:
        self.clear: Clear = clear(text)
        self.names = names
        self.held = Held(default_body)
        self.found: list[Found] = []
        self._by_candidate: dict[int, Found] = {}
        self.read: list[ReadSentence] = []
        for in_table, some in groupby(self._lines(), lambda line: is_row(self.clear, line[0].start, line[-1].end)):
            lines = list(some)
            if in_table and len(lines) > 1:
                self._take_table(lines)
                continue
            for line in lines:
                for sentence in line:
                    self._take(sentence)

    def _lines(self) -> list[list[Sentence]]:
        return [list(some) for _line, some in groupby(sentences(self.clear), lambda one: one.line)]

    def _take(self, sentence: Sentence) -> None:
        text = self.clear.text
        self.held.at(sentence)
        printed = periods(text, sentence.start, sentence.end, self.held.year())
        named = mentions(self.clear, sentence.start, sentence.end, self.names)
        some = []
        if not words.NONE_IS_KNOWN.match(text[sentence.start : sentence.end]):
            taken = [(one.start, one.end) for one in [*printed, *named]]
            some = candidates(text, sentence.start, sentence.end, taken)
        for one in some:
            one.refused = refusal(text, sentence, one)
        goes_on = any(
            one.sentence.line == sentence.line for one in self.found[-1:]
        )  # after figures of external activity
        surroundings = f"{text[sentence.start : sentence.end]}\n{self.held.foreign}{'đối ngoại' if goes_on else ''}"
        Meaning(text, sentence.start, sentence.end, some, surroundings).settle()
        read = ReadSentence(sentence, printed, named, some, self.held.period()[0], self.held.body())
        self.read.append(read)
        told = [one for one in some if one.indicators and not one.refused]
        for one in told:
            self._add(read, one)
        self.held.remember(text, read, bool(told), leading(text, read))

    def _add(self, read: ReadSentence, one: Candidate) -> None:
        host = self._by_candidate.get(id(one.host)) if one.host else None
        found = Found(one, read.sentence, body=body_of(self.clear.text, read, one, host, self.held))
        if found.body is not None and found.body.kind == OTHER:
            one.refused = "other body"
            return
        if host is not None and one.host is not None:  # people came along with their events: the same period
            found.printed, found.doubts = host.printed, [*host.doubts, *(["whose"] if one.host.is_part else [])]
        elif (
            one.noun == words.ACTIVITIES
            and not read.dated
            and self.found
            and self.found[-1].sentence.line == read.sentence.line
        ):
            found.printed = self.found[-1].printed  # a total adds up what was told just before
        else:
            found.printed, found.doubts = period_of(self.clear.text, read, one, self.held)
        one.planned = is_planned(self.clear.text, read.sentence, one, self.held)
        if one.seeks_whole:
            one.whole = self._whole(found)
            one.is_part = one.whole is not None
        self.found.append(found)
        self._by_candidate[id(one)] = found

    def _whole(self, part: Found) -> Candidate | None:
        """The last figure of the same indicator and body whose longer period holds the part's."""
        for one in reversed(self.found[-LOOKED_BACK:]):
            same = one.candidate.indicator == part.candidate.indicator and one.body == part.body
            if same and one.printed and part.printed and one.printed.period != part.printed.period:
                whole, inner = one.printed.period, part.printed.period
                return one.candidate if whole and inner and whole.covers(inner) else None
        return None

    def _take_table(self, lines: list[list[Sentence]]) -> None:
        sentence = lines[0][0]
        self.held.at(sentence)
        rows = [(line[0].start, line[-1].end) for line in lines]
        carried, is_far = self.held.period()
        body = self.held.body()
        for one in entries(self.clear, rows, self.names):
            doubts = ["far"] if is_far and one.period is None else []
            one.candidate.planned = self.held.is_plan
            self.found.append(Found(one.candidate, sentence, one.period or carried, one.body or body, doubts))
