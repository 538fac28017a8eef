"""The rows of a table, their cells read and written as the table library does, with what a column needs found out once.

The library asks anew of every cell which field it shows, what the words of its choices are and what its method wants to
be given; on the page of a list that is most of the work. Never knows which table.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import cache
from typing import Any

import django_tables2 as tables
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django_tables2.rows import BoundRow, BoundRows, CellAccessor
from django_tables2.utils import A, signature

AT_ONCE = 1000  # records fetched together
GIVEN = frozenset({"value", "record", "column", "bound_column", "bound_row", "table"})  # what a method may ask for


class Rows(BoundRows):
    """As the library's, giving rows of ours; a table of ours pins none."""

    def __iter__(self):
        for record in self.data:
            yield Row(record, self.table)

    def some_at_a_time(self) -> Iterator[Row]:
        """Every row for whoever needs each once; of a query no more are held than are fetched together.

        A record and what was fetched with it hold each other: left so, they would stay until Python looks for such.
        """
        rows = self.data.data
        if not isinstance(rows, models.QuerySet):
            yield from self
            return
        for record in rows.iterator(AT_ONCE):
            yield Row(record, self.table)
            vars(record).pop("_prefetched_objects_cache", None)

    def of(self, records: list) -> Iterator[Row]:
        """Those of some records, which were fetched already."""
        return (Row(record, self.table) for record in records)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return Rows(self.data[key], self.table, self.pinned_data)
        return Row(self.data[key], self.table)


class Row(BoundRow):
    def __init__(self, record, table):
        self._record, self._table = record, table
        self.row_counter = next(table._counter)

    @property
    def cells(self) -> CellAccessor:
        """Made where it is asked for: kept, each would hold the other."""
        return CellAccessor(self)

    def get_cell(self, name):
        cell = self.table.cells[name]
        value = cell.read(self.record) if cell.is_read else None
        if value in cell.bound.column.empty_values:
            return cell.bound.default
        return cell.render(value, self)

    def get_cell_value(self, name):
        cell = self.table.cells[name]
        value = cell.read(self.record)
        return None if value in cell.bound.column.empty_values else cell.value(value, self)


class Cells(dict):
    """By the name of a column how its cells are made; used while one table is shown, in one language."""

    def __init__(self, table: tables.Table):
        self.table = table

    def __missing__(self, name: str) -> Cell:
        self[name] = Cell(self.table.columns[name])
        return self[name]


class Cell:
    """How the cells of one column are read and made."""

    def __init__(self, bound: tables.columns.BoundColumn):
        self.bound, self.accessor = bound, A(bound.accessor)
        self.is_plain = len(self.accessor.bits) == 1 and not self.accessor.callable_args
        self.render = self._linked(self._calling(bound.render)) if bound.link else self._calling(bound.render)
        default = getattr(bound.value, "__func__", None) is tables.Column.value
        self.value = self._calling(bound.column.render if default else bound.value)
        self._readers: dict[type, Callable[[Any], Any]] = {}
        # A column that is never empty and makes its cell of the record alone need not be read for it.
        self.is_read = bool(bound.column.empty_values) or bool(bound.link) or "value" in self._asked(bound.render)

    def read(self, record):
        """What the column shows of a record, before it is written; None where there is nothing."""
        kind = type(record)
        if kind not in self._readers:
            self._readers[kind] = self._reader(kind)
        return self._readers[kind](record)

    def _reader(self, kind: type) -> Callable[[Any], Any]:
        """How it is read of records of one kind."""
        if not (self.is_plain and issubclass(kind, models.Model)):
            return self._read_far
        name = str(self.accessor)
        if _has_choices(kind, name):
            words: dict[Any, Any] = {}

            def chosen(record):
                value = getattr(record, name)
                if value not in words:
                    words[value] = getattr(record, f"get_{name}_display")()
                return words[value]

            return chosen

        def plain(record):
            try:
                value = getattr(record, name)
            except Exception:
                return None
            return self._resolved(record) if callable(value) else value

        return plain

    def _read_far(self, record):
        """Along several steps; the last may be a field with choices."""
        last, name = self.accessor.penultimate(record)
        if name and isinstance(last, models.Model) and _has_choices(type(last), name):
            return getattr(last, f"get_{name}_display")()
        return self._resolved(record)

    def _resolved(self, record):
        try:
            return self.accessor.resolve(record)
        except Exception:
            return None

    def _linked(self, render: Callable[[Any, Row], Any]) -> Callable[[Any, Row], Any]:
        bound = self.bound
        of_column = {"column": bound.column, "bound_column": bound, "table": bound._table}

        def linked(value, row: Row):
            return bound.link(render(value, row), **of_column, value=value, record=row.record, bound_row=row)

        return linked

    def _calling(self, method: Callable) -> Callable[[Any, Row], Any]:
        """The method, given just what it asks for by name."""
        bound, asks = self.bound, self._asked(method)
        all_of_it = {"column": bound.column, "bound_column": bound, "table": bound._table}
        fixed = {name: one for name, one in all_of_it.items() if name in asks}
        gives_value, gives_record, gives_row = ("value" in asks, "record" in asks, "bound_row" in asks)

        def called(value, row: Row):
            given = dict(fixed)
            if gives_value:
                given["value"] = value
            if gives_record:
                given["record"] = row.record
            if gives_row:
                given["bound_row"] = row
            return method(**given)

        return called

    @staticmethod
    def _asked(method: Callable) -> Container[str]:
        """What the method is given, by name."""
        return _wanted(getattr(method, "__func__", method), hasattr(method, "__self__"))


@cache
def _wanted(function: Callable, is_bound: bool) -> Container[str]:
    """The names a function asks for, without its self; all there are where it takes whatever there is."""
    names, takes_all = signature(function)
    return GIVEN if takes_all else names[1:] if is_bound else names


@cache
def _has_choices(kind: type[models.Model], name: str) -> bool:
    try:
        field = kind._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return bool(getattr(field, "choices", None)) and hasattr(kind, f"get_{name}_display")
