"""How SQLite writes a change down: triggers for each table, which ask this process who acts.

A program that knows nothing of the function they ask is refused: nothing is written past the history.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from .kept import NO_CHANGE, Kept

VERSION = "1"
ACT = """
    INSERT INTO history_act (id, at, way, person_id, name, why, undoes)
    SELECT history_told('act'), history_told('at'), history_told('way'), history_told('person'),
        history_told('name'), history_told('why'), history_told('undoes')
    WHERE NOT EXISTS (SELECT 1 FROM history_act WHERE id = history_told('act'));"""


def triggers(kept: Kept) -> Iterator[tuple[str, str]]:
    """(deed, statement); the name is put in by whoever makes it."""
    table, fields = kept.model._meta.db_table, kept.fields
    heeded = [one for one in fields if one.column not in NO_CHANGE]
    differs = " OR ".join(f'OLD."{one.column}" IS NOT NEW."{one.column}"' for one in heeded)
    columns = ", ".join(f'"{one.column}"' for one in heeded)
    yield "made", _trigger(kept, f'INSERT ON "{table}"', "", "made", "NEW", "NULL", _whole("NEW", fields))
    yield "deleted", _trigger(kept, f'DELETE ON "{table}"', "", "deleted", "OLD", _whole("OLD", fields), "NULL")
    if heeded:
        event = f'UPDATE OF {columns} ON "{table}"'
        before, after = _changed("OLD", heeded), _changed("NEW", heeded)
        yield "changed", _trigger(kept, event, f" AND ({differs})", "changed", "NEW", before, after)


def _trigger(kept: Kept, event: str, when: str, what: str, stands: str, before: str, after: str) -> str:
    column = kept.root_column
    left = f'CASE WHEN OLD."{column}" <> NEW."{column}" THEN OLD."{column}" END' if what == "changed" else "NULL"
    return f"""
CREATE TRIGGER «name» AFTER {event} WHEN history_told('act') IS NOT NULL{when} BEGIN{ACT}
    INSERT INTO history_entry (act_id, label, key, what, root, root_key, left_key, union_key, before, after) VALUES (
        history_told('act'), '{kept.label}', {stands}."{kept.key}", '{what}', '{kept.root}', {stands}."{column}",
        {left}, {_owner(kept, stands)}, {before}, {after}
    );
END"""  # noqa: S608 - names of our own tables


def _owner(kept: Kept, stands: str) -> str:
    if not kept.union:
        return "NULL"
    if isinstance(kept.union, str):
        return f'{stands}."{kept.union}"'
    column, label, behind = kept.union
    table = apps.get_model(label)._meta.db_table
    return f'(SELECT "{behind}" FROM "{table}" WHERE id = {stands}."{column}")'  # noqa: S608


def _value(row: str, field: models.Field) -> str:
    column = f'{row}."{field.column}"'
    return f"json({column})" if isinstance(field, models.JSONField) else column


def _whole(row: str, fields: list[models.Field]) -> str:
    parts = [f"'{one.column}', {_value(row, one)}" for one in fields]
    return f"json_object({', '.join(parts)})"


def _changed(row: str, fields: list[models.Field]) -> str:
    """An object of the columns that differ alone."""
    parts = [
        f'iif(OLD."{one.column}" IS NOT NEW."{one.column}", \',"{one.column}":\' || '
        f"coalesce(json_quote({_value(row, one)}), 'null'), '')"
        for one in fields
    ]
    return "'{' || substr(" + " || ".join(parts) + ", 2) || '}'"
