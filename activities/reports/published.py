"""Published figures beside what was logged in their own period, with the gap. Never adds one to another.

A gap is a difference of two numbers that are both known; a qualifier never becomes a number.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from activities.models import ReportedFigure
from unionrelations.kit.periods import Period

from .findings import Finding
from .many import measure_all
from .questions import Question


@dataclass(frozen=True)
class Published:
    """A published figure and what was logged for the same union in the same period."""

    figure: ReportedFigure
    beside: Finding

    @property
    def logged_in_period(self) -> int | None:
        return self.beside.logged

    @property
    def gap(self) -> int | None:
        """Published − logged, where the published number is exact and the logged one known; else None."""
        if self.figure.exact_value is None or self.beside.logged is None:
            return None
        return self.figure.exact_value - self.beside.logged


@dataclass(frozen=True)
class Beside:
    """What stands beside one indicator: figures within the years asked for, and others that overlap them."""

    within: tuple[Published, ...] = ()
    partly: tuple[Published, ...] = ()


def beside(union, years: Period, *, under: bool) -> dict[str, Beside]:
    """By indicator code: the published figures of a union, or with `under` also of each union below, one by one."""
    figures = ReportedFigure.objects.touching(years).exclude(indicator="").for_listing()
    figures = figures.filter(union__path__startswith=union.path) if under else figures.filter(union=union)
    placed = defaultdict(lambda: ([], []))
    for one in _with_logged(list(figures.order_by("union__path", "first_day", "last_day", "pk")), union, under):
        placed[one.figure.indicator][0 if years.covers(one.figure.period) else 1].append(one)
    return {code: Beside(tuple(within), tuple(partly)) for code, (within, partly) in placed.items()}


def _with_logged(figures: list[ReportedFigure], union, under: bool) -> list[Published]:
    """The union reported on is measured the way its report is; each union below by its own activities."""
    asked = {one.pk: Question(one.union, one.period, under=under and one.union_id == union.pk) for one in figures}
    measured = measure_all(asked.values())
    return [Published(one, measured[asked[one.pk]][one.indicator]) for one in figures]
