"""The drawing of a table: bars of what ranks its lines, or the world where they are countries. Never counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partners.models.countries import HOME
from unionrelations.kit.drawing import Bars, Chart, Column, Mark, Place, Series, WorldMap

if TYPE_CHECKING:
    from .tables import Line, Table

DRAWN = 15  # bars; further lines stand in the table alone
STANDING = ("year", "month")
# A column that counts one sort of activity has its colour and its pattern.
SHAPES = {
    "delegations_out": "c-out",
    "delegations_in": "c-in",
    "conferences_hosted": "c-conf",
    "conferences_abroad": "c-conf",
    "conferences_home": "c-conf",
    "meetings": "c-conf",
    "courses": "c-course",
}


def chart_of(table: Table) -> Chart | None:
    """None where a drawing would say no more than the table: with fewer than two lines to compare."""
    lines = [one for one in table.named_lines if _value(table, one)]
    if table.code == "country":
        abroad = tuple(_place(table, one) for one in lines if one.key != HOME)
        return WorldMap(table.label, abroad) if abroad else None
    if table.code == "money" or len(lines) < 2:
        return None
    if table.code == "year":
        return _stacked(table, lines)
    column = table.columns[table.ranks]
    columns = tuple(Column(one.label, (Mark(_value(table, one), one.cells[table.ranks].url),)) for one in lines[:DRAWN])
    return Bars(table.label, columns, (Series("one", column.label, "c-one"),), lying=table.code not in STANDING)


def _value(table: Table, line: Line) -> int:
    return int(line.cells[table.ranks].number or 0)


def _place(table: Table, line: Line) -> Place:
    return Place(line.key, line.label, _value(table, line), line.cells[table.ranks].url)


def _stacked(table: Table, lines: list[Line]) -> Bars:
    """Each year's activities by what they count as, one upon the other; a part counts beside its whole."""
    drawn = [(place, one) for place, one in enumerate(table.columns) if one.code in SHAPES]
    series = tuple(Series(one.code, one.label, SHAPES[one.code]) for _place, one in drawn)
    columns = tuple(
        Column(
            line.label,
            tuple(Mark(int(line.cells[place].number or 0), line.cells[place].url, one.code) for place, one in drawn),
        )
        for line in lines
    )
    return Bars(table.label, columns, series)
