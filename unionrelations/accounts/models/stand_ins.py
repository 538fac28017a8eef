"""Who exercises whose role for some days, such as a holiday. Never knows a session, nor today.

What is lent is the lender's role in their union as they have it on that very day, and nothing that is theirs in person:
see `LENT` and, for rights that stay with their owner, `NOT_LENT` in `roles`.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.scoping import ScopedQuerySet

LENT = ("union", "role", "is_superuser", "is_staff")  # what a stand-in has of the lender, and never keeps
MOST_DAYS = 92


class StandInQuerySet(ScopedQuerySet):
    """Read by both persons, and by administrators of the lender's union and those above."""

    scope_path = "lender__union"

    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = Q(lender=user.pk) | Q(person=user.pk)
        if user.acting is None and user.has_perm("accounts.view_user"):
            own |= Q(pk__in=super().visible_to(user).values("pk"))
        return self.filter(own).select_related("lender__union", "person__union", "ended_by")

    def between(self, user):
        """Those this person lends or stands in by, whatever administrators see besides."""
        return self.filter(Q(lender=user.pk) | Q(person=user.pk))

    def in_force(self, day: date):
        """Those of this day, while both accounts are open and neither was signed out everywhere since."""
        return self.filter(
            ended_at__isnull=True,
            first_day__lte=day,
            last_day__gte=day,
            lender__is_active=True,
            person__is_active=True,
            lender__union__isnull=False,
            lender__sign_outs=F("lender_sign_outs"),
            person__sign_outs=F("person_sign_outs"),
        )

    def of_session(self, user, pk: int, day: date):
        """The one this person acts by, if it still holds."""
        return self.in_force(day).filter(person=user.pk, pk=pk).select_related("lender__union").first()


class StandIn(models.Model):
    lender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lends", verbose_name=_("on behalf of")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stands_in", verbose_name=_("stand-in")
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to and including"))
    reason = models.CharField(_("reason"), max_length=300)
    made_at = models.DateTimeField(_("written down"), default=timezone.now, editable=False)
    lender_sign_outs = models.PositiveIntegerField(default=0, editable=False)
    person_sign_outs = models.PositiveIntegerField(default=0, editable=False)
    ended_at = models.DateTimeField(_("ended early"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("ended by"),
        editable=False,
    )

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation of rights")
        verbose_name_plural = _("delegations of rights")
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="a_stand_in_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first. Check both dates."),
            ),
            models.CheckConstraint(
                condition=~Q(lender=F("person")),
                name="nobody_stands_in_for_themselves",
                violation_error_message=_("Choose somebody else than yourself."),
            ),
        ]

    def __str__(self):
        return f"{self.lender} → {self.person}"

    def save(self, *args, **kwargs):
        if self.pk is None:
            self.lender_sign_outs, self.person_sign_outs = self.lender.sign_outs, self.person.sign_outs
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.first_day and self.last_day and (self.last_day - self.first_day).days >= MOST_DAYS:
            raise ValidationError({"last_day": _("Three months at most; write another one down when it is over.")})

    def end(self, by, now: datetime) -> None:
        """Ends it early; what has ended stays ended as it was."""
        if self.ended_at is None:
            self.ended_at, self.ended_by = now, by
            self.save(update_fields=["ended_at", "ended_by"])


def may_stand_in(people, lender):
    """Of these people, those of the lender's union, of one below it, or of one above it."""
    if lender.union_id is None:
        return people.none()
    near = Q(union__path__startswith=lender.union.path) | Q(union__in=lender.union.ancestor_ids())
    return people.filter(near, is_active=True).exclude(pk=lender.pk)
