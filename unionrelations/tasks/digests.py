"""The e-mails about what is due: who gets one today, and sending each.

What is guaranteed. Each due thing at each stage is told to a person by one digest: a row with a unique constraint says
so, and is written before the e-mail leaves. A digest is claimed by one worker; one that was killed is taken over and
sends what its rows say. Where the mail server refuses or cannot be reached, the rows are let go and the next attempt
tells them. So nothing is lost. Only between the moment a mail server has accepted a message and the moment its row says
"done" can a crash make the same message leave twice; SMTP knows no transaction that spans both. It then bears the same
Message-ID, by which many mailboxes show it once.
"""

from __future__ import annotations

from datetime import date
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from activities.reports.due.asked import Asked
from activities.reports.due.everything import due
from activities.reports.due.things import Due
from activities.reports.models import Digest
from unionrelations.accounts.models import OfficeDay, User

from .once import PATIENCE, OnceTask
from .sending import SentTask

ATTEMPTS = 12  # with `PATIENCE` between them, about an hour


class DigestTask(OnceTask):
    rows = Digest
    theirs = (SMTPRecipientsRefused,)  # a wrong address stays wrong until somebody mends it

    def do(self, pk: int) -> None:
        try:
            super().do(pk)
        except (SMTPException, OSError) as failure:
            if self.request.is_eager:
                raise
            raise self.retry(exc=failure, countdown=PATIENCE.total_seconds(), max_retries=ATTEMPTS) from None

    def work(self, row: Digest) -> dict:
        """Composes and sends; nothing is sent where nothing is new, or the person wants none any more."""
        person = row.person.as_unnamed()  # a mailbox is read by others as well
        if not person.is_active or not person.email or person.digest == User.Digest.NONE:
            return {}
        with translation.override(person.language):
            everything = due(Asked.by(person, row.day))
            told = row.take_up(everything)
            if not told:
                return {}
            try:
                letter(row, told, everything).send()
            except BaseException:
                row.let_go()
                raise
        return {"address": person.email}


def letter(row: Digest, told: list[Due], everything: list[Due]) -> EmailMultiAlternatives:
    """The e-mail in the language in force, as text and as simple HTML, with one and the same Message-ID each time."""
    late = [one for one in told if one.is_late(row.day)]
    context = {
        "groups": _groups(told, late, row.day),
        "late_in_all": sum(one.is_late(row.day) for one in everything),
        "page": settings.SITE_URL + reverse("due"),
        "profile": settings.SITE_URL + reverse("profile"),
        "language": translation.get_language(),
    }
    subject = ngettext("%(n)d thing due, %(day)s", "%(n)d things due, %(day)s", len(told))
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    mail = EmailMultiAlternatives(
        subject % {"n": len(told), "day": f"{row.day.day}/{row.day.month}/{row.day.year}"},
        render_to_string("mail/digest.txt", context),
        to=[row.person.email],
        headers={
            "Message-ID": f"<due-{row.pk}-{row.slot:%Y%m%d}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    return mail


def _groups(told: list[Due], late: list[Due], today: date) -> list[tuple]:
    """(whether they are late, [(thing, how far off, address)]), the late ones first."""
    both = ((True, late), (False, [one for one in told if one not in late]))
    return [
        (is_late, [(one, one.distance(today), settings.SITE_URL + one.url) for one in things])
        for is_late, things in both
        if things
    ]


@shared_task(bind=True, base=DigestTask, name="unionrelations.tasks.send_digest")
def send_digest(self, pk: int) -> None:
    """Sends one person's e-mail about what is due."""
    self.do(pk)


@shared_task(base=SentTask, name="unionrelations.tasks.send_digests")
def send_digests(day: str | None = None) -> None:
    """Each morning: an e-mail to everyone who wants one, and what was left over. Nothing without a mail server."""
    if not settings.MAIL_IS_SENT:
        return
    today = date.fromisoformat(day) if day else timezone.localdate()
    for row in Digest.objects.to_send(today, OfficeDay.objects.calendar()):
        send_digest.delay(row.pk)
