"""The tables of a question as they should be, cell by cell, from a recount. Never reads what it is compared with."""

from __future__ import annotations

from decimal import Decimal

from activities.reports.breakdowns import BREAKDOWNS, NONE, Breakdown
from activities.reports.indicators import BY_CODE
from activities.reports.money import ESTIMATED, SETTLED
from activities.reports.questions import Question
from activities.reports.registers import REGISTERS

from .recount import Recount

Number = int | Decimal | None
Cells = dict[str, tuple[Number, int | None]]  # by column: (surely, perhaps)
TOTAL = "total"


def expected(code: str, question: Question, recount: Recount) -> dict[str, Cells]:
    """By line, the cells a table should show; what nobody knows how to recount should not be there at all."""
    if code in BREAKDOWNS:
        return _broken_down(BREAKDOWNS[code], question, recount)
    if code in REGISTERS:
        if not REGISTERS[code].is_asked(question):
            return {}
        return {key: {code: counts} for key, counts in recount.register(code, question).items()}
    if code == "money":
        return {
            key: {ESTIMATED.code: (estimate, 0), SETTLED.code: (settlement, 0), "unsettled": (unsettled, 0)}
            for key, (estimate, settlement, unsettled) in recount.money(question).items()
        }
    return {}


def _broken_down(breakdown: Breakdown, question: Question, recount: Recount) -> dict[str, Cells]:
    if not breakdown.is_asked(question):
        return {}
    wanted = [BY_CODE[code] for code in breakdown.columns if BY_CODE[code].is_asked(question)]
    found = {
        NONE if key is None else key: {one.code.value: taken.finding(one)[:2] for one in wanted}
        for key, taken in recount.lines(breakdown.code, question).items()
    }
    report = recount.taken(question)
    return found | {TOTAL: {one.code.value: report.finding(one)[:2] for one in wanted}}


def says_nothing(cell: tuple[Number, int | None]) -> bool:
    """Whether a table may leave it out where its whole column is like that."""
    sure, perhaps = cell
    return sure == 0 and not perhaps
