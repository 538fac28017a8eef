"""Rows from a backup into the tables, and read back from there. Never knows what a row means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import IO

from django.db import DatabaseError, connection, models
from django.utils.translation import gettext as _

from .archive import Contents, Tally
from .refusals import Refused
from .rows import AT_ONCE, EMPTIED, MADE_BY_MIGRATE, columns, lines, points_at, tables, ways_in
from .sequences import go_on_from, highest_key


class Tables:
    """The tables of one state, being filled inside a transaction."""

    def __init__(self, apps):
        self.models = {one._meta.label_lower: one for one in tables(apps)}
        self.emptied = [one for one in apps.get_models() if one._meta.label_lower in EMPTIED]
        self.begun: set[type[models.Model]] = set()
        self.current: type[models.Model] | None = None

    def lock(self) -> None:
        """Nobody reads or writes them until the transaction is over. SQLite's transactions do so by themselves."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {self._names()} IN ACCESS EXCLUSIVE MODE")

    def hold_records(self) -> bool:
        """Whether anything is there beyond what creating the tables brings."""
        asked = (one for label, one in self.models.items() if label not in MADE_BY_MIGRATE)
        return any(one._base_manager.exists() for one in asked)

    def clear(self) -> None:
        """Empties them, and those that no backup holds and no other database may keep."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"TRUNCATE TABLE {self._names()}")
                return
            for model in [*self.emptied, *reversed(self.models.values())]:
                cursor.execute(f"DELETE FROM {_quoted(model._meta.db_table)}")  # noqa: S608

    def _names(self) -> str:
        return ", ".join(_quoted(one._meta.db_table) for one in (*self.models.values(), *self.emptied))

    def take(self, label: str, content: IO[bytes]) -> None:
        """One part: a line of columns, then rows. Raises Refused where the database does not take them."""
        model = self.models.get(label)
        if model is None:
            raise Refused(_("The backup holds a table this state does not have: %(table)s.") % {"table": label})
        try:
            if model is not self.current:
                self._look_at_references()
                self.current = model
                self.begun.add(model)
            self._insert(model, content)
        except (DatabaseError, ValueError) as error:
            raise self._refusal(error) from error

    def done(self) -> None:
        """After the last row: what rows point at is there."""
        try:
            self._look_at_references()
            connection.check_constraints()
        except DatabaseError as error:
            raise self._refusal(error) from error

    def _refusal(self, error: Exception) -> Refused:
        table = self.current._meta.label_lower if self.current else ""
        why = str(error).strip().splitlines()[0]
        return Refused(_("The database does not take a row of %(table)s: %(why)s") % {"table": table, "why": why})

    def _insert(self, model: type[models.Model], content: IO[bytes]) -> None:
        fields = {one.column: one for one in columns(model)}
        names = json.loads(content.readline())
        if set(names) != set(fields):
            raise ValueError(_("the backup has other columns"))
        ways = ways_in([fields[one] for one in names], connection)
        statement = (
            f"INSERT INTO {_quoted(model._meta.db_table)} ({', '.join(map(_quoted, names))}) "  # noqa: S608
            f"VALUES ({', '.join(['%s'] * len(names))})"
        )
        rows = _read(content, ways)
        with connection.cursor() as cursor:
            while some := list(islice(rows, AT_ONCE)):
                cursor.executemany(statement, some)

    def _look_at_references(self) -> None:
        """PostgreSQL notes each row whose references it has not looked at yet: lets it look as soon as it can."""
        if connection.vendor != "postgresql" or self.current is None:
            return
        known = set(self.models.values())
        if all(other in self.begun for one in self.begun for other in points_at(one) & known):
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def give_keys_on(self, wanted: Contents) -> None:
        """The next record of each table gets the key it would have got in the house the backup is of."""
        for label, model in self.models.items():
            highest = wanted.tables[label].highest
            if highest is not None:
                go_on_from(model, highest)

    def read_back(self) -> dict[str, Tally]:
        """What the database holds now, every row of it."""
        found = {}
        for label, model in self.models.items():
            found[label] = Tally(highest=highest_key(model))
            for _line in lines(model, connection, found[label]):
                pass
        return found


def _read(content: IO[bytes], ways: list) -> Iterator[list]:
    placed = [(place, way) for place, way in enumerate(ways) if way is not None]
    for line in content:
        row = json.loads(line)
        for place, way in placed:
            row[place] = way(row[place])
        yield row


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
