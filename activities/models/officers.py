"""What officers of ours had to do with an activity: a course they attended, a language they interpreted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import AttendanceQuerySet, InterpretingQuerySet
from unionrelations.accounts.models import Officer
from unionrelations.kit.records import Record

from .activities import Activity
from .courses import Course


class Attendance(models.Model):
    """An officer's place in a course of the house. Trainings elsewhere stand in words at the officer."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="attendances", verbose_name=_("course"))
    officer = models.ForeignKey(
        Officer, on_delete=models.CASCADE, related_name="attendances", verbose_name=_("officer")
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("officer in a course")
        verbose_name_plural = _("officers in courses")
        ordering = ["course", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "officer"],
                name="an_officer_attends_a_course_once",
                violation_error_message=_("This officer is already listed for this course."),
            )
        ]

    def __str__(self):
        return str(self.officer)


class Interpreting(Record):
    """A language an activity needs, and who interprets it: an officer of ours, or somebody in words; or nobody yet."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="interpreting", verbose_name=_("activity")
    )
    language = models.CharField(_("language"), max_length=60, help_text=_("Such as tiếng Anh or tiếng Lào."))
    officer = models.ForeignKey(
        Officer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interpreting",
        verbose_name=_("interpreter of ours"),
    )
    name = models.CharField(
        _("interpreter from elsewhere"), max_length=120, blank=True, help_text=_("Where it is no officer on record.")
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = InterpretingQuerySet.as_manager()

    class Meta:
        verbose_name = _("language to interpret")
        verbose_name_plural = _("languages to interpret")
        ordering = ["activity", "language", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(officer__isnull=True) | Q(name=""),
                name="an_interpreter_is_ours_or_from_elsewhere",
                violation_error_message=_("Name an officer of ours or somebody from elsewhere, not both."),
            ),
        ]

    def __str__(self):
        return self.language
