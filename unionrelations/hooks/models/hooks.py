"""Addresses that want to be told, and what of. Never opens an address.

A hook is of one person and one union, as an access token is, and ends with whatever that rests on. It reads as its
person does, but never what names people alone: an address is no person.
"""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.letters import write_to
from unionrelations.accounts.models import Union, User
from unionrelations.accounts.second_factor import has_second_factor
from unionrelations.hooks.addresses import said_address
from unionrelations.kit.scoping import ScopedQuerySet
from unionrelations.kit.seals import seal

from .heard import Heard

MARK = "whsec_"  # what a secret begins with, by the Standard Webhooks specification
MOST_HOOKS = 10  # of one person
TEST = "test"  # the kind of a call that tells of no record
BOTH_SIGN = timedelta(days=1)  # a secret that was changed signs beside the new one for so long


class Kind(models.TextChoices):
    """What may be told, the most telling first: one act on one record is told once, by the first of these heard."""

    DELETED = "record.deleted", _("a record was deleted, or merged into another")
    CREATED = "record.created", _("a record was entered, imported or brought back")
    SIGNED = "report.signed", _("a report was signed")
    STEP = "activity.step", _("an activity went a step: submitted, approved, returned")
    CHANGED = "record.changed", _("a record was changed, or something under it")


class Off(models.TextChoices):
    """Why a hook is told nothing."""

    BY_HAND = "by-hand", _("switched off by hand")
    FAILED = "failed", _("it answered nothing good for three days")
    GONE = "gone", _("it answered that it wants no more (410)")


class HookQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own; whoever keeps accounts sees those of the people in reach as well."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if not user.has_perm("accounts.change_user"):
            return self.filter(person=user)
        return self.filter(Q(person=user) | Q(person__in=User.objects.visible_to(user).order_by().values("pk")))

    def open(self):
        """Those that are told: switched on, of an account that is open and was not signed out everywhere since."""
        return self.filter(off_at=None, person__is_active=True, sign_outs=F("person__sign_outs"))

    def due(self, now: datetime):
        """Those with something to be told. Where nobody answered, nothing newer is tried before that is tried again:
        whoever saves a record waits for it where no worker does this."""
        theirs = _calls().filter(hook=OuterRef("pk"))
        unanswered = theirs.waiting().filter(due_at__gt=now, attempts__isnull=False).exclude(attempts__problem="")
        is_silent = Q(failing_since__isnull=False) & Exists(unanswered)
        return self.open().filter(~is_silent, Exists(theirs.due(now)))

    def switch_off(self, now, why: str = Off.BY_HAND) -> int:
        return self.filter(off_at=None).update(off_at=now, off_because=why)

    switch_off.alters_data = True


class Hook(models.Model):
    """One address of one person, told what somebody of one union could read."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="hooks", verbose_name=_("person"))
    union = models.ForeignKey(
        Union,
        on_delete=models.CASCADE,
        related_name="hooks",
        verbose_name=_("union"),
        help_text=_("It is told of this union and those below it, and of nothing else."),
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("Which program listens, such as “Sổ văn bản”."))
    address = models.CharField(
        _("address"),
        max_length=500,
        validators=[said_address],
        help_text=_("Where the program listens, such as https://vanban.example.vn/doi-ngoai."),
    )
    kinds = models.JSONField(_("what it is told"), default=list)
    secret = models.TextField(editable=False)  # sealed
    former = models.TextField(blank=True, editable=False)  # sealed; signs as well until `former_until`
    former_until = models.DateTimeField(null=True, editable=False)
    sign_outs = models.PositiveIntegerField(editable=False)  # of its person, when it was made
    made_at = models.DateTimeField(editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    off_at = models.DateTimeField(null=True, editable=False)
    off_because = models.CharField(max_length=10, choices=Off, blank=True, editable=False)

    objects = HookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.name

    def make(self, person: User, now: datetime) -> str:
        """Keeps it for this person, told from now on; gives the secret, which nobody can read again."""
        self._begin_to_listen()
        self.person, self.sign_outs, self.made_at = person, person.sign_outs, now
        told, self.secret = _new_secret()
        self.save()
        return told

    @classmethod
    def _begin_to_listen(cls) -> None:
        """Whoever begins to listen is told what comes, and not all that ever was."""
        if not cls.objects.open().exists():
            Heard.skip()

    def change_secret(self, now: datetime) -> str:
        """A new secret; the one before signs as well for a day, so that nothing is refused while it is put in place."""
        self.former, self.former_until = self.secret, now + BOTH_SIGN
        told, self.secret = _new_secret()
        self.save(update_fields=["secret", "former", "former_until"])
        return told

    def keys(self, now: datetime) -> list[bytes]:
        """What calls are signed with now, the newest first."""
        both = [self.secret]
        if self.former and self.former_until is not None and now < self.former_until:
            both.append(self.former)
        return [seal("webhook").decrypt(one.encode()) for one in both]

    def switch_on(self) -> None:
        """What happened while it was off is not told."""
        self._begin_to_listen()
        self.calls.waiting().delete()
        self.off_at, self.off_because, self.failing_since = None, "", None
        self.sign_outs = self.person.sign_outs
        self.save(update_fields=["off_at", "off_because", "failing_since", "sign_outs"])

    def give_up(self, now: datetime, *, gone: bool) -> None:
        """Switches it off and tells its person, once."""
        why = Off.GONE if gone else Off.FAILED
        if type(self).objects.filter(pk=self.pk).switch_off(now, why):
            link = f"{settings.SITE_URL}{reverse('hook', args=[self.pk])}"
            tell = partial(write_to, self.person, "hook_off", {"hook": self, "why": why.label, "link": link})
            transaction.on_commit(tell)

    def test(self, now: datetime) -> None:
        """A call that tells of no record."""
        self.calls.create(kind=TEST, happened_at=now, due_at=now)

    def reader(self) -> User | None:
        """Whoever the hook reads as; None where its person may not read that far any more."""
        person = self.person
        if not person.is_active or not person.reach().filter(pk=self.union_id).exists():
            return None
        if person.must_have_second_factor and not has_second_factor(person):
            return None
        return person.narrowed_to(self.union).as_unnamed()


def _calls():
    return Hook._meta.get_field("calls").related_model.objects


def _new_secret() -> tuple[str, str]:
    """As it is told, and as it is kept."""
    key = secrets.token_bytes(32)
    return MARK + base64.b64encode(key).decode(), seal("webhook").encrypt(key).decode()
