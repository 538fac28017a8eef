"""Hands the database who acts and why, just before it writes: triggers know no request. Never writes a row.

PostgreSQL is told within the transaction, so that a kept connection names nobody afterwards; SQLite asks back through
a function of this process. What writes without saying who acts is one unknown act in each transaction.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from psycopg.pq import TransactionStatus

from unionrelations.kit import acts
from unionrelations.kit.acts import Act

READS = ("SELECT", "SAVEPO", "RELEAS", "SET ", "SHOW", "EXPLAI", "FETCH")
ROLLBACK = "ROLLBACK"
OFF = "off"
TELL = "SELECT set_config('history.act', %s, %s), set_config('history.told', %s, %s)"


def listen(connection, **_more) -> None:
    """On every new connection: each statement passes by here."""
    hand = {"postgresql": _hand_to_postgresql, "sqlite": _hand_to_sqlite}[connection.vendor]
    connection.history_told = connection.history_unknown = None
    if hand not in connection.execute_wrappers:
        connection.execute_wrappers.append(hand)
    if connection.vendor == "sqlite":
        connection.connection.create_function("history_told", 1, lambda what: _answer(connection, what))


def told(act: Act) -> dict:
    person = act.person() or (None, "")
    undoes = act.undoes.hex if act.undoes else None
    return {"way": act.way, "why": act.why, "person": person[0], "name": person[1][:150], "undoes": undoes}


def _acting(connection) -> Act:
    """The act at hand; where nobody said, one that is unknown and lasts as long as the transaction."""
    act = acts.current()
    if act is not None:
        return act
    if connection.history_unknown is None:
        connection.history_unknown = Act()
    return connection.history_unknown


# --- PostgreSQL


def _hand_to_postgresql(execute, sql, params, many, context):
    connection, raw = context["connection"], context["cursor"].cursor
    status = connection.connection.info.transaction_status
    if status == TransactionStatus.IDLE:
        connection.history_told = connection.history_unknown = None
    start = sql.lstrip()[:8].upper() if isinstance(sql, str) else ""
    if start == ROLLBACK:
        connection.history_told = None  # to a savepoint: what was told since is forgotten
    if start.startswith((*READS, ROLLBACK)) or status == TransactionStatus.INERROR:
        return execute(sql, params, many, context)
    act = _acting(connection)
    if connection.history_told is act:
        return execute(sql, params, many, context)
    alone = connection.connection.autocommit and status == TransactionStatus.IDLE
    _tell(raw, act, within=not alone)
    if not alone:
        connection.history_told = act
        return execute(sql, params, many, context)
    try:  # a statement of its own has no transaction whose end would forget the name
        return execute(sql, params, many, context)
    finally:
        connection.history_unknown = None
        if not connection.connection.closed:
            with connection.connection.cursor() as after:
                after.execute(TELL, ["", False, "", False])


def _tell(raw, act: Act, *, within: bool) -> None:
    said = json.dumps(told(act)) if act.is_told else ""
    raw.execute(TELL, [str(act.pk) if act.is_told else OFF, within, said, within])


# --- SQLite


def _hand_to_sqlite(execute, sql, params, many, context):
    connection = context["connection"]
    if not connection.connection.in_transaction:
        connection.history_unknown = None
    return execute(sql, params, many, context)


def _answer(connection, what: str):
    """What a trigger asks: the act's key (nothing where it is not to be told), or one thing about it."""
    act = _acting(connection)
    if what == "act":
        return act.pk.hex if act.is_told else None
    if what == "at":
        return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return told(act)[what]
