"""What was promised at an activity, by us or by them. Never knows today: the caller's day decides what is late."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import FollowUpQuerySet
from unionrelations.kit.records import Record
from unionrelations.kit.windows import EARLIEST, LATEST

from .activities import Activity


class FollowUp(Record):
    """A promise; open until the day it was kept is written down."""

    class Side(models.TextChoices):
        US = "us", _("by us")
        THEM = "them", _("by the partner")

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="follow_ups", verbose_name=_("activity")
    )
    what = models.CharField(_("what was promised"), max_length=300)
    side = models.CharField(_("promised"), max_length=10, choices=Side, default=Side.US)
    due_on = models.DateField(_("due on"), null=True, blank=True, help_text=_("Empty where no day was named."))
    done_on = models.DateField(_("done on"), null=True, blank=True, help_text=_("Empty until it is done."))
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
        ]

    def __str__(self):
        return self.what

    def is_late(self, day) -> bool:
        """Whether it was due before this day and is still open."""
        return self.done_on is None and self.due_on is not None and self.due_on < day
