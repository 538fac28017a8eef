"""The house with a place where it stands still: just before or just after what a transaction wrote is stored.

Served by gunicorn as `tests.faults.paused`, or included by a worker. `PAUSE` names a file; once it holds `before TABLE`
or `after TABLE`, the next process that stores a row of that table writes its key into the file and waits to be killed.
"""

import os
import time
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from unionrelations.wsgi import application  # noqa: F401 - what gunicorn serves

FILE = Path(os.environ["PAUSE"])


def asked() -> tuple[str, str]:
    moment, _space, table = FILE.read_text().partition(" ") if FILE.exists() else ("", "", "")
    return moment, table


def watch(sender, connection, **kwargs):
    def look(execute, sql, params, many, context):
        _moment, table = asked()
        if table and connection.in_atomic_block and f'"{table}"' in sql and not sql.startswith("SELECT"):
            connection.is_met = True
        return execute(sql, params, many, context)

    if look not in connection.execute_wrappers:
        connection.execute_wrappers.append(look)


def stand_still():
    FILE.write_text(str(os.getpid()))
    time.sleep(120)


def commit(self):
    is_met, self.is_met = getattr(self, "is_met", False), False
    moment, _table = asked() if is_met else ("", "")
    if moment == "before":
        stand_still()
    at_once(self)
    if moment == "after":
        stand_still()


at_once = BaseDatabaseWrapper.commit
BaseDatabaseWrapper.commit = commit
connection_created.connect(watch, weak=False)
