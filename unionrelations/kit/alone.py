"""One at a time, of all processes and machines that share a database. Never knows what for."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.db.backends.base.base import BaseDatabaseWrapper

BETWEEN = 0.2  # seconds from one look to the next


@contextmanager
def alone(connection: BaseDatabaseWrapper, what: str, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Waits until nobody else does this, saying so once. Whoever is killed lets go with its connection, or its file.

    PostgreSQL is asked again and again instead of once with patience: whoever waits inside a question holds up an index
    that is being built meanwhile.
    """
    take, let_go = (
        _on_postgresql(connection, what) if connection.vendor == "postgresql" else _on_sqlite(connection, what)
    )
    if not take():
        waiting()
        while not take():
            time.sleep(BETWEEN)
    try:
        yield
    finally:
        let_go()


def _on_postgresql(connection: BaseDatabaseWrapper, what: str):
    key = crc32(what.encode())

    def ask(function: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [key])
            return cursor.fetchone()[0]

    def let_go() -> None:
        if connection.is_usable():
            ask("pg_advisory_unlock")

    return lambda: ask("pg_try_advisory_lock"), let_go


def _on_sqlite(connection: BaseDatabaseWrapper, what: str):
    """A file beside the database; one in memory is nobody else's."""
    name = str(connection.settings_dict["NAME"])
    if connection.is_in_memory_db() or not Path(name).parent.is_dir():
        return lambda: True, lambda: None
    file = Path(f"{name}-{what}").open("w")  # noqa: SIM115 - open for as long as nobody else may

    def take() -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    return take, file.close
