"""The state the house is in: what stays the same only while nothing of it changes. Never knows what it is used for.

Changes are numbered as they are written and seen as their transactions end, which is another order: a smaller number
may turn up after a larger one. So the newest of them tells a state apart for good only where nobody was writing when it
was asked for. SQLite's writers queue. PostgreSQL's hold a lock on the table from before their number to their end; its
replica knows which transactions of the primary are open.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections, router

from .models import Entry

NEWEST = """
    SELECT (
        SELECT CAST(id AS varchar(20)) || '/' || CAST(act_id AS varchar(36)) FROM history_entry ORDER BY id DESC LIMIT 1
    ), (SELECT max(id) FROM activities_scopechange)
"""
NOBODY_WRITES = """
    , CASE WHEN pg_is_in_recovery() THEN
        pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot())
    ELSE NOT EXISTS (
        SELECT 1 FROM pg_locks
        WHERE relation IN ('history_entry'::regclass, 'activities_scopechange'::regclass)
            AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) END
"""


@dataclass(frozen=True)
class State:
    """`name` is never that of another state, not even in a database brought back. `is_settled`: whatever was written
    up to it can be seen, so that what is made from now on holds as long as the name does.
    """

    name: str
    is_settled: bool


def state() -> State:
    """One short question of the database that is read from here and now.

    Of notes on scope rows (`ScopeChange`) the newest counts as well: filling a house writes no history, but those.
    """
    connection = connections[router.db_for_read(Entry)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(NEWEST + NOBODY_WRITES)
            entry, note, is_settled = cursor.fetchone()
        else:
            cursor.execute(NEWEST)
            (entry, note), is_settled = cursor.fetchone(), True
    return State(f"{entry}/{note}", is_settled)
