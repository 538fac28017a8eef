"""What a failure of the machine is, told from the exception it comes as. Never mends anything."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
PG_DISK_FULL = "53100"


def is_disk_full(failure: BaseException) -> bool:
    """Whether a disk had no room left: that of the files, or that of either database."""
    return any(
        (isinstance(one, OSError) and one.errno in NO_ROOM)
        or getattr(one, "sqlstate", None) == PG_DISK_FULL
        or (isinstance(one, sqlite3.Error) and getattr(one, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL)
        for one in _with_causes(failure)
    )


def is_database_gone(failure: BaseException) -> bool:
    """Whether the database did not answer, or not in time."""
    return isinstance(failure, (OperationalError, InterfaceError))


def _with_causes(failure: BaseException | None) -> Iterator[BaseException]:
    while failure is not None:
        yield failure
        failure = failure.__cause__
