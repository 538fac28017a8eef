"""The backup each night: made once, tried out, old ones taken away; whoever keeps the house is told where it fails.

A worker that was killed leaves no half backup; its row is taken up by the next hour's task, as is one that failed: a
full disk or a lost database may be mended by then. A backup may take longer than any other task. So a thread says
meanwhile that its worker is alive, and only one that has fallen silent is taken over.
"""

from __future__ import annotations

import logging
from pathlib import Path
from smtplib import SMTPException
from threading import Event, Thread

from celery import shared_task
from celery.exceptions import MaxRetriesExceededError
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from unionrelations.accounts.models import User
from unionrelations.backups.making import drop_old, free_name, make
from unionrelations.backups.models import Backup
from unionrelations.backups.refusals import Refused

from .once import PATIENCE, OnceTask

LONGEST = 6 * 3600  # seconds
log = logging.getLogger(__name__)


class Pulse:
    """Says on the row, a few times within the patience of others, that its worker lives, and how far it has come.

    On a connection of its own: the work's is looking at one moment in the past.
    """

    def __init__(self, row: Backup):
        self.row, self.percent = row, 0
        self.over = Event()
        self.thread = Thread(target=self._beat, daemon=True)

    def say(self, percent: int) -> None:
        self.percent = percent

    def __enter__(self) -> Pulse:
        self.thread.start()
        return self

    def __exit__(self, *broken) -> None:
        self.over.set()
        self.thread.join()

    def _beat(self) -> None:
        try:
            while not self.over.wait(PATIENCE.total_seconds() / 5):
                now = timezone.now()
                try:
                    Backup(pk=self.row.pk, claimed_at=now, progress=self.percent).save(
                        update_fields=["claimed_at", "progress"]
                    )
                except DatabaseError:
                    log.warning("A sign of life of backup %s could not be written down.", self.row.pk)
        finally:
            connection.close()


class BackupTask(OnceTask):
    rows = Backup
    theirs = (*OnceTask.theirs, Refused)

    def do(self, pk: int) -> None:
        if Backup.objects.broken_off(timezone.now()).filter(pk=pk).exists():
            tell_administrators(_broken_off)
        try:
            super().do(pk)
        except MaxRetriesExceededError:
            return  # another worker is at it, and has been saying so all the while
        finally:
            tell_if_failed(pk)

    def work(self, row: Backup) -> dict:
        now = timezone.localtime()
        file = Path(row.file) if row.file else free_name(now)
        try:
            with Pulse(row) as pulse:
                contents = make(file, now, say=pulse.say)
        except OSError as error:
            raise Refused(_("The backup could not be written: %(why)s.") % {"why": error.strerror or error}) from error
        for gone in drop_old(settings.BACKUP_KEEP_DAYS, settings.BACKUP_KEEP_WEEKS):
            for one in Backup.objects.filter(file=str(gone), removed_at=None):
                one.removed_at = now
                one.save(update_fields=["removed_at"])
        return {
            "file": str(file),
            "size": file.stat().st_size,
            "rows": contents.rows,
            "files": contents.files.rows,
            "missing": contents.missing,
            "figures": contents.figures.weight,
            "verified_at": timezone.now(),
        }


@shared_task(bind=True, base=BackupTask, name="unionrelations.tasks.back_up", time_limit=LONGEST)
def back_up(self, pk: int | None = None) -> None:
    """Makes a backup and tries it out; the night's without a row, once a night, and nothing where no key is set."""
    if pk is None:
        if not settings.BACKUP_KEYS:
            return
        row, _is_new = Backup.objects.get_or_create(night=timezone.localdate())
        if row.state == Backup.State.FAILED:
            row.state = Backup.State.QUEUED
            row.save(update_fields=["state"])
        pk = row.pk
    self.do(pk)


def tell_if_failed(pk: int) -> None:
    """Once for each backup, however often it is tried again. What cannot be told now, the next try tells."""
    try:
        row = Backup.objects.filter(pk=pk, state=Backup.State.FAILED, told_at=None).first()
        if row is not None and tell_administrators(_failed, row):
            row.told_at = timezone.now()
            row.save(update_fields=["told_at"])
    except DatabaseError:
        log.exception("Nobody could be told of a backup that failed.")


def tell_administrators(words, *more) -> bool:
    """An e-mail to each administrator of the whole house, in their language; whether any was sent."""
    sent = False
    for person in User.objects.filter(is_active=True).exclude(email="").select_related("union"):
        if not (person.keeps_the_house and settings.MAIL_IS_SENT):
            continue
        with translation.override(person.language):
            subject, text = words(*more)
            page = settings.SITE_URL + reverse("admin:backups_backup_changelist")
            try:
                EmailMessage(subject, f"{text}\n\n{page}\n", to=[person.email]).send()
                sent = True
            except (SMTPException, OSError):
                log.exception("An administrator could not be told of a backup.")
    return sent


def _failed(row: Backup) -> tuple[str, str]:
    told = [row.error, "", _("Earlier backups are as they were.")]
    if row.night:
        told.append(_("It is tried again each hour until 5 in the morning."))
    return _("The backup of %(day)s failed") % {"day": _today()}, "\n".join(told)


def _broken_off() -> tuple[str, str]:
    subject = _("The backup of %(day)s was broken off") % {"day": _today()}
    return subject, _(
        "The process that made it ended half-way. Nothing of it was kept, and it is being made again now."
    )


def _today() -> str:
    return date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
