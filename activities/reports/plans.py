"""A plan beside what became of it: lines, people and money by quarter. Never asks for rows.

What was planned stands in the quarter it was planned in, what was held in the quarter in which the first of it began:
each line once on either side, so that every column adds up to the whole. Held, outstanding and dropped add up to the
lines. What is not known is never 0, and money of two currencies is never added up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from activities.models import Cost, Outcome, PlanLine
from activities.models.plan_lines import total


@dataclass(frozen=True)
class Money:
    """Of one currency: what was estimated and what was settled; None where nobody wrote it down."""

    currency: str
    estimate: Decimal | None
    spent: Decimal | None


class Share:
    """Some lines of plans and what became of them. They are fetched `for_listing` and `for_reader`."""

    def __init__(self, lines: Iterable[PlanLine]):
        self.lines = list(lines)

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def outcomes(self) -> dict[str, int]:
        return {one: sum(line.outcome == one for line in self.lines) for one in Outcome.values}

    held = property(lambda self: self.outcomes[Outcome.HELD])
    outstanding = property(lambda self: self.outcomes[Outcome.OUTSTANDING])
    dropped = property(lambda self: self.outcomes[Outcome.DROPPED])

    @property
    def people(self) -> int | None:
        """Planned, as far as it is said; None where no line says it."""
        return total(line.people for line in self.lines)

    @property
    def people_unsaid(self) -> int:
        return sum(line.people is None for line in self.lines)

    @property
    def people_brought(self) -> int | None:
        return total(line.people_brought for line in self.lines)

    @property
    def lines_missing_people(self) -> int:
        """Lines of which something was held and the headcount is not known, or not whole."""
        return sum(line.people_missing > 0 for line in self.lines)

    @cached_property
    def money(self) -> list[Money]:
        """One for each currency that a line is estimated in or something was settled in."""
        estimated = {line.currency for line in self.lines if line.estimate is not None}
        settled = {one for line in self.lines for one, amount in line.spent.items() if amount is not None}
        return [
            Money(
                one,
                Cost.total(line.estimate for line in self.lines if line.currency == one),
                Cost.total(line.spent.get(one) for line in self.lines),
            )
            for one in sorted(estimated | settled, key=lambda it: (it != "VND", it))
        ]

    @property
    def unestimated(self) -> int:
        return sum(line.estimate is None for line in self.lines)


@dataclass(frozen=True)
class Slot:
    """A quarter by its first day, or None for what lies in no single one, was not held, or of a time nobody said."""

    quarter: date | None
    share: Share  # the lines planned in it
    results: Share  # the lines held in it, whenever they were planned; beside None those that were held in none

    @property
    def number(self) -> int | None:
        return None if self.quarter is None else (self.quarter.month + 2) // 3

    @property
    def key(self) -> str:
        """As lists are asked for it."""
        return "none" if self.quarter is None else f"{self.quarter.year}-{self.number}"


class Beside(Share):
    """All lines of a plan, or of the plans of several unions, and the same by quarter and by union."""

    @cached_property
    def slots(self) -> list[Slot]:
        """Every quarter a line was planned or held in, in order, and last what stands in none."""
        quarters = {line.quarter for line in self.lines} | {line.held_in for line in self.lines}
        ranked = sorted(one for one in quarters if one is not None)
        return [self._slot(one) for one in (*ranked, None) if one in quarters]

    def _slot(self, quarter: date | None) -> Slot:
        planned = Share(line for line in self.lines if line.quarter == quarter)
        return Slot(quarter, planned, Share(line for line in self.lines if line.held_in == quarter))

    @cached_property
    def kinds(self) -> list[tuple[str, str, Share]]:
        """(kind, direction, its lines), delegations out and in first; those of no kind last."""
        order = {"delegation": 0, "conference": 1, "course": 2, "": 3}
        keys = {(line.kind, line.direction) for line in self.lines}
        ranked = sorted(keys, key=lambda one: (order[one[0]], -ord(one[1][:1] or " ")))
        return [(*key, Share(line for line in self.lines if (line.kind, line.direction) == key)) for key in ranked]

    @cached_property
    def plans(self) -> list[tuple]:
        """(plan, its lines), the highest union first."""
        plans = {line.plan_id: line.plan for line in self.lines}
        ranked = sorted(plans.values(), key=lambda one: (one.union.path, one.pk))
        return [(one, Share(line for line in self.lines if line.plan_id == one.pk)) for one in ranked]
