"""How tests enter as a program does: with a token in the header, and no session."""

import datetime as dt

from django.test import Client
from django.utils import timezone

from unionrelations.accounts.models import AccessToken


def token_of(person, *, union=None, may_write=True, days=30, name="Sổ văn bản") -> tuple[AccessToken, str]:
    """A token of this person, and its secret."""
    until = timezone.localdate() + dt.timedelta(days=days)
    token = AccessToken(union=union or person.union, may_write=may_write, expires_on=until, name=name)
    return token, token.make(person, timezone.now())


def program(person, **said) -> Client:
    """A program that sends a token of this person with every request, and is refused where a form's secret is asked."""
    return bearing(token_of(person, **said)[1])


def bearing(secret: str) -> Client:
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})
