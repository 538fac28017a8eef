"""The life of an activity: which step leads where, whose it is, what it asks for; and the steps that were taken.

`STEPS` is the one table of it; pages, rules and docs/activity-life.md are drawn from it. Never knows today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.querysets import StepQuerySet

from .activities import Activity
from .papers import Paper
from .roles import UnionRole

Status = Activity.Status
CLOSED = "closed"  # of a held activity of which nothing more is asked; it counts as before
SUBMIT, APPROVE = "activities.submit_activity", "activities.approve_activity"  # officers have one, leaders the other


class NotNow(Exception):
    """A step that is not open to whoever asked, or not yet; the text says why."""


class Step(models.TextChoices):
    SUBMIT = "submit", pgettext_lazy("step of an activity", "submit")
    RETURN = "return", pgettext_lazy("step of an activity", "return")
    APPROVE = "approve", pgettext_lazy("step of an activity", "approve")
    REFUSE = "refuse", pgettext_lazy("step of an activity", "refuse")
    BEGIN = "begin", pgettext_lazy("step of an activity", "begin")
    HOLD = "hold", pgettext_lazy("step of an activity", "note as held")
    CLOSE = "close", pgettext_lazy("step of an activity", "close")
    REOPEN = "reopen", pgettext_lazy("step of an activity", "reopen")
    POSTPONE = "postpone", pgettext_lazy("step of an activity", "postpone")
    CANCEL = "cancel", pgettext_lazy("step of an activity", "cancel")
    RESUME = "resume", pgettext_lazy("step of an activity", "plan again")
    SET = "set", pgettext_lazy("step of an activity", "set in the form")  # no step of the table: the quiet path


@dataclass(frozen=True)
class Way:
    """One line of the table. `paper` lies with the activity once the step is taken, entered with it or before."""

    step: Step
    sources: tuple[str, ...]
    target: str
    right: str
    why: str | Promise  # what the step means, for the docs and the page
    asks_reason: bool = False
    paper: str = ""
    is_decision: bool = False  # taken by somebody else than whoever submitted


STEPS: dict[Step, Way] = {
    way.step: way
    for way in (
        Way(
            Step.SUBMIT,
            (Status.PLANNED,),
            Status.SUBMITTED,
            SUBMIT,
            _("An officer asks for leave; the request document lies with it."),
            paper=Paper.Kind.REQUEST,
        ),
        Way(
            Step.APPROVE,
            (Status.SUBMITTED,),
            Status.APPROVED,
            APPROVE,
            _("A leader of the leading union, or of one above it, gives leave; the permission document lies with it."),
            paper=Paper.Kind.PERMISSION,
            is_decision=True,
        ),
        Way(
            Step.RETURN,
            (Status.SUBMITTED,),
            Status.PLANNED,
            APPROVE,
            _("A leader sends it back and says what is to be changed."),
            asks_reason=True,
            is_decision=True,
        ),
        Way(
            Step.REFUSE,
            (Status.SUBMITTED,),
            Status.REFUSED,
            APPROVE,
            _("A leader does not give leave, and says why."),
            asks_reason=True,
            is_decision=True,
        ),
        Way(
            Step.BEGIN,
            (Status.APPROVED,),
            Status.UNDER_WAY,
            SUBMIT,
            _("It has begun; the programme lies with it. What lasts a day may go on to held at once."),
            paper=Paper.Kind.PROGRAMME,
        ),
        Way(
            Step.HOLD,
            (Status.APPROVED, Status.UNDER_WAY),
            Status.HELD,
            SUBMIT,
            _("It took place. From here on it is counted."),
        ),
        Way(
            Step.CLOSE,
            (Status.HELD,),
            CLOSED,
            SUBMIT,
            _("The report is in and nothing more is asked. It counts as before."),
            paper=Paper.Kind.TRIP_REPORT,
        ),
        Way(
            Step.REOPEN,
            (CLOSED,),
            Status.HELD,
            APPROVE,
            _("Something is missing after all."),
            asks_reason=True,
        ),
        Way(
            Step.POSTPONE,
            (Status.PLANNED, Status.SUBMITTED, Status.APPROVED),
            Status.POSTPONED,
            SUBMIT,
            _("It is put off; a new day may not be known yet."),
            asks_reason=True,
        ),
        Way(
            Step.CANCEL,
            (Status.PLANNED, Status.SUBMITTED, Status.APPROVED, Status.UNDER_WAY, Status.POSTPONED),
            Status.CANCELLED,
            SUBMIT,
            _("It does not take place."),
            asks_reason=True,
        ),
        Way(
            Step.RESUME,
            (Status.POSTPONED, Status.CANCELLED, Status.REFUSED),
            Status.PLANNED,
            SUBMIT,
            _("It is taken up again, and asks for leave anew."),
            asks_reason=True,
        ),
    )
}


class StepTaken(models.Model):
    """A step somebody took: from where to where, when and why. Written once, never changed."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="steps", verbose_name=_("activity"))
    step = models.CharField(_("step"), max_length=10, choices=Step)
    before = models.CharField(_("from"), max_length=20)
    after = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("on behalf of"),
        editable=False,
    )
    at = models.DateTimeField(_("when"), default=timezone.now)  # of a status set in a form, the moment it was saved
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = _("steps taken")
        ordering = ["activity_id", "pk"]

    def __str__(self):
        return f"{capfirst(self.get_step_display())}: {self.in_words(self.before)} → {self.in_words(self.after)}"

    @staticmethod
    def in_words(stage: str) -> str:
        return str(_closed) if stage == CLOSED else str(Status(stage).label)


_closed = pgettext_lazy("an activity", "closed")


def stage_of(activity: Activity) -> str:
    """Where it stands: its status, or closed."""
    return CLOSED if activity.closed_at is not None else activity.status


class Life:
    """An activity as one person finds it: the steps open to them, and those they take."""

    def __init__(self, activity: Activity, user):
        self.activity, self.user = activity, user

    @property
    def stage(self) -> str:
        return stage_of(self.activity)

    def ways(self) -> Iterator[Way]:
        """The steps this person may take from here, in the order of the table."""
        return (way for way in STEPS.values() if self.hindrance(way) is None)

    def hindrance(self, way: Way) -> str | None:
        """Why this person may not take a step now, in a sentence; None where they may, reason and paper apart."""
        if self.stage not in way.sources:
            return gettext("This activity is %(stage)s by now; the step does not lead on from there.") % {
                "stage": StepTaken.in_words(self.stage)
            }
        if not self.user.has_perm(way.right) or not self.leads_or_is_above:
            return gettext("This step is taken by somebody else: see who does what in the guide.")
        if way.is_decision and self.submitters & self.user.persons:
            return gettext("You submitted it yourself; somebody else decides.")
        return None

    @cached_property
    def leads_or_is_above(self) -> bool:
        """Whether the activity is this person's union's to lead, or that of one below it."""
        if self.user.sees_everything:
            return True
        roles = UnionRole.objects.filter(activity=self.activity.pk)
        seen = set(roles.visible_to(self.user).values_list("part", flat=True))
        if UnionRole.Part.LEAD in seen or not seen:
            return bool(seen)
        return not roles.filter(part=UnionRole.Part.LEAD).exists()

    @property
    def submitters(self) -> set[int]:
        """Who asked for leave last, and in whose name."""
        asked = self.activity.steps.filter(step=Step.SUBMIT).order_by("-pk").values_list("by", "on_behalf_of")
        return set(asked.first() or ()) - {None}

    def lacks(self, way: Way) -> bool:
        """Whether the paper a step asks for is not there yet."""
        return bool(way.paper) and not self.activity.papers.filter(kind=way.paper).exists()

    def hold(self) -> Mapping[str, Any]:
        """How far it is stored to have come; nobody else takes it a step before this transaction ends."""
        own = self.activity.own
        return type(own)._base_manager.select_for_update().filter(pk=own.pk).values("status", "closed_at").get()

    @transaction.atomic
    def take(self, step: Step, now: datetime, reason: str = "") -> StepTaken:
        """Raises NotNow, with its sentence, where the step is not open, or lacks its reason or its paper."""
        way, own, stored = STEPS[step], self.activity.own, self.hold()
        self.activity.status, self.activity.closed_at = stored["status"], stored["closed_at"]
        if hindrance := self.hindrance(way):
            raise NotNow(hindrance)
        if way.asks_reason and not reason.strip():
            raise NotNow(gettext("Say why, in a few words."))
        if self.lacks(way):
            raise NotNow(gettext("This step asks for a paper: %(paper)s.") % {"paper": Paper.Kind(way.paper).label})
        taken = StepTaken(
            activity_id=own.pk,
            step=step,
            before=self.stage,
            after=way.target,
            by=self.user,
            on_behalf_of=self.user.lender,
            at=now,
            reason=reason.strip(),
        )
        own.stand(way.target, now)
        own.changed_by = self.user
        own.save()
        self.activity.status, self.activity.closed_at = own.status, own.closed_at
        taken.save()
        return taken
