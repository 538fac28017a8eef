"""Activities of restricted access: named people read them, and for everybody else they are not there.

A restriction never widens what a person sees. Nothing is counted while it lasts, for anybody: a number is the same for
every reader. Never knows a page, nor today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.querysets.restrictions import NamedReaderQuerySet, RestrictionQuerySet
from unionrelations.accounts.models import User

from .activities import Activity
from .life import Life
from .scope import ActivityScope

RESTRICT = "activities.restrict_activity"


class Restriction(models.Model):
    """One stretch of time in which an activity was read by named people alone."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="restrictions", verbose_name=gettext_lazy("activity")
    )
    reason = models.CharField(
        gettext_lazy("reason"), max_length=300, blank=True, help_text=gettext_lazy("Read by the named people alone.")
    )
    lifts_on = models.DateField(
        gettext_lazy("lifts by itself on"),
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "From that day on it is read and counted like any other. Empty: until somebody lifts it."
        ),
    )
    # The activity's own number is kept here meanwhile, so that nobody is told it is taken.
    code = models.CharField(gettext_lazy("number"), max_length=60, blank=True, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("restricted by"),
        editable=False,
    )
    set_at = models.DateTimeField(gettext_lazy("restricted at"), default=timezone.now, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("lifted by"),
        editable=False,
        help_text=gettext_lazy("Empty where its day had come."),
    )
    lifted_at = models.DateTimeField(gettext_lazy("lifted at"), null=True, editable=False)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("restriction of access")
        verbose_name_plural = gettext_lazy("restrictions of access")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"], condition=Q(lifted_at__isnull=True), name="an_activity_is_restricted_once"
            )
        ]

    def __str__(self):
        return self.reason or str(self._meta.verbose_name)

    @property
    def is_open(self) -> bool:
        return self.lifted_at is None

    @transaction.atomic
    def begin(self, people=()) -> Restriction:
        """Restricts the activity; whoever does is always named. Raises ValidationError where it would hide nothing."""
        refuse_restricting(self.activity)
        self.code = self.activity.code or ""
        self.save()
        self.name(people)
        Activity.objects.filter(pk=self.activity_id).update(code=None)
        self.activity.code = None
        ActivityScope.objects.derive([self.activity_id])
        return self

    def set_apart(self, activity: Activity) -> None:
        """Keeps the number that the activity was given meanwhile. Saves no activity."""
        self.code, activity.code = activity.code, None
        self.save(update_fields=["code"])

    def name(self, people) -> None:
        """These people are named from now on, and whoever restricted it."""
        wanted = {one.pk for one in people} | ({self.set_by_id} if self.set_by_id else set())
        self.named.exclude(user__in=wanted).delete()
        there = set(self.named.values_list("user", flat=True))
        for pk in sorted(wanted - there):
            self.named.create(user_id=pk)

    @transaction.atomic
    def lift(self, now: datetime, by=None) -> None:
        """Read and counted like any other from here on; lifting it twice is lifting it once.

        A part stays restricted as long as its whole: raises ValidationError. Its number comes back unless another
        activity has it by now.
        """
        stored = Restriction.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not stored.is_open:
            return
        whole = self.activity.part_of_id
        if whole and Restriction.objects.of([whole]):
            raise ValidationError(_("It is part of a restricted activity. Lift the restriction of the whole first."))
        self.lifted_at, self.lifted_by = now, by
        self.save(update_fields=["lifted_at", "lifted_by"])
        if self.code and not Activity.objects.filter(code=self.code).exists():
            Activity.objects.filter(pk=self.activity_id).update(code=self.code)
        ActivityScope.objects.derive([self.activity_id])


class NamedReader(models.Model):
    """A person who reads a restricted activity."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="named")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="named_for")

    objects = NamedReaderQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("named reader")
        verbose_name_plural = gettext_lazy("named readers")
        constraints = [models.UniqueConstraint(fields=["restriction", "user"], name="a_reader_is_named_once")]

    def __str__(self):
        return str(self.user)


def may_restrict(life: Life) -> bool:
    """Whoever has the right by role, in the union that leads the activity or one above it, of an activity they read."""
    return life.user.has_perm(RESTRICT) and life.leads_or_is_above


def may_be_named(activity: Activity):
    """Who would read the activity if it were not restricted: people of its unions and of those above them."""
    line = {
        pk
        for role in activity.union_roles.select_related("union")
        for pk in (*role.union.ancestor_ids(), role.union_id)
    }
    housekeepers = Q(is_superuser=True, union__isnull=True)
    return User.objects.filter(Q(union__in=line) | housekeepers, is_active=True)


def refuse_restricting(activity: Activity) -> None:
    """Raises ValidationError where the activity stands in something others keep reading."""
    open_parts = Activity.objects.filter(part_of=activity.pk).unrestricted()
    if open_parts.exists():
        raise ValidationError(_("It has parts that are open to read. Restrict those first."))
    if activity.promises_kept.unrestricted().exclude(activity=activity.pk).exists():
        raise ValidationError(
            _("A promise of another activity is noted as kept at this one. Take that note away first.")
        )
    if activity.proposals.exists():
        raise ValidationError(_("A published proposal is noted as made at this activity, so it is known."))


def lift_due(day: date, now: datetime) -> int:
    """Lifts what is over on this day, each in a transaction of its own; says how many. Doing it again does nothing."""
    return _lift(Restriction.objects.wholes_first().filter(lifts_on__lte=day), now)


def lift_left_alone(now: datetime) -> int:
    """Lifts what nobody named can read any more, so that no record is lost with those who knew of it."""
    rows = Restriction.objects.wholes_first()
    return _lift((one for one in rows if not may_be_named(one.activity).filter(named_for__restriction=one)), now)


def _lift(rows: Iterable[Restriction], now: datetime) -> int:
    lifted = 0
    for one in rows:
        try:
            one.lift(now)
        except ValidationError:  # part of a whole that is restricted for longer
            continue
        lifted += 1
    return lifted
