"""What each hook is to be told, and every attempt to tell it. Never opens an address."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.kit.scoping import ScopedQuerySet

from .hooks import TEST, Hook, Kind

# Between attempts, about three days in all: those of the specification, told by the minute.
WAITS = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
ATTEMPTS = len(WAITS) + 1
HELD = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)  # whoever took a call up longer ago than that was killed


class Problem(models.TextChoices):
    """Why there was no answer."""

    INSIDE = "inside", _("the name leads to an address inside a network, which the house never calls")
    TOO_LONG = "too-long", _("no answer in time")
    CERTIFICATE = "certificate", _("its certificate is not good for this name")
    NOBODY = "nobody", _("nobody answers there")


class CallQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own alone: what a hook was told may be more than somebody else may read."""
        return self.filter(hook__person=user) if user.is_authenticated and user.is_active else self.none()

    def keep_all(self, calls: list[Call]) -> int:
        """Those that were heard at once; gives how many."""
        return len(self.bulk_create(calls))  # type: ignore[arg-type]

    keep_all.alters_data = True

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
                return self.select_related("hook__person__union", "hook__union").get(pk=pk)  # type: ignore[return-value]
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

    @property
    def is_test(self) -> bool:
        return self.kind == TEST

    def kind_in_words(self):
        return dict(Kind.choices).get(self.kind, _("a test"))

    def record_in_words(self) -> str:
        """Which record it names, never what that says; nothing of a test."""
        return f"{apps.get_model(self.label)._meta.verbose_name} {self.key}" if self.label else ""


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
