"""What was promised at an activity, by us or by them. Never knows today: the caller's day decides what is late."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import FollowUpQuerySet
from partners.models import Partner
from unionrelations.accounts.models import Officer, Union
from unionrelations.kit.records import Record
from unionrelations.kit.windows import EARLIEST, LATEST

from .activities import Activity


class FollowUp(Record):
    """A promise; open until the day it was kept is written down. Whose it is may not be known."""

    class Side(models.TextChoices):
        US = "us", _("by us")
        THEM = "them", _("by the partner")

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="follow_ups", verbose_name=_("activity")
    )
    what = models.CharField(_("what was promised"), max_length=300)
    side = models.CharField(_("promised"), max_length=10, choices=Side, default=Side.US)
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        verbose_name=_("partner"),
        help_text=_("To whom, or by whom. Empty: every partner of the activity."),
    )
    officer = models.ForeignKey(
        Officer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        verbose_name=_("officer in charge"),
    )
    union = models.ForeignKey(
        Union,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        verbose_name=_("union in charge"),
    )
    their_person = models.CharField(
        _("the partner's person"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Name and title, as written."),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, help_text=_("Empty where no day was named."))
    done_on = models.DateField(_("done on"), null=True, blank=True, help_text=_("Empty until it is done."))
    kept_at = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="promises_kept",
        verbose_name=_("kept at"),
        help_text=_("The later meeting at which it was kept."),
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise to follow up")
        verbose_name_plural = _("promises to follow up")
        ordering = ["activity", "due_on", "pk"]
        indexes = [models.Index("due_on", condition=Q(done_on__isnull=True), name="open_promises_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(due_on__isnull=True) | Q(due_on__range=(EARLIEST, LATEST)))
                & (Q(done_on__isnull=True) | Q(done_on__range=(EARLIEST, LATEST))),
                name="followup_lies_within_living_memory",
                violation_error_message=_("A year lies before 1900 or after 2100. Check the dates."),
            ),
            models.UniqueConstraint(
                fields=["activity", "what", "side"],
                name="a_promise_is_listed_once",
                violation_error_message=_("This promise is already listed."),
            ),
            models.CheckConstraint(
                condition=Q(side="us", their_person="") | Q(side="them", officer__isnull=True, union__isnull=True),
                name="a_promise_is_in_the_hands_of_its_side",
                violation_error_message=_(
                    "Our promise is in the hands of our officer or union, theirs of the partner's person."
                ),
            ),
            models.CheckConstraint(
                condition=Q(officer__isnull=True) | Q(union__isnull=True),
                name="a_promise_has_one_owner",
                violation_error_message=_("Name the officer or the union in charge, not both."),
            ),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True) | Q(done_on__isnull=False),
                name="a_promise_kept_at_a_meeting_is_done",
                violation_error_message=_("Write the day on which it was kept as well."),
            ),
        ]

    def clean(self):
        super().clean()
        if self.kept_at_id and self.kept_at_id != self.activity_id and self.kept_at.is_restricted:
            raise ValidationError({"kept_at": _("Access to that meeting is restricted, so no other record names it.")})

    def __str__(self):
        return self.what

    @property
    def partners(self) -> list[Partner]:
        """By or to whom: the one named, else each partner of the activity, once."""
        if self.partner is not None:
            return [self.partner]
        return list({one.partner_id: one.partner for one in self.activity.partner_roles.all()}.values())

    @property
    def owner(self) -> str:
        """In whose hands it is, in words; "" where nobody said."""
        return str(self.officer or self.union or self.their_person)

    def is_late(self, day) -> bool:
        """Whether it was due before this day and is still open."""
        return self.done_on is None and self.due_on is not None and self.due_on < day
