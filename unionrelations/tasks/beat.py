"""Sends what the schedule names when it is due, once in all, however many beats there are. Keeps nothing of its own.

When a task was last sent stands in the database. Whoever finds it due locks that row, looks again and sends; the others
then find that it is not due any more. A beat that dies leaves the rest to the others at once.
"""

from __future__ import annotations

import logging
import time

from celery.beat import Scheduler, SchedulingError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from unionrelations.operations.models import ScheduledTask

log = logging.getLogger(__name__)
AGAIN_IN = 5  # seconds, where database or broker do not answer


class SharedScheduler(Scheduler):
    def setup_schedule(self) -> None:
        """What was missed while no beat ran is due at once; what is new waits for its hour."""
        super().setup_schedule()
        for entry in self.schedule.values():
            row, _is_new = ScheduledTask.objects.get_or_create(name=entry.name, defaults={"sent_at": timezone.now()})
            entry.last_run_at = timezone.localtime(row.sent_at)
        connection.close()

    def apply_entry(self, entry, producer=None) -> None:
        try:
            self._send_once(entry, producer)
        except (SchedulingError, DatabaseError) as failure:
            log.warning("%s could not be sent, and is tried again: %s", entry.name, failure)
            self.schedule[entry.name] = entry  # as it was: still due
            self._heap = None
            time.sleep(AGAIN_IN)
        finally:
            connection.close()  # the next question may be hours away

    def _send_once(self, entry, producer) -> None:
        """The message leaves before the row says so: where power fails between the two, it leaves again."""
        with transaction.atomic():
            row = ScheduledTask.objects.select_for_update().get(name=entry.name)
            if entry.schedule.is_due(timezone.localtime(row.sent_at)).is_due:
                self.apply_async(entry, producer=producer, advance=False)
                row.sent_at = timezone.now()
                row.save()
                log.info("%s was due and is sent.", entry.name)
