"""Columns of an activity's papers, its money, and whether the plan names it.

Papers are known by number and day. A sum is kept in the union's own accounts, settled once the activity was held.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from activities.models import Cost, Paper
from unionrelations.kit.folding import fold
from unionrelations.kit.importing import Column, FieldColumn
from unionrelations.kit.importing.columns import in_house_words
from unionrelations.kit.importing.dates import CellColumn
from unionrelations.kit.importing.drafts import shown
from unionrelations.kit.windows import day_in_words
from unionrelations.kit.written import Misread, read_funding, read_paper, read_papers

MONEY = gettext_lazy("Costs in total")  # the item of a sum a list gives without saying of what


class PapersColumn(Column):
    """Papers of one kind: (number, day) each. What has neither is kept as words."""

    def __init__(self, kind: Paper.Kind, *headings: str, **more):
        super().__init__(kind.value, *headings, label=kind.label, **more)
        self.kind = kind

    def read(self, cell, draft, context):
        if cell is None:
            return None
        if isinstance(cell, date):
            return frozenset({("", read_paper(day_in_words(cell)).day)})
        said = set()
        for paper in read_papers(cell):
            if paper.number or paper.day:
                said.add((paper.number[:80], paper.day))
            elif paper.words:
                draft.remarks.append(f"{draft.headings[self.name][0]}: {paper.words}")
        return frozenset(said) or None

    def held(self, record, context):
        return frozenset((one.number, one.day) for one in record.papers.all() if one.kind == self.kind)

    def together(self, held, said, is_exact):
        return held | (said or frozenset())

    def rows(self, record, value, context):
        papers = sorted(value, key=lambda one: (one[1] or date.min, one[0]))
        return [Paper(activity_id=record.pk, kind=self.kind, number=number, day=day) for number, day in papers]

    def amend(self, record, value, context):
        for row in self.rows(record, value - self.held(record, context), context):
            row.save()

    def in_words(self, value):
        told = (" ".join(filter(None, (number, day and day_in_words(day)))) for number, day in value or ())
        return "; ".join(sorted(told))


@dataclass(frozen=True)
class Money:
    """A sum a list gives for an activity: settled where that was held, estimated before."""

    amount: Decimal | None
    currency: str
    source: str
    is_settled: bool


class CostColumn(Column):
    """One cost in the union's accounts; the cells it is read from stand in columns of their own."""

    def held(self, record, context):
        for one in self._ours(record, context):
            if one.item == in_house_words(MONEY):
                return self._told(one)
        return None

    def together(self, held, said, is_exact):
        return held if said is None else said

    def _ours(self, record, context) -> list[Cost]:
        return [one for one in record.costs.all() if one.union_id == context.union.pk]

    @staticmethod
    def _told(cost: Cost) -> Money:
        settled = cost.settlement is not None
        amount = cost.settlement if settled else cost.estimate
        return Money(None if amount is None else amount.normalize(), cost.currency, cost.source, settled)

    def rows(self, record, value, context):
        return [self._filled(Cost(activity_id=record.pk, union=context.union, item=in_house_words(MONEY)), value)]

    @staticmethod
    def _filled(cost: Cost, value: Money) -> Cost:
        cost.settlement = value.amount if value.is_settled else cost.settlement
        cost.estimate = cost.estimate if value.is_settled else value.amount
        cost.currency, cost.source, cost.version = value.currency, value.source, cost.version or 1
        return cost

    def amend(self, record, value, context):
        self._amended(record, value, context).save()

    def _amended(self, record, value, context) -> Cost:
        cost = next((one for one in self._ours(record, context) if one.item == in_house_words(MONEY)), None)
        return self._filled(copy(cost) if cost else self.rows(record, value, context)[0], value)

    def is_over(self, record, value, context) -> bool:
        """Whether it would settle more than was estimated, of which a list gives no reason."""
        after = self._amended(record, value, context)
        return after.is_over and not after.over_reason

    def in_words(self, value):
        if value is None:
            return ""
        return " ".join(
            filter(None, (f"{value.amount:f}", value.currency, str(dict(Cost.Source.choices).get(value.source, ""))))
        )


@dataclass(frozen=True)
class Payer:
    """One of the sources of money, and the words that say so."""

    source: str
    words: str


def payer_in(cell: Any) -> Payer | None:
    """Who pays, where a cell meant for an amount says that and nothing else."""
    try:
        source = read_funding(cell) if isinstance(cell, str) and not any(map(str.isdigit, cell)) else None
    except Misread:
        return None
    return Payer(source, shown(cell)) if source else None


def payer_beside(cell: Any) -> str:
    """The source an amount names in brackets; "" where it names none."""
    for words in re.findall(r"\(([^()]*)\)", cell) if isinstance(cell, str) else ():
        if payer := payer_in(words):
            return payer.source
    return ""


class OnPlanColumn(FieldColumn):
    """Whether the plan names it; off plan the same cell may say why."""

    def read(self, cell, draft, context):
        told = fold(cell).strip() if isinstance(cell, str) else ""
        if not told.startswith(("ngoai k", "off plan", "trong k", "on plan")):
            return super().read(cell, draft, context)
        is_on = told.startswith(("trong k", "on plan"))
        _sign, _colon, reason = cell.partition(":")
        if reason.strip() and not is_on:
            draft.values.setdefault("off_plan_reason", reason.strip()[:300])
        return is_on


class FundingColumn(CellColumn):
    """Who pays, as one of the sources; other words are kept as a remark."""

    def read(self, cell, draft, context):
        if cell is None:
            return None
        try:
            source = read_funding(cell)
        except Misread:
            source = None
        if source is None:
            draft.remarks.append(f"{draft.headings[self.name][0]}: {shown(cell)}")
        return Payer(source, shown(cell)) if source else None
