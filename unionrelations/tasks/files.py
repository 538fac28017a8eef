"""What is done with kept files behind the scenes: reading their text, looking after them at night.

Reading twice gives the same text, so a task delivered twice does no harm.
"""

from __future__ import annotations

from celery import shared_task
from django.apps import apps
from django.core.files.storage import default_storage
from django.utils import timezone

from unionrelations.kit.kept_files import READ_TEXT, KeptFile
from unionrelations.kit.shelf import look_through
from unionrelations.kit.text_layers import Unreadable, text_layer
from unionrelations.privacy.forgetting import forget

from .sending import SentTask


@shared_task(base=SentTask, name=READ_TEXT)
def read_text(label: str, pk: int) -> None:
    """Reads the text of one row's file, where nobody has yet; a file that cannot be read stays as it is."""
    row = apps.get_model(label)._default_manager.waiting().filter(pk=pk).first()
    if row is None:
        return
    try:
        row.keep_text(text_layer(default_storage.path(row.file.name), row.suffix))
    except (Unreadable, OSError):
        row.say_unreadable()


@shared_task(base=SentTask, name="unionrelations.tasks.read_texts")
def read_texts() -> None:
    """Reads what still waits: rows that were brought back, those of an older release, uploads the broker missed."""
    for model in apps.get_models():
        if issubclass(model, KeptFile):
            for pk in model._default_manager.waiting().values_list("pk", flat=True):
                read_text.delay(model._meta.label_lower, pk)


@shared_task(base=SentTask, name="unionrelations.tasks.tidy_files")
def tidy_files() -> None:
    """Each night: takes away files without a row since more than a day, and reads the texts that still wait."""
    look_through(timezone.now(), contents=False, clean=True)
    read_texts()


@shared_task(base=SentTask, name="unionrelations.tasks.forget_old")
def forget_old() -> None:
    """Each night: forgets what was kept for its time."""
    forget(timezone.now())
