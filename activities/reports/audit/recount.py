"""Any number of any question, counted one by one from the records, which are read once. Never asks for a sum."""

from __future__ import annotations

from decimal import Decimal

from activities.models.figures import Indicates
from activities.reports.indicators import INDICATORS, Indicator
from activities.reports.questions import Question

from . import beside
from .lines import Key, lines
from .records import Records
from .taken import Taken

Counts = tuple[int | None, int | None, int]  # logged, undetermined, unknown headcounts


class Recount:
    def __init__(self):
        self.records = Records()
        self._last: tuple[Question, Taken] | None = None

    @property
    def activities(self) -> list:
        return [one.activity for one in self.records.deeds.values()]

    def taken(self, question: Question) -> Taken:
        """The activities of a question; those of the last one asked are kept."""
        if self._last is None or self._last[0] != question:
            self._last = (question, Taken.of(question, self.records))
        return self._last[1]

    def finding(self, indicator: Indicator, question: Question) -> Counts:
        if indicator.code == Indicates.AGREEMENTS_SIGNED:
            return beside.signed(question, self.taken(question), self.records)
        return self.taken(question).finding(indicator)

    def findings(self, question: Question) -> dict[str, Counts]:
        """Every indicator that is asked for, by code."""
        return {one.code.value: self.finding(one, question) for one in INDICATORS if one.is_asked(question)}

    def lines(self, breakdown: str, question: Question) -> dict[Key, Taken]:
        """The activities of each line of a breakdown; None is the line of those that have none."""
        return lines(breakdown, question, self.taken(question), self.records)

    def register(self, code: str, question: Question) -> dict[str, tuple[int, int]]:
        return beside.register(code, question, self.taken(question), self.records)

    def money(self, question: Question) -> dict[str, tuple[Decimal | None, Decimal | None, int]]:
        return beside.money(self.taken(question), self.records)

    def says_more(self, question: Question) -> bool:
        """Whether its tables say more than that there is nothing, and more than the union's own report says."""
        if question.under and len(list(self.records.branch(question.union.pk))) == 1:
            return False
        return not self.records.speaking.isdisjoint(self.taken(question).ours)
