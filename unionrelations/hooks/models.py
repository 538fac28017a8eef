"""Addresses that want to be told, what each is to be told, and every attempt to tell it. Never opens an address.

A hook is of one person and one union, as an access token is, and ends with whatever that rests on. It reads as its
person does, but never what names people alone: an address is no person.
"""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.accounts.letters import write_to
from unionrelations.accounts.models import Union, User
from unionrelations.accounts.second_factor import has_second_factor
from unionrelations.kit.scoping import ScopedQuerySet
from unionrelations.kit.seals import seal

MARK = "whsec_"  # what a secret begins with, by the Standard Webhooks specification
MOST_HOOKS = 10  # of one person
BOTH_SIGN = timedelta(days=1)  # a secret that was changed signs beside the new one for so long
# Between attempts, about three days in all: those of the specification, told by the minute.
WAITS = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
ATTEMPTS = len(WAITS) + 1
HELD = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)  # whoever took a call up longer ago than that was killed


class Kind(models.TextChoices):
    """What may be told, the most telling first: one act on one record is told once, by the first of these heard."""

    DELETED = "record.deleted", _("a record was deleted, or merged into another")
    CREATED = "record.created", _("a record was entered, imported or brought back")
    SIGNED = "report.signed", _("a report was signed")
    STEP = "activity.step", _("an activity went a step: submitted, approved, returned")
    CHANGED = "record.changed", _("a record was changed, or something under it")


class Problem(models.TextChoices):
    """Why there was no answer."""

    INSIDE = "inside", _("the name leads to an address inside a network, which the house never calls")
    TOO_LONG = "too-long", _("no answer in time")
    CERTIFICATE = "certificate", _("its certificate is not good for this name")
    NOBODY = "nobody", _("nobody answers there")


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
        """Those with something to be told."""
        return self.open().filter(Exists(Call.objects.due(now).filter(hook=OuterRef("pk"))))

    def switch_off(self, now, why: str = Off.BY_HAND) -> int:
        return self.filter(off_at=None).update(off_at=now, off_because=why)

    switch_off.alters_data = True


def said_address(value: str) -> None:
    """Refuses what the house would never call; where a name leads is asked each time it is called."""
    try:
        said = urlsplit(value)
        said.port  # noqa: B018 - raises where it is none
    except ValueError:
        raise ValidationError(_("This is no address."), code="address") from None
    schemes = ("https", "http") if settings.HOOKS_ON_LOOPBACK else ("https",)
    if said.scheme not in schemes or not said.hostname or not value.isascii() or any(one.isspace() for one in value):
        raise ValidationError(_("Give an address that begins with https://."), code="address")
    if said.username is not None or said.fragment:
        raise ValidationError(_("Give the address without a name, a password and a # in it."), code="address")


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
        Heard.skip_where_nobody_listens()
        self.person, self.sign_outs, self.made_at = person, person.sign_outs, now
        told, self.secret = _new_secret()
        self.save()
        return told

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
        Heard.skip_where_nobody_listens()
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

    def reader(self) -> User | None:
        """Whoever the hook reads as; None where its person may not read that far any more."""
        person = self.person
        if not person.is_active or not person.reach().filter(pk=self.union_id).exists():
            return None
        if person.must_have_second_factor and not has_second_factor(person):
            return None
        return person.narrowed_to(self.union).as_unnamed()


def _new_secret() -> tuple[str, str]:
    """As it is told, and as it is kept."""
    key = secrets.token_bytes(32)
    return MARK + base64.b64encode(key).decode(), seal("webhook").encrypt(key).decode()


class CallQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own alone: what a hook was told may be more than somebody else may read."""
        return self.filter(hook__person=user) if user.is_authenticated and user.is_active else self.none()

    def waiting(self):
        return self.filter(state=Call.State.WAITING)

    def due(self, now: datetime):
        return self.waiting().filter(due_at__lte=now)

    def of_open_hooks(self):
        return self.filter(hook__in=Hook.objects.open().order_by().values("pk"))

    def take_up(self, hook_id: int, now: datetime) -> Call | None:
        """The next one due; of two workers one gets it. Where that one is killed, it is due again."""
        for pk in self.due(now).filter(hook=hook_id).order_by("due_at", "pk").values_list("pk", flat=True)[:5]:
            if self.due(now).filter(pk=pk).update(due_at=now + HELD):
                return self.select_related("hook__person__union", "hook__union").get(pk=pk)
        return None

    def tell_again(self, now: datetime) -> int:
        return self.update(state=Call.State.WAITING, due_at=now)

    tell_again.alters_data = True

    def attempted(self):
        """Those that were told, or tried: what only waits may turn out to be nothing its person may know."""
        return self.filter(attempts__isnull=False).distinct()


class Call(models.Model):
    """What one hook is to be told: one act on one record. A test call is of none."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a call", "waiting")
        DONE = "done", pgettext_lazy("a call", "told")
        GIVEN_UP = "given-up", pgettext_lazy("a call", "given up")

    TEST = "test"

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="calls", verbose_name=_("webhook"))
    event = models.UUIDField(default=uuid4, editable=False)
    kind = models.CharField(_("what is told"), max_length=20, editable=False)
    act = models.UUIDField(null=True, editable=False)
    label = models.CharField(max_length=40, blank=True, editable=False)
    slug = models.CharField(max_length=40, blank=True, editable=False)
    key = models.BigIntegerField(null=True, editable=False)
    step = models.CharField(max_length=20, blank=True, editable=False)
    way = models.CharField(max_length=12, blank=True, editable=False)
    happened_at = models.DateTimeField(_("happened"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING, editable=False)
    due_at = models.DateTimeField(editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call of a webhook")
        verbose_name_plural = _("calls of webhooks")
        ordering = ["-pk"]
        indexes = [models.Index("due_at", "hook", name="call_by_due", condition=Q(state="waiting"))]

    def __str__(self):
        return f"{self.kind} {self.slug} {self.key or ''}".strip()

    def kind_in_words(self):
        return dict(Kind.choices).get(self.kind, _("a test"))


class AttemptQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return self.filter(call__in=Call.objects.visible_to(user).order_by().values("pk"))


class Attempt(models.Model):
    """One try to tell: when, how long it took, and what was answered or went wrong."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("call"))
    at = models.DateTimeField(_("at"), editable=False)
    took = models.PositiveIntegerField(_("took, in milliseconds"), editable=False)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, editable=False)
    problem = models.CharField(_("what went wrong"), max_length=20, choices=Problem, blank=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt of a call")
        verbose_name_plural = _("attempts of calls")
        ordering = ["-pk"]

    def __str__(self):
        return str(self.status or self.problem)


class Heard(models.Model):
    """How far the history was listened to, for all hooks: one row. See `hearing.py` for the two places."""

    upto = models.BigIntegerField(default=0, editable=False)
    ahead = models.BigIntegerField(default=0, editable=False)
    ahead_of = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("place in the history")
        verbose_name_plural = _("places in the history")

    def __str__(self):
        return str(self.upto)

    @classmethod
    def skip_where_nobody_listens(cls) -> None:
        """Whoever begins to listen is told what comes, and not all that ever was."""
        if Hook.objects.open().exists():
            return
        entries = Hook._meta.apps.get_model("history", "Entry")._base_manager
        last = entries.aggregate(last=models.Max("pk"))["last"] or 0
        cls._base_manager.update_or_create(pk=1, defaults={"upto": last, "ahead": last, "ahead_of": None})
