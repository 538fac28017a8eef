"""Making a backup: into a name of its own that only a whole one gets, one at a time.

What is written bears another name until it is complete, on the disk, and was restored elsewhere for a trial. Whatever
goes wrong before, a process that is killed included, leaves at most that other name, which the next backup takes away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from .archive import Contents
from .keeping import to_keep
from .refusals import Refused
from .sealing import keys, sealed
from .trying import TRIAL, try_out
from .writing import write

DRAFT = ".part"
NAME = "unionrelations-%Y-%m-%d-%H%M%S.age"
OURS = "unionrelations-*.age"


def make(file: Path, now: datetime, *, verify: bool = True, say: Callable[[int], None] = lambda percent: None):
    """Writes everything into the file; gives what it holds. `say` is told how far it has come, in per cent.

    Raises Refused where the file is there already, another backup is being made, there is no key, or the trial found a
    difference; OSError where it cannot be written.
    """
    keys()
    with only_one():
        if file.exists():
            raise Refused(_("“%(file)s” is there already: nothing is written over a backup.") % {"file": file})
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}{DRAFT}")
        try:
            contents = _write_whole(draft, now, say)
            if verify:
                say(60)
                try_out(draft, contents)
            os.link(draft, file)  # unlike renaming, fails where the name was taken meanwhile
        finally:
            draft.unlink(missing_ok=True)
        _sync(file.parent)
    return contents


def _write_whole(draft: Path, now: datetime, say: Callable[[int], None]) -> Contents:
    with open(draft, "wb", opener=_private) as target:
        with sealed(target) as stream:
            contents = write(stream, now, say)
        os.fsync(target.fileno())
    return contents


def folder() -> Path:
    return Path(settings.BACKUP_DIR)


def free_name(now: datetime) -> Path:
    """In the house's own folder, after the moment."""
    return folder() / now.strftime(NAME)


def drop_old(days: int, weeks: int) -> list[Path]:
    """Takes away the backups in the house's own folder that need not stay; gives which. Others' files are let be."""
    moments = {}
    for one in folder().glob(OURS):
        with suppress(ValueError):
            moments[datetime.strptime(one.name, NAME)] = one
    stay = to_keep(moments, days, weeks)
    gone = [one for moment, one in sorted(moments.items()) if moment not in stay]
    for one in gone:
        one.unlink(missing_ok=True)
    return gone


@contextmanager
def only_one() -> Iterator[None]:
    """One backup or restoring at a time, over all processes that share the data. The lock goes with its process.

    Whoever holds it takes away what killed ones left.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.DATA_DIR / ".backup-lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(_("A backup is being made or brought back already; this one was not begun.")) from None
        for left in folder().glob(f".{OURS}{DRAFT}"):
            left.unlink()
        for left in settings.DATA_DIR.glob(f"{TRIAL}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o640)


def _sync(path: Path) -> None:
    """The name too is on the disk."""
    place = os.open(path, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
