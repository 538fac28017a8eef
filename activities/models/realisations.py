"""What became of the lines of plans: the activities that realise them, and the steps of larger ones."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import OfPlanLineQuerySet, RealisationQuerySet

from .activities import Activity
from .plan_lines import PlanLine


class Realisation(models.Model):
    """An activity that realises a line. Several may realise one, and a joint one a line in the plan of each union."""

    line = models.ForeignKey(
        PlanLine, on_delete=models.CASCADE, related_name="realisations", verbose_name=_("line of a plan")
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="realisations", verbose_name=_("activity")
    )

    objects = RealisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity that realises a line")
        verbose_name_plural = _("activities that realise lines")
        ordering = ["line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "activity"],
                name="an_activity_realises_a_line_once",
                violation_error_message=_("This activity is already named for this line."),
            )
        ]

    def __str__(self):
        return str(self.activity)

    def natural_key(self):
        return (*self.line.natural_key(), self.activity.code)

    natural_key.dependencies = ["activities.planline", "activities.delegation", "activities.conference"]

    @property
    def brought(self) -> int | None:
        """Guests of an inbound delegation, trainees of a course, else the people of the plan's union and those below.

        Read of rows that were fetched `with_what_they_brought`.
        """
        counts_as = self.activity.counts_as
        if counts_as == Activity.Category.DELEGATION_IN:
            return self.guests
        return self.trainees if counts_as == Activity.Category.COURSE else self.people

    @property
    def is_missing_people(self) -> bool:
        counts_as = self.activity.counts_as
        if counts_as in (Activity.Category.DELEGATION_IN, Activity.Category.COURSE):
            return self.brought is None
        return self.people_unknown or self.people is None


class LineStep(models.Model):
    """A step of a larger line, as far as it has come. Steps are no part of what was approved: they move on."""

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="steps", verbose_name=_("line of a plan"))
    what = models.CharField(pgettext_lazy("of a plan", "step"), max_length=300)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(
        _("done, in percent"),
        default=0,
        validators=[MaxValueValidator(100, _("At most 100 percent."))],
        help_text=_("0 where it is not begun, 100 where it is done."),
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = OfPlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a plan", "step")
        verbose_name_plural = pgettext_lazy("of a plan", "steps")
        ordering = ["line", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__range=(0, 100)),
                name="a_step_is_done_at_most_wholly",
                violation_error_message=_("Between 0 and 100 percent."),
            )
        ]

    def __str__(self):
        return self.what
