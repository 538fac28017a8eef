"""Telling hooks: what the history wrote down becomes calls, each hook's calls are made one after another.

What is to be told stands on its row. So where the broker is gone, or a worker is killed, the next minute's task takes
it up. Between the moment a program has answered and the moment its row says so a crash can tell the same twice; it then
bears the same `webhook-id`, by which programs know it.
"""

from __future__ import annotations

import time

from celery import shared_task
from django.utils import timezone

from unionrelations.hooks.hearing import listen
from unionrelations.hooks.models import Call, Hook
from unionrelations.hooks.sending import attempt

from .sending import SentTask

LONGEST = 120  # seconds that one worker tells one hook; the next minute goes on
SOFT_LIMIT = LONGEST + 60


@shared_task(base=SentTask, name="unionrelations.tasks.tell_hooks")
def tell_hooks() -> None:
    """Hears what is new, and sends for a teller for each hook that has something to be told."""
    listen()
    for pk in Hook.objects.due(timezone.now()).values_list("pk", flat=True):
        tell_hook.send(pk)


@shared_task(base=SentTask, name="unionrelations.tasks.tell_hook", soft_time_limit=SOFT_LIMIT)
def tell_hook(pk: int) -> None:
    """Tells one hook what is due, until it fails: the rest waits for the next minute, so that one that is dead keeps
    no worker."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        call = Call.objects.of_open_hooks().take_up(pk, timezone.now())
        if call is None or not attempt(call):
            return


def tell_soon() -> None:
    """After something may have been written."""
    if Hook.objects.open().exists():
        tell_hooks.send()
