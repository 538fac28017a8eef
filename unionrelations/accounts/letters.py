"""Letters about an account: composed at once in its person's language, handed to the mail server by a thread.

How long a mail server takes must not tell whether an address has an account, and one that does not answer must not keep
anybody from signing in. Never writes a password, nor a code.
"""

from __future__ import annotations

import logging
import threading
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

log = logging.getLogger(__name__)
THREAD = "letter"


def write(address: str, language: str, about: str, context: dict) -> None:
    """Sends `mail/accounts/<about>.txt`: its first line is the subject. Nothing happens without an address."""
    if not address or not settings.MAIL_IS_SENT:
        return
    with translation.override(language):
        text = render_to_string(f"mail/accounts/{about}.txt", context)
    subject, _end, body = text.strip().partition("\n")
    letter = EmailMessage(
        subject.strip(), body.strip() + "\n", to=[address], headers={"Auto-Submitted": "auto-generated"}
    )
    threading.Thread(target=_hand_over, args=(letter,), name=THREAD).start()


def write_to(person, about: str, context: dict | None = None) -> None:
    """A letter to somebody with an account."""
    write(person.email, person.language, about, {"person": person} | (context or {}))


def _hand_over(letter: EmailMessage) -> None:
    try:
        letter.send()
    except (SMTPException, OSError) as failure:  # the address stays out of the log
        log.warning("A letter about an account was not taken by the mail server: %s", type(failure).__name__)


def all_handed_over() -> None:
    """Waits for the letters under way."""
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()
