"""Django's own `migrate`, for a house that is open: one at a time, and giving way to those who are at work.

A step that has to wait for a table holds up everybody who comes after it. So on PostgreSQL a step waits a few seconds
at most, lets them pass, and tries again; where it never gets through, nothing of it is done and the command says so.
"""

import time

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections
from django.utils.translation import gettext as _

from unionrelations.kit.acts import untold
from unionrelations.kit.alone import alone
from unionrelations.kit.indexes import waiting_for_locks

WAIT = "3s"  # for a table, with everybody else behind
TRIES = 12
BETWEEN = 5  # seconds
HINDERED = ("55P03", "40P01")  # what PostgreSQL says: not in time; two that waited for each other


class Command(Migrate):
    def handle(self, *args, **options):
        """What a migration does to rows is nobody's deed, so the history does not tell of it."""
        if options["plan"] or options["check_unapplied"]:
            return super().handle(*args, **options)
        connection = connections[options["database"]]
        with alone(connection, "migrate", self._say_that_another_runs), waiting_for_locks(connection, WAIT), untold():
            return self._migrate(*args, **options)

    def _migrate(self, *args, **options):
        for tries_left in reversed(range(TRIES)):
            try:
                return super().handle(*args, **options)
            except OperationalError as failure:
                if getattr(failure.__cause__, "sqlstate", None) not in HINDERED:
                    raise
                if not tries_left:
                    raise CommandError(
                        _(
                            "People were at work in a table all the while, so the last step was not done; those before "
                            "it stand. Nobody was held up. Run this again when less is going on."
                        )
                    ) from failure
            time.sleep(BETWEEN)
        return None

    def _say_that_another_runs(self) -> None:
        self.stderr.write(_("Another migration is running; this one waits for its end."))
