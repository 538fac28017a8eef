"""Tasks for the tests of workers: one says in a file when it starts and finishes, one writes to the database."""

import time
from pathlib import Path

from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone


@shared_task
def say(path, seconds=0):
    with Path(path).open("a") as file:
        print("started", file=file, flush=True)
        time.sleep(seconds)
        print("finished", file=file)


@shared_task
def remember(key):
    """Leaves a row in the worker's database."""
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())
