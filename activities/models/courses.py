"""Courses given and received. Trainees are the activity's, whoever taught them.

Never infers certificates from trainees.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.kit.records import HeadcountField, people_within_reason

from .activities import Activity


class Course(Activity):
    class Direction(models.TextChoices):
        GIVEN = "given", pgettext_lazy("of a course", "given by us")
        RECEIVED = "received", pgettext_lazy("of a course", "received by us")

    class Level(models.TextChoices):
        BASIC = "basic", pgettext_lazy("of a course", "basic")
        ADVANCED = "advanced", pgettext_lazy("of a course", "advanced")

    KIND = Activity.Kind.COURSE

    direction = models.CharField(
        pgettext_lazy("of a course", "given or received"), max_length=10, choices=Direction, default=Direction.GIVEN
    )
    cohort = models.CharField(_("cohort"), max_length=40, blank=True, help_text=_("Such as VII, for “khóa VII”."))
    step = models.CharField(_("stage"), max_length=40, blank=True, help_text=_("Such as 1, for “bước 1”."))
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    trainees_ours = HeadcountField(_("our trainees"))
    trainees_theirs = HeadcountField(_("partners' trainees"))
    certificates = HeadcountField(_("certificates"))

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [people_within_reason("trainees_ours", "trainees_theirs", "certificates")]

    def category(self) -> str:
        return self.Category.COURSE

    @property
    def trainees(self) -> int | None:
        """Trainees of both sides; None where neither was written down."""
        stated = [one for one in (self.trainees_ours, self.trainees_theirs) if one is not None]
        return sum(stated) if stated else None
