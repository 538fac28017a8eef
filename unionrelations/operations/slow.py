"""Notes questions to the database that take longer than SLOW_QUERY_MS: the SQL, never the values in it."""

import logging
import time

from django.conf import settings

from .measures import SLOW_QUERIES

log = logging.getLogger("unionrelations.slow")
LONGEST = 2000  # characters of SQL that are written down


def watch(connection, **signal) -> None:
    """Looks on at a new connection, where anything is slow enough to be noted at all."""
    if settings.SLOW_QUERY_MS and _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute, sql, params, many, context):
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        ms = (time.perf_counter() - begun) * 1000
        if ms >= settings.SLOW_QUERY_MS:
            SLOW_QUERIES.inc()
            log.warning("%d ms: %s", ms, sql[:LONGEST], extra={"ms": round(ms)})
