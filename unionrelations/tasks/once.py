"""A task that does the work of one row once, however often it is delivered. Never knows which work."""

from __future__ import annotations

from datetime import timedelta

from celery.contrib.django.task import DjangoTask
from django.conf import settings
from django.utils import timezone

from activities.reports.models import StillAtWork, Work
from unionrelations.kit.acts import Way, doing
from unionrelations.kit.writers import TemplateFault

# No task runs longer than its limit, so a claim older than that belongs to a worker that was killed.
PATIENCE = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)


class OnceTask(DjangoTask):
    """Does the work of one row; `rows` names the table, `work` does it and returns what to keep on the row.

    Delivered again after a worker was killed, it waits out the dead claim and takes the row over; delivered again
    after the work was done, it does nothing.
    """

    rows: type[Work]
    theirs: tuple[type[Exception], ...] = (TemplateFault,)  # the people's to mend, and nothing that went wrong here

    def do(self, pk: int) -> None:
        try:
            row = self.rows.objects.claim(pk, timezone.now(), PATIENCE)
        except StillAtWork:
            raise self.retry(countdown=PATIENCE.total_seconds(), max_retries=3) from None
        if row is None:
            return
        try:
            with doing(Way.TASK, self.name.rpartition(".")[2]):
                row.finish(timezone.now(), **self.work(row))
        except self.theirs as fault:
            row.finish(timezone.now(), error=str(fault))
        except Exception as failure:
            row.finish(timezone.now(), error=f"{type(failure).__name__}: {failure}")
            raise

    def work(self, row) -> dict:
        raise NotImplementedError
