"""Whether the house can do its work at this moment: what it rests on, each asked by itself. Never mends anything."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import OperationalError

from unionrelations.celery import app

from .replica import REPLICA, standing

OK, NOT_SET = "ok", "not set"
NOT_ANSWERING, BEHIND, NOT_WRITABLE = "not answering", "migrations missing", "not writable"
LATE, DONE_WITHOUT = "behind", "not answering, done without"  # of the replica: the primary answers in its place
WELL = (OK, NOT_SET)
SPARED = (LATE, DONE_WITHOUT)
PULSES = frozenset({"/healthz", "/readyz", "/metrics"})  # asked by machines, which are nobody in particular
BROKER_WAIT = 2  # seconds before the broker counts as gone


def alive() -> dict[str, str]:
    """What a request needs: the database and, where one is set, the broker."""
    return {"database": database(), "broker": broker()}


def ready() -> dict[str, str]:
    """What a server needs before requests are sent to it: besides, every migration of its code, and room for files."""
    state = alive() | {"migrations": migrations(), "files": files()}
    return state | {"replica": replica()} if REPLICA in settings.DATABASES else state


def is_well(state: dict[str, str]) -> bool:
    return all(one in WELL or one in SPARED for one in state.values())


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return NOT_ANSWERING
    return OK


def broker() -> str:
    if not settings.CELERY_BROKER_URL:
        return NOT_SET
    try:
        with app.connection_for_read(connect_timeout=BROKER_WAIT) as asked:
            asked.ensure_connection(max_retries=1, timeout=BROKER_WAIT)
    except (OperationalError, OSError):
        return NOT_ANSWERING
    return OK


def migrations() -> str:
    """Older code on a newer database is ready; newer code waits for its migrations."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return NOT_ANSWERING
    return BEHIND if missing else OK


def files() -> str:
    """Whether a file can be kept: writes one and takes it away."""
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0")
            probe.flush()
    except OSError:
        return NOT_WRITABLE
    return OK


def replica() -> str:
    """Without one the house is slower, and as right as ever."""
    try:
        found = standing()
    except DatabaseError:
        return NOT_ANSWERING
    if found.bytes_behind is None:
        return DONE_WITHOUT
    return LATE if found.is_late else OK
