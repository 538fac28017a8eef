"""The browsers in which a person has signed in before. Never a password, never where a browser stands but its address.

A browser carries a random secret in a cookie, the same for everybody who signs in there; only its hash is kept.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.scoping import ScopedQuerySet

ASKED_FOR = timedelta(days=30)  # for so long the first page asks about a new browser
AGENT_LENGTH = 200


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class KnownBrowserQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own, whatever one's role."""
        return self.filter(person=user) if user.is_authenticated and user.is_active else self.none()

    def at_the_door(self, secret: str):
        """Where nobody has signed in yet: to whom the browser with this secret is known."""
        return self.filter(secret_hash=digest(secret))

    def meet(self, person, secret: str, seen: dict, answered_at) -> tuple[KnownBrowser, bool]:
        """The browser as it was just seen, and whether its person never used it before."""
        new = seen | {"first_seen": seen["last_seen"], "answered_at": answered_at}
        of = {"person": person, "secret_hash": digest(secret)}
        return self.update_or_create(**of, defaults=seen, create_defaults=new)  # type: ignore[return-value]

    def to_ask_about(self, now, secret: str):
        """New ones their person has not said a word about. The browser that asks does not answer for itself."""
        new = self.filter(answered_at=None, first_seen__gte=now - ASKED_FOR)
        return new.exclude(secret_hash=digest(secret)) if secret else new


class KnownBrowser(models.Model):
    """One person in one browser."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="browsers", verbose_name=_("person")
    )
    secret_hash = models.CharField(max_length=64, editable=False)
    agent = models.CharField(max_length=AGENT_LENGTH, blank=True)  # what the browser says it is
    address = models.GenericIPAddressField(null=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # when its person said that it was theirs

    objects = KnownBrowserQuerySet.as_manager()

    class Meta:
        verbose_name = _("known browser")
        verbose_name_plural = _("known browsers")
        ordering = ["-last_seen", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "secret_hash"], name="a_browser_is_known_once")]

    def __str__(self):
        return self.agent or str(self._meta.verbose_name)
