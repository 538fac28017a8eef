"""The tables of a report: breakdowns, registers and money as lines of cells, each cell with its rows. Never counts.

A table is the one shape pages, charts, files, sentences and JSON are made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from unionrelations.kit.drawing import Chart

from .breakdowns import BREAKDOWNS, Breakdown, LineOf
from .charts import chart_of
from .findings import Tally, measure_by_line
from .indicators import BY_CODE
from .money import ESTIMATED, SETTLED, spending
from .narrative import ranking
from .registers import NONE, REGISTERS, Register

if TYPE_CHECKING:
    from .reports import Report

# In the order reports show them: (address, tables of it).
PARTS = {
    "time": ("year", "month"),
    "unions": ("union",),
    "partners": ("partner", "partner-kind", "dormant", "relations"),
    "countries": ("country", "region"),
    "forms": ("category", "format", "mode", "plan"),
    "courses": ("course",),
    "agreements": ("agreement-events", "agreements-expiring"),
    "money": ("money",),
    "officers": ("officers", "languages", "trained", "proposals"),
}


SHOWN = 40  # lines of one table on a page


@dataclass(frozen=True)
class Cell:
    """A number and the list it opens. None: not known; a number of people then has rows all the same."""

    number: int | Decimal | None
    url: str = ""
    undetermined: int | None = 0
    undetermined_url: str = ""

    @property
    def is_empty(self) -> bool:
        return self.number == 0 and not self.undetermined


@dataclass(frozen=True)
class Line:
    key: str
    label: str
    cells: tuple[Cell, ...]
    is_apart: bool = False  # rows without what the table asks for

    @property
    def last(self) -> Cell:
        return self.cells[-1]


@dataclass(frozen=True)
class Column:
    code: str
    label: str


@dataclass(frozen=True)
class Table:
    """`ranks` is the column that orders lines and draws the chart; `total` the report's own numbers, where lines of
    activities are added up or overlap; a column in which every cell is empty is left out."""

    code: str
    label: str
    head: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    ranks: int = -1
    total: Line | None = None
    overlaps: bool = False
    about: str = ""

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines a page has room for, what stands apart among them; files hold all."""
        room = SHOWN - len(self.lines) + len(self.named_lines)
        return (*self.named_lines[:room], *(one for one in self.lines if one.is_apart))

    @property
    def further(self) -> int:
        return len(self.lines) - len(self.shown)

    @property
    def named_lines(self) -> tuple[Line, ...]:
        """Those that say something, without what stands apart."""
        return tuple(one for one in self.lines if not one.is_apart)

    @property
    def chart(self) -> Chart | None:
        return chart_of(self)

    @property
    def sentence(self) -> str:
        """Its largest lines in words; empty where it has none."""
        if self.code == "money" or not self.named_lines:
            return ""
        return ranking(self.label, [(one.label, int(one.cells[self.ranks].number or 0)) for one in self.named_lines], 0)

    def as_json(self) -> dict:
        return {
            "table": self.code,
            "label": self.label,
            "head": self.head,
            "about": self.about,
            "columns": [{"code": one.code, "label": one.label} for one in self.columns],
            "overlaps": self.overlaps,
            "sentence": self.sentence,
            "lines": [_line_json(self, one) for one in self.lines],
            "total": _line_json(self, self.total) if self.total else None,
        }


def _line_json(table: Table, line: Line) -> dict:
    cells = zip(table.columns, line.cells, strict=True)
    return {
        "line": line.key,
        "label": line.label,
        "apart": line.is_apart,
        "cells": {
            column.code: {
                "logged": cell.number if not isinstance(cell.number, Decimal) else str(cell.number),
                "undetermined": cell.undetermined,
                "rows": cell.url,
            }
            for column, cell in cells
        },
    }


def tables(report: Report, codes: tuple[str, ...]) -> list[Table]:
    """Those of the tables that say anything under the report's question; each in at most a few queries."""
    made = (table(report, code) for code in codes)
    return [one for one in made if one is not None]


def table(report: Report, code: str) -> Table | None:
    if code in BREAKDOWNS:
        return _broken_down(report, BREAKDOWNS[code])
    return _spent(report) if code == "money" else _registered(report, REGISTERS[code])


def _broken_down(report: Report, breakdown: Breakdown) -> Table | None:
    question = report.question
    if not breakdown.is_asked(question):
        return None
    tallies = measure_by_line(breakdown.lined(question))
    wanted = [BY_CODE[code] for code in breakdown.columns if BY_CODE[code].is_asked(question)]
    names = breakdown.names([key for key in tallies if key is not None])
    lines = []
    for key, tally in tallies.items():
        line = LineOf(breakdown, key)
        cells = tuple(_cell(report, tally, indicator, line) for indicator in wanted)
        label = breakdown.without if key is None else names.get(key, key)
        lines.append(Line(key or NONE, capfirst(str(label)), cells, is_apart=key is None))
    columns = tuple(Column(one.code.value, one.label) for one in wanted)
    total = Line("", _("The report"), tuple(_total(report, one.code.value) for one in wanted))
    return _without_empty_columns(
        Table(
            breakdown.code,
            str(breakdown.label),
            str(breakdown.head),
            columns,
            tuple(_in_order(lines, breakdown.in_order)),
            total=total,
            overlaps=breakdown.overlaps,
        )
    )


def _cell(report: Report, tally: Tally, indicator, line: LineOf) -> Cell:
    found = tally.finding(indicator)
    return Cell(
        found.logged,
        report.rows_url(indicator, line=line),
        found.undetermined,
        report.rows_url(indicator, line=line, undetermined=True),
    )


def _total(report: Report, code: str) -> Cell:
    figure = report.figure(code)
    return Cell(figure.logged, figure.rows_url, figure.undetermined, figure.undetermined_url)


def _in_order(lines: list[Line], order: tuple[str, ...] | None) -> list[Line]:
    """Lines in their own order, else the largest first; what stands apart comes last."""
    if order:
        place = {key: number for number, key in enumerate(order)}
        return sorted(lines, key=lambda one: (one.is_apart, place.get(one.key, len(place)), one.key))
    if order is not None:
        return sorted(lines, key=lambda one: (one.is_apart, one.key))
    return sorted(lines, key=lambda one: (one.is_apart, -(one.cells[-1].number or 0), one.label))


def _without_empty_columns(made: Table) -> Table:
    """Columns that say nothing in any line are left out; the last, which ranks the lines, stays."""
    last = len(made.columns) - 1
    kept = [
        place
        for place in range(len(made.columns))
        if place == last or not all(one.cells[place].is_empty for one in made.lines)
    ]

    def cut(line: Line) -> Line:
        return Line(line.key, line.label, tuple(line.cells[place] for place in kept), line.is_apart)

    return Table(
        made.code,
        made.label,
        made.head,
        tuple(made.columns[place] for place in kept),
        tuple(cut(one) for one in made.lines),
        made.ranks,
        cut(made.total) if made.total else None,
        made.overlaps,
        made.about,
    )


def _registered(report: Report, register: Register) -> Table | None:
    question = report.question
    if not register.is_asked(question):
        return None
    counts = register.counts(question)
    order = [key for key, _label in register.lines if key in counts]
    rest = sorted(key for key in counts if key not in order and key != NONE)
    lines = []
    for key in (*order, *rest, *([NONE] if NONE in counts else ())):
        sure, perhaps = counts[key]
        cell = Cell(
            sure,
            report.register_url(register, key),
            perhaps,
            report.register_url(register, key, undetermined=True),
        )
        lines.append(Line(key, capfirst(register.name(key)), (cell,), is_apart=key == NONE))
    column = Column(register.code, capfirst(str(register.model._meta.verbose_name_plural)))
    return Table(
        register.code, str(register.label), str(register.head), (column,), tuple(lines), about=str(register.about)
    )


def _spent(report: Report) -> Table:
    lines = []
    for one in spending(report.question):
        cells = (
            Cell(one.estimate, report.money_url(ESTIMATED, one.key)),
            Cell(one.settlement, report.money_url(SETTLED, one.key)),
            Cell(one.unsettled),
        )
        lines.append(Line(one.key, capfirst(one.label), cells))
    columns = (
        Column(ESTIMATED.code, str(ESTIMATED.label)),
        Column(SETTLED.code, str(SETTLED.label)),
        Column("unsettled", _("Items not settled")),
    )
    about = _("Currencies are never added to each other. Each union's money is read by it and by those above it.")
    return Table("money", _("Money by source"), _("Paid from"), columns, tuple(lines), ranks=1, about=about)
