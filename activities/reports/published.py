"""Published figures beside what was logged in their own period, with the gap and what people said of it.

Wherever a gap is known, published = logged + explained + unexplained. A qualifier never becomes a number. Figures that
contradict each other stand side by side: none is added to another, none is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from activities.models import GapExplanation, ReportedFigure
from unionrelations.kit.periods import Period

from .addresses import rows_address
from .findings import Finding
from .many import measure_all
from .questions import Question


@dataclass(frozen=True)
class Published:
    """A published figure and what was logged for the same union in the same period.

    `conflicts` are other figures for that union, indicator and period that give another number.
    """

    figure: ReportedFigure
    beside: Finding
    question: Question  # that the logged number answers
    conflicts: tuple[ReportedFigure, ...] = ()

    @property
    def logged_in_period(self) -> int | None:
        return self.beside.logged

    @property
    def rows_url(self) -> str:
        """The list of the rows logged in the figure's own period."""
        return rows_address(self.beside.indicator, self.question)

    @property
    def gap(self) -> int | None:
        """Published − logged, where the published number is exact and the logged one known; else None."""
        if self.figure.exact_value is None or self.beside.logged is None:
            return None
        return self.figure.exact_value - self.beside.logged

    @property
    def explanations(self) -> tuple[GapExplanation, ...]:
        return tuple(self.figure.explanations.all())

    @property
    def explained(self) -> int:
        """What people said of the gap, added up: 0 where nobody said anything."""
        return sum(one.number for one in self.explanations)

    @property
    def unexplained(self) -> int | None:
        """The rest of the gap; None where there is none to explain."""
        return None if self.gap is None else self.gap - self.explained

    @property
    def explained_beyond(self) -> int:
        """By how many the explanations exceed the gap; it is said, never refused, and never cut off."""
        rest = self.unexplained
        return abs(rest) if rest and self.gap is not None and rest * self.gap <= 0 else 0


@dataclass(frozen=True)
class Beside:
    """What stands beside one indicator: figures within the years asked for, and others that overlap them."""

    within: tuple[Published, ...] = ()
    partly: tuple[Published, ...] = ()


def beside(union, years: Period, *, under: bool) -> dict[str, Beside]:
    """By indicator code: the published figures of a union, or with `under` also of each union below, one by one."""
    figures = ReportedFigure.objects.touching(years).exclude(indicator="").for_listing().with_explanations()
    figures = figures.filter(union__path__startswith=union.path) if under else figures.filter(union=union)
    placed = defaultdict(lambda: ([], []))
    ordered = list(figures.order_by("union__path", "first_day", "last_day", "pk"))
    for one in _with_conflicts(_with_logged(ordered, union, under)):
        placed[one.figure.indicator][0 if years.covers(one.figure.period) else 1].append(one)
    return {code: Beside(tuple(within), tuple(partly)) for code, (within, partly) in placed.items()}


def standing(figure: ReportedFigure, *, under: bool) -> Published:
    """One figure by itself, beside its union's own activities or, with `under`, also those of the unions below."""
    alike = list(ReportedFigure.objects.alike(figure).for_listing().with_explanations())
    return next(one for one in _with_conflicts(_with_logged(alike, figure.union, under)) if one.figure.pk == figure.pk)


def _with_conflicts(figures: list[Published]) -> Iterator[Published]:
    """Each with the other figures that tell of the same thing and give another number."""
    alike: dict[tuple, list[ReportedFigure]] = defaultdict(list)
    for one in figures:
        alike[_tells_of(one.figure)].append(one.figure)
    for one in figures:
        others = alike[_tells_of(one.figure)]
        yield replace(one, conflicts=tuple(other for other in others if _contradict(one.figure, other)))


def _tells_of(figure: ReportedFigure) -> tuple:
    return figure.union_id, figure.indicator, figure.first_day, figure.last_day


def _contradict(one: ReportedFigure, other: ReportedFigure) -> bool:
    """A word such as "hundreds" gives no number; a part contradicts neither its whole nor the parts printed with it."""
    if ReportedFigure.Qualifier.VAGUE in (one.qualifier, other.qualifier):
        return False
    if one.pk == other.subset_of_id or other.pk == one.subset_of_id:
        return False
    if one.subset_of_id and one.subset_of_id == other.subset_of_id and one.document_id == other.document_id:
        return False
    return (one.low, one.high) != (other.low, other.high)


def _with_logged(figures: list[ReportedFigure], union, under: bool) -> list[Published]:
    """The union reported on is measured the way its report is; each union below by its own activities."""
    asked = {one.pk: Question(one.union, one.period, under=under and one.union_id == union.pk) for one in figures}
    measured = measure_all(asked.values())
    return [Published(one, measured[asked[one.pk]][one.indicator], asked[one.pk]) for one in figures]
