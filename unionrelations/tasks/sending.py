"""Asking for work where nobody may be there to hear it. What is asked for stands on its row, so nothing is lost with a
message: what lies there too long is sent again. Sent twice does no harm; see `once.py`.
"""

from __future__ import annotations

import logging
from functools import partial

from celery.contrib.django.task import DjangoTask
from django.db import transaction
from kombu.exceptions import OperationalError

from unionrelations.kit.room import with_room

log = logging.getLogger(__name__)


class SentTask(DjangoTask):
    """A task of ours: it may be asked for while the broker does not answer."""

    @with_room
    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def delay_on_commit(self, *args) -> None:
        """Asks for it once what it is about is stored; whoever asks goes on even where the broker is gone."""
        transaction.on_commit(partial(self.send, *args))

    def send(self, *args) -> bool:
        """Whether the broker took it."""
        try:
            self.delay(*args)
        except (OperationalError, OSError):
            log.warning("The broker does not answer: %s%s waits to be sent again.", self.name, args)
            return False
        return True
