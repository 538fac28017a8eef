"""Where one activity stands: the term reports it is counted in, under which figures, and what it brings to each.

Says of one activity what the figures say of all. Never counts; never knows a reader: scopes and terms are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from activities.models import ActivityScope, Term
from unionrelations.kit.periods import Period

from .indicators import INDICATORS, PEOPLE, Indicator
from .reports import Report


@dataclass(frozen=True)
class Share:
    """What the activity brings to one figure: 1 where activities are counted, else people, null where unknown."""

    indicator: Indicator
    brings: int | None
    rows_url: str


@dataclass(frozen=True)
class Standing:
    """One term report; `is_sure` is False where the date is too wide to say whether it falls in the term."""

    scope: ActivityScope
    report: Report

    @property
    def window(self) -> Period:
        return Period(self.scope.window_first, self.scope.window_last)

    @property
    def is_sure(self) -> bool:
        return self.report.period.covers(self.window)

    @property
    def shares(self) -> list[Share]:
        return [
            Share(one, self._brings(one), self.report.rows_url(one, undetermined=not self.is_sure))
            for one in INDICATORS
            if one.counts_activities and self._stands_in(one)
        ]

    def _brings(self, indicator: Indicator) -> int | None:
        if indicator.sums == PEOPLE:
            return self.scope.people if self.report.under else self.scope.own_people
        return 1 if indicator.sums is None else getattr(self.scope, indicator.sums)

    def _stands_in(self, indicator: Indicator) -> bool:
        if self.scope.counts_as not in indicator.categories or (indicator.online and not self.scope.online):
            return False
        return not (indicator.once and self._whole_is_logged)

    @property
    def _whole_is_logged(self) -> bool:
        """Its whole stands in the same report, so the total of activities leaves it out."""
        first = self.scope.whole_first
        if first is None or not self.scope.whole_counts or not (self.report.under or self.scope.whole_own):
            return False
        return self.report.period.covers(Period(first, self.scope.whole_last))


def standings(scopes: Iterable[ActivityScope], terms_of_each: Iterable[tuple]) -> Iterator[Standing]:
    """For each union's scope row the term reports it touches: its own report, or the one with those below it."""
    terms: dict[int, list[Term]] = {union.pk: own for union, own in terms_of_each}
    for scope in scopes:
        if not scope.held or not scope.counts_as:
            continue
        for term in terms.get(scope.union_id, []):
            found = Standing(scope, Report.of_term(scope.union, term, under=not scope.own))
            if term.period.overlaps(found.window):
                yield found
