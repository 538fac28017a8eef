"""A task that does the work of one row once, however often it is delivered. Never knows which work."""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from activities.reports.models import StillAtWork, Work
from activities.reports.models.work import PATIENCE, Overtaken
from unionrelations.kit.acts import Way, doing
from unionrelations.kit.faults import is_disk_full
from unionrelations.kit.writers import TemplateFault

from .sending import SentTask


class OnceTask(SentTask):
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
        except Overtaken:
            return  # what becomes of the row is another's to say
        except Exception as failure:
            with translation.override(getattr(row, "language", None) or translation.get_language()):
                row.finish(timezone.now(), error=_in_words(failure))
            raise

    def work(self, row) -> dict:
        raise NotImplementedError


def _in_words(failure: Exception) -> str:
    if is_disk_full(failure):
        return _("There is no room left on the server’s disk. Nothing half made is kept; ask again once there is room.")
    return f"{type(failure).__name__}: {failure}"
