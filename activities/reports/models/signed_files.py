"""The files of signed reports: made once from what was frozen, each with its SHA-256. Never knows what they say."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .signed import Kept, TermReport
from .work import Work, WorkQuerySet


class SignedFileQuerySet(WorkQuerySet):
    scope_path = "report__union"

    def for_listing(self):
        return self.select_related("report__union").defer("report__figures", "report__rows", "report__frame")


class SignedFile(Work):
    """A file of a signed report, made once from what was frozen, with its own SHA-256."""

    report = models.ForeignKey(TermReport, on_delete=models.PROTECT, related_name="files", verbose_name=_("report"))
    format = models.CharField(pgettext_lazy("of a file", "format"), max_length=10)
    file = models.FileField(_("file"), upload_to="reports/signed/%Y/", max_length=250, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), null=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)

    objects = SignedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a signed report")
        verbose_name_plural = _("files of signed reports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "format"], name="one_signed_file_a_format"),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(sha256="") & ~Q(file=""),
                name="signed_file_is_done_with_its_hash",
            ),
        ]

    def __str__(self):
        return f"{self.report}.{self.format}"

    def save(self, *args, **kwargs):
        if self.pk and type(self)._base_manager.filter(pk=self.pk, state=self.State.DONE).exists():
            raise Kept
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Kept

    def make_again(self, now: datetime) -> None:
        """Waits once more for a worker, after it failed or was broken off."""
        if self.state == self.State.FAILED or self.is_broken_off(now):
            self.state, self.error = self.State.QUEUED, ""
            self.save(update_fields=["state", "error"])
