"""Each backup that was asked for: when, how large, what it holds, whether it was tried out, what failed.

Tells of the place the house stands in, so no backup holds it and no restoring brings it back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.reports.models.work import Work, WorkQuerySet

LATE = timedelta(hours=30)  # a night missed, and a morning to notice it


class BackupQuerySet(WorkQuerySet):
    def visible_to(self, user):
        """A backup is of the whole house: of concern to those who see all of it."""
        seen = super().visible_to(user)
        return seen if user.is_authenticated and user.sees_every_union else seen.none()


class Backup(Work):
    """One backup. `night` is null on demand."""

    night = models.DateField(_("night"), null=True, unique=True, editable=False)
    file = models.CharField(_("file"), max_length=500, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    rows = models.PositiveBigIntegerField(_("rows"), null=True, editable=False)
    files = models.PositiveIntegerField(_("files"), null=True, editable=False)
    missing = models.PositiveIntegerField(
        _("files missing"), default=0, editable=False, help_text=_("Named by a record, and not on the disk.")
    )
    figures = models.PositiveBigIntegerField(_("figures compared"), null=True, editable=False)
    verified_at = models.DateTimeField(
        _("tried out"), null=True, editable=False, help_text=_("Restored into an empty place, and everything compared.")
    )
    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)
    told_at = models.DateTimeField(_("administrators told"), null=True, editable=False)

    objects = BackupQuerySet.as_manager()

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_sound(self) -> bool:
        """Made, tried out, and still there."""
        return self.state == self.State.DONE and self.verified_at is not None and self.removed_at is None

    def is_late(self, now: datetime) -> bool:
        return self.finished_at is None or now - self.finished_at > LATE
