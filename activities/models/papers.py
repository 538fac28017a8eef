"""The papers of an activity and the files of a source document. Never looks into a file: `KeptFile` does."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import DocumentFileQuerySet, PaperQuerySet
from unionrelations.kit.kept_files import KeptFile, KeptFileManager, TextIndex, UploadField

from .activities import Activity
from .documents import SourceDocument
from .scope import ActivityScope


def found_by_words(name: str) -> list[GinIndex]:
    return [
        GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name=f"{name}_names_trgm"),
        TextIndex(fields=["folded_text"], name=f"{name}_text_trgm"),
    ]


class Paper(KeptFile):
    """A paper of an activity: request, permission, programme or trip report, with its number, day and file."""

    class Kind(models.TextChoices):
        REQUEST = "request", _("request document")
        PERMISSION = "permission", _("permission document")
        PROGRAMME = "programme", _("programme")
        TRIP_REPORT = "trip_report", _("trip report")
        OTHER = "other", _("other file")

    file_of = "activity"
    found_by = ("number", "file_name", "note")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="papers", verbose_name=_("activity"))
    kind = models.CharField(pgettext_lazy("of a paper", "kind"), max_length=20, choices=Kind)
    number = models.CharField(_("number"), max_length=80, blank=True)
    day = models.DateField(_("signed on"), null=True, blank=True)
    file = UploadField(_("file"), folder="papers", max_length=250, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = KeptFileManager.from_queryset(PaperQuerySet)()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["activity_id", "kind", "day", "pk"]
        indexes = found_by_words("paper")
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") | Q(day__isnull=False) | ~Q(file=""),
                name="a_paper_has_a_number_a_day_or_a_file",
                violation_error_message=_("Give the paper's number, its day or its file."),
            ),
            models.UniqueConstraint(
                fields=["activity", "sha256"],
                name="a_file_is_attached_once_to_an_activity",
                violation_error_message=_("This very file is already among the papers of this activity."),
            ),
        ]

    activity_read: int | None = None  # whose paper it was when it was read

    def __str__(self):
        return " ".join(part for part in (self.get_kind_display(), self.number or self.file_name) if part)

    @classmethod
    def from_db(cls, *args, **kwargs):
        one = super().from_db(*args, **kwargs)
        one.activity_read = one.__dict__.get("activity_id")
        return one

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is not None and not {"kind", "activity", "activity_id"} & {*update_fields}:
            super().save(*args, update_fields=update_fields, **kwargs)  # nobody waits for what else it says
            return
        activities = {self.activity_id, self.activity_read} - {None}
        with transaction.atomic():
            Activity.objects.hold(activities)
            super().save(*args, update_fields=update_fields, **kwargs)
            ActivityScope.objects.note_reports(activities)
        self.activity_read = self.activity_id

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            Activity.objects.hold([self.activity_id])
            gone = super().delete(*args, **kwargs)
            ActivityScope.objects.note_reports([self.activity_id])
        return gone


class DocumentFileManager(KeptFileManager.from_queryset(DocumentFileQuerySet)):
    def keep(self, document: SourceDocument, content: bytes, name: str, by) -> DocumentFile:
        """Attaches these bytes as they are; those that are attached already are not attached twice.

        `name` is the one they came with, `by` who brought them. Raises Refused, with its sentence, for what is not
        kept.
        """
        one = self.model(document=document, file=ContentFile(content, name=name), uploaded_by=by)
        one.take_in()
        same = self.filter(document=document, sha256=one.sha256).first()
        if same is None:
            one.save()
        return same or one


class DocumentFile(KeptFile):
    """A file of a source document: the scan, the spreadsheet or the text that facts were read from."""

    file_of = "document"

    document = models.ForeignKey(
        SourceDocument, on_delete=models.CASCADE, related_name="files", verbose_name=_("source document")
    )
    file = UploadField(_("file"), folder="documents", max_length=250)
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = DocumentFileManager()

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")
        ordering = ["document", "pk"]
        indexes = found_by_words("document_file")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "sha256"],
                name="a_file_is_attached_once_to_a_document",
                violation_error_message=_("This very file is already among the files of this document."),
            ),
        ]

    def __str__(self):
        return self.file_name
