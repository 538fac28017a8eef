"""What lets a program in for a person: a secret of which only the hash is kept, narrowed to a union and to reading or
writing. Never goes further than its person does now, and never opens a page: see `unionrelations/api/entering.py`.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.scoping import ScopedQuerySet

from .unions import Union
from .users import User

MARK = "ur_"  # what a secret begins with, so that whoever finds one knows what it is
SHOWN = 8  # letters by which its person tells one from another
MOST_DAYS = 365


def digest(secret: str) -> str:
    """SHA-256 is enough: 256 random bits are not guessed, however fast one tries."""
    return hashlib.sha256(secret.encode()).hexdigest()


class AccessTokenQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own; whoever keeps accounts sees those of the people in reach as well."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if not user.has_perm("accounts.change_user"):
            return self.filter(person=user)
        return self.filter(Q(person=user) | Q(person__in=User.objects.visible_to(user).order_by().values("pk")))

    def open(self, today: date):
        """Those that still let somebody in: not revoked, not expired, of an account that is open and was not signed
        out everywhere since."""
        signed_in = self.filter(person__is_active=True, sign_outs=F("person__sign_outs"))
        return signed_in.filter(revoked_at=None, expires_on__gte=today)

    def at_the_door(self, secret: str, today: date) -> AccessToken | None:
        """Where nobody has entered yet: the open token with this secret."""
        found = self.open(today).filter(secret_hash=digest(secret))
        return found.select_related("person__union", "union").first()

    def revoke(self, now: datetime | Now) -> int:
        rows = self.filter(revoked_at=None)
        return rows.update(revoked_at=now)

    revoke.alters_data = True


class AccessToken(models.Model):
    """One program of one person."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens", verbose_name=_("person"))
    union = models.ForeignKey(
        Union,
        on_delete=models.CASCADE,
        related_name="tokens",
        verbose_name=_("union"),
        help_text=_("It sees this union and those below it, and nothing else."),
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("Which program uses it, such as “Sổ văn bản”."))
    may_write = models.BooleanField(_("may write"), default=False)
    expires_on = models.DateField(_("good until"))
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=SHOWN, editable=False)  # what it begins with
    sign_outs = models.PositiveIntegerField(editable=False)  # of its person, when it was made
    made_at = models.DateTimeField(editable=False)
    last_used_on = models.DateField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.name

    def make(self, person, now: datetime) -> str:
        """Keeps it for this person; gives the secret, which nobody can read again."""
        secret = MARK + secrets.token_urlsafe(32)
        self.person, self.sign_outs, self.made_at = person, person.sign_outs, now
        self.secret_hash, self.hint = digest(secret), secret[:SHOWN]
        self.save()
        return secret

    def bearer(self):
        """The person, seeing no further than the token; None where the union is out of their reach by now."""
        if not self.person.reach().filter(pk=self.union_id).exists():
            return None
        return self.person.narrowed_to(self.union)

    def use(self, today: date) -> None:
        """Notes the day, once a day."""
        if self.last_used_on != today:
            self.last_used_on = today
            self.save(update_fields=["last_used_on"])
