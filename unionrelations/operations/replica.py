"""Where a request reads: at the replica where that holds enough, else at the primary. Never knows a page or a record.

"Enough" is told by positions in the log of the primary, never by a clock: the replica has read as far as the reader's
own last write, and as far as the primary had written REPLICA_LAG seconds ago. So readers see what they wrote
themselves, by whichever door, and what others wrote no later than that. Who nobody knows yet reads at the primary, and
so does whatever decides who may enter: sessions, accounts, tokens, failures.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError, connections

from unionrelations.kit import acts

from .measures import READS
from .models import LastWrite

log = logging.getLogger(__name__)
REPLICA = "replica"
# Asked at the primary alone: who may enter, and what the house notes by itself while somebody reads, which is no write
# of theirs. Apps whole, and single tables of others.
DOOR = {"sessions", "axes", "account", "mfa", "usersessions", "socialaccount", "django_cache", "operations"}
DOOR |= {"accounts.user", "accounts.accesstoken", "accounts.standin", "web.invitation", "web.knownbrowser"}
DOOR |= {"hooks.hook", "privacy.reading"}
GONE = (OperationalError, InterfaceError)
LEFT_ALONE = 5  # seconds for which a replica that failed is not asked again

REPLAYED = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint"


@dataclass
class Reading:
    """One request that only reads: where it does so, once it has asked for anything."""

    alias: str = ""
    has_written: bool = False
    has_failed: bool = False  # at the replica: whatever was answered is not to be believed


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading(alias: str = ""):
    """Inside, a request is answered that only reads; an alias settles where."""
    token = _reading.set(Reading(alias))
    try:
        yield _reading.get()
    finally:
        _reading.reset(token)


class Router:
    """For Django, which asks it before each question."""

    def db_for_read(self, model, **hints) -> str:
        here = _reading.get()
        if here is None or _is_of_the_door(model):
            return DEFAULT_DB_ALIAS
        if connections[DEFAULT_DB_ALIAS].in_atomic_block:  # somebody means to see one state of everything
            return DEFAULT_DB_ALIAS
        if not here.alias and (person := _asking()) is not None:
            here.alias = known.alias_for(person)
        return here.alias or DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints) -> str:
        here = _reading.get()
        if here is not None and not _is_of_the_door(model):
            here.has_written, here.alias = True, DEFAULT_DB_ALIAS  # and reads there from now on
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints) -> bool:
        return True  # both are the same database, one of them a little earlier

    def allow_migrate(self, db, app_label, **hints) -> bool:
        return db == DEFAULT_DB_ALIAS


def _asking() -> int | None:
    """Whose request it is, once that is known: a program's is told by its token, after the first questions."""
    act = acts.current()
    person = act.person() if act else None
    return person[0] if person else None


def _is_of_the_door(model) -> bool:
    return model._meta.app_label in DOOR or model._meta.label_lower in DOOR


class Known:
    """What this process knows of the replica: how far the primary was lately, and whether the replica is left alone."""

    def __init__(self, clock=time.monotonic):
        self.clock, self.lock = clock, threading.Lock()
        self.seen: deque[tuple[float, int]] = deque()  # (when, how far the primary had written at least)
        self.alone_until = 0.0

    def alias_for(self, person: int) -> str:
        if self.clock() < self.alone_until:
            return self._told(DEFAULT_DB_ALIAS, "away")
        moment = self.clock()  # before the question, so that its answer is at least as new
        own, now = LastWrite.objects.position_and_now(person)
        try:
            replayed = replayed_by(connections[REPLICA])
        except GONE:
            self.leave_alone()
            return self._told(DEFAULT_DB_ALIAS, "away")
        if replayed < own:
            return self._told(DEFAULT_DB_ALIAS, "own write")
        if replayed < self.then(moment, now)[1]:
            return self._told(DEFAULT_DB_ALIAS, "late")
        return self._told(REPLICA, "in step")

    def then(self, moment: float, position: int) -> tuple[int, int]:
        """How far the primary had written REPLICA_LAG seconds before this moment: at least, and at most.

        Told by what was seen around that time; a process that saw nothing lately knows little, and asks for more.
        """
        edge = moment - settings.REPLICA_LAG
        with self.lock:
            self.seen.append((moment, position))
            while len(self.seen) > 1 and self.seen[1][0] < edge:
                self.seen.popleft()
            first, at_least = self.seen[0]
            return (at_least, self.seen[1][1]) if first < edge else (0, at_least)

    def leave_alone(self) -> None:
        if self.clock() >= self.alone_until:
            log.warning("The replica does not answer: everything is read at the primary for %d seconds.", LEFT_ALONE)
        self.alone_until = self.clock() + LEFT_ALONE
        connections[REPLICA].close()

    @staticmethod
    def _told(alias: str, why: str) -> str:
        READS.labels(alias, why).inc()
        return alias


known = Known()


@dataclass(frozen=True)
class Standing:
    """How it stands with the replica; bytes are None where it does not answer."""

    bytes_behind: int | None
    is_late: bool = False


def standing() -> Standing:
    """Asks primary and replica. Raises DatabaseError where the primary does not answer."""
    moment = known.clock()
    _own, now = LastWrite.objects.position_and_now(0)
    try:
        replayed = replayed_by(connections[REPLICA])
    except DatabaseError:
        connections[REPLICA].close()
        return Standing(None)
    return Standing(max(now - replayed, 0), replayed < known.then(moment, now)[0])


def replayed_by(connection) -> int:
    """How far a replica has read the log of its primary, in bytes; 0 where it is no replica."""
    with connection.cursor() as cursor:
        cursor.execute(REPLAYED)
        return cursor.fetchone()[0] or 0


def watch(connection, **signal) -> None:
    """Looks on at a new connection: what fails at the replica is asked once more at the primary."""
    if connection.alias == REPLICA and _noting not in connection.execute_wrappers:
        connection.execute_wrappers.append(_noting)


def _noting(execute, sql, params, many, context):
    try:
        return execute(sql, params, many, context)
    except GONE:
        here = _reading.get()
        if here is not None:
            here.has_failed = True
        raise
