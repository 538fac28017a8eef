"""Whether an account has a second factor, and taking it away when a phone is lost. Never knows a code or a key."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from .letters import write_to
from .models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(person: User) -> bool:
    return Authenticator.objects.filter(user=person, type__in=KINDS).exists()


@transaction.atomic
def take_away(person: User) -> bool:
    """Everything a lost phone could still do is over: app, passkeys, recovery codes, sessions. Its person is told.

    False where there was nothing to take away.
    """
    gone, _kinds = Authenticator.objects.filter(user=person).delete()
    if not gone:
        return False
    person.sign_out_everywhere()
    transaction.on_commit(lambda: write_to(person, "second_factor_reset"))
    return True
