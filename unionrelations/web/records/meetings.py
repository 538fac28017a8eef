"""What was done with a partner, in a country or by a union, as a reader sees it: numbers, newest rows, year by year.

Every number is counted by the list it opens. Held activities alone are counted; a date too wide for one year stands
in each year it may belong to, as it does in the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from activities.models import Activity
from unionrelations.kit.periods import Period

from .numbers import Listed, listed
from .timeline import Item

HELD = Activity.Status.HELD
SHOWN = 12  # of the newest; the list has all
# Lanes in order: the entity whose list opens, the filters beside, the class of the drawing.
LANES = {
    "out": (DELEGATIONS, {"direction": "out"}, "c-out"),
    "in": (DELEGATIONS, {"direction": "in"}, "c-in"),
    "conferences": (CONFERENCES, {}, "c-conf"),
    "courses": (COURSES, {}, "c-course"),
}


def lane_of(kind: str, counts_as: str) -> str:
    if kind == Activity.Kind.DELEGATION:
        return "out" if counts_as == Activity.Category.DELEGATION_OUT else "in"
    return f"{kind}s"


class Met:
    """`asked` names whom or where, in the words of the lists' own filters."""

    def __init__(self, request, **asked):
        self.request, self.asked = request, asked

    def listed(self, lane: str, **more) -> Listed:
        entity, filters, _shape = LANES[lane]
        return listed(entity, self.request, **self.asked, **filters, status=HELD, **more)

    @cached_property
    def every(self) -> Listed:
        """All of it, planned and called off as well."""
        return listed(ACTIVITIES, self.request, **self.asked)

    @cached_property
    def newest(self) -> list[Activity]:
        return list(self.every.rows[:SHOWN])

    @cached_property
    def numbers(self) -> dict[str, Listed]:
        return {lane: self.listed(lane) for lane in LANES}

    @cached_property
    def held(self) -> list[tuple[str, Activity]]:
        """(lane, activity) of everything held, without what a row of a list would read as well."""
        rows = self.every.rows.filter(status=HELD).order_by().prefetch_related(None)
        rows = rows.only("kind", "counts_as", "starts_on", "ends_on", "precision", "title", "status")
        return [(lane_of(one.kind, one.counts_as), one) for one in rows]

    @property
    def items(self) -> Iterator[Item]:
        for lane, one in self.held:
            yield Item(
                lane, Period(one.starts_on, one.ends_on or one.starts_on), one.precision != "day", LANES[lane][2]
            )

    def last(self, day: date) -> Activity | None:
        """The newest that surely had begun by this day."""
        begun = [one for _lane, one in self.held if one.window.last <= day]
        return max(begun, key=lambda one: (one.window.last, one.pk), default=None)

    @property
    def balance(self) -> tuple[int, int] | None:
        """How visits out and in share a line of 300; None where there was none."""
        out, come = self.numbers["out"].number, self.numbers["in"].number
        share = round(300 * out / (out + come)) if out + come else 0
        return (share, 300 - share) if out + come else None

    @property
    def by_year(self) -> list[tuple[int, list[tuple[str, int, str]]]]:
        """Newest year first: (lane, number, address of the rows) for each lane."""
        found = []
        for year in sorted({year for _lane, one in self.held for year in _years(one)}, reverse=True):
            cells = []
            for lane in LANES:
                number = sum(lane == of and year in _years(one) for of, one in self.held)
                address = self.listed(lane, since=f"{year}-01-01", until=f"{year}-12-31").url
                cells.append((lane, number, address))
            found.append((year, cells))
        return found


def _years(activity) -> range:
    window = activity.window
    return range(window.start.year, window.last.year + 1)
