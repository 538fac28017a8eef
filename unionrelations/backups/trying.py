"""Trying a backup out: restoring it into an empty place, and comparing what is there then. Never touches the house.

A program of its own does it, with another database and another folder. `restore` itself reads back every row, every
file and every figure and ends with 1 where one differs; here its answer is held against what was written.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from .archive import Contents
from .refusals import Refused

TRIAL = ".trying-"  # begins the name of the folder a backup is tried out in
KEPT = ("PATH", "LD_LIBRARY_PATH", "LANG", "TZ", "PYTHONPATH")


def try_out(file: Path, wanted: Contents | None = None, database: str = "") -> Contents:
    """Restores the file into an empty SQLite database of its own, or into the given empty one; gives what was found.

    Raises Refused with what differs. The folder of the trial is readable by nobody else and goes with it.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=TRIAL, dir=settings.DATA_DIR))
    try:
        command = [sys.executable, "manage.py", "restore", str(file.resolve()), "--format", "json"]
        done = subprocess.run(  # noqa: S603
            command,
            cwd=settings.BASE_DIR,
            env=_environment(place, database),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if done.returncode:
        told = done.stderr.strip().splitlines()
        why = told[-1].removeprefix("CommandError: ") if told else _("it broke off.")
        raise Refused(_("Trying the backup out ended with: %(why)s") % {"why": why})
    found = Contents.read(json.loads(done.stdout))
    if wanted is not None and found.as_json() != wanted.as_json():
        raise Refused(_("Trying the backup out ended with: %(why)s") % {"why": _("it holds something else.")})
    return found


def _environment(place: Path, database: str) -> dict[str, str]:
    """A house of its own that knows this one's keys and nothing else of it."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(place),
        "DATABASE_URL": database or f"sqlite:///{place / 'db.sqlite3'}",
        "SECRET_KEY": settings.SECRET_KEY,
        "BACKUP_KEY": ",".join(settings.BACKUP_KEYS),
        "PYTHONUNBUFFERED": "1",
    }
