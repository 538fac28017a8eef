"""A spreadsheet somebody handed in, on its way: read, looked at, written, perhaps taken back. Never holds a record."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.reports.models.work import Work, WorkQuerySet
from unionrelations.accounts.models import Union
from unionrelations.importing.standing import Exactly
from unionrelations.kit.scoping import ScopedQuerySet


class ImportQuerySet(WorkQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union", "asked_by")

    def written_by(self, user) -> Q:
        """One's own: a file is read, and its rows stored, with what whoever handed it in may do."""
        return super().written_by(user) & Q(asked_by=user.pk)

    def removable_by(self, user):
        """To give up or take back: one's own, an administrator anybody's in reach."""
        is_keeper = user.is_authenticated and (user.is_superuser or user.role == user.Role.ADMINISTRATOR)
        return self.visible_to(user) if is_keeper else self.writable_by(user)


class ImportPartQuerySet(ScopedQuerySet):
    """Read by whoever reads the import it belongs to."""

    scope_path = "batch__union"


class Import(Work):
    """`state` says how the step at hand stands. A file is read any number of times, written once, taken back once."""

    class Step(models.TextChoices):
        READING = "reading", pgettext_lazy("step of an import", "reading")
        WRITING = "writing", pgettext_lazy("step of an import", "storing")
        UNDOING = "undoing", pgettext_lazy("step of an import", "taking back")

    class Stage(models.TextChoices):
        READING = "reading", _("The spreadsheet is being opened")
        COMPARING = "comparing", _("The rows are being compared with what is there")
        WRITING = "writing", _("The rows are being stored, all of them or none")
        UNDOING = "undoing", _("What was stored is being taken back")

    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="imports", verbose_name=_("union"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports", verbose_name=_("handed in by")
    )
    # The union a program sees whoever handed it in through; null where they did so themselves.
    within = models.ForeignKey(Union, null=True, editable=False, on_delete=models.CASCADE, related_name="+")
    entity = models.SlugField(_("kind of records"), blank=True, help_text=_("Empty: the file tells by itself."))
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(_("file"), upload_to="imports/%Y/", max_length=250, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    handed_in_at = models.DateTimeField(_("handed in"), auto_now_add=True)
    stage = models.CharField(
        pgettext_lazy("of an import", "stage"), max_length=10, choices=Stage, blank=True, default="", editable=False
    )
    step = models.CharField(_("step"), max_length=10, choices=Step, default=Step.READING, editable=False)
    only_good = models.BooleanField(_("the good rows alone"), default=False, editable=False)
    even_edited = models.BooleanField(_("with what was edited since"), default=False, editable=False)
    is_given_up = models.BooleanField(_("given up"), default=False, editable=False)
    answers = models.JSONField(default=dict, editable=False)  # question key → key of a record, "new" or "mine"
    columns = models.JSONField(default=dict, editable=False)  # table → folded heading → column
    put_right = models.JSONField(default=list, editable=False)  # [sheet, row, place, words] of cells mended here
    seen = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)  # what the last reading found
    written_at = models.DateTimeField(_("stored at"), null=True, editable=False)
    undone_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    language = models.CharField(max_length=5, default="vi", editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-handed_in_at", "-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import", args=[self.pk])

    @property
    def reader(self):
        """Whoever handed it in, seeing no further than they did then."""
        return self.asked_by.narrowed_to(self.within) if self.within else self.asked_by

    def is_at_work(self, now: datetime) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING) and not self.is_broken_off(now)

    @property
    def is_written(self) -> bool:
        return self.written_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed, read again and written."""
        return not self.is_written and not self.is_given_up

    @property
    def read_mark(self) -> str:
        """Tells one reading from the next, so that answers meet the questions they were asked."""
        return self.finished_at.isoformat() if self.finished_at else ""

    @property
    def file_code(self) -> str:
        """The document its numbers are told by: the same for the same bytes."""
        return f"sheet-{self.sha256[:16]}"

    def start(self, step: Step, now: datetime) -> None:
        """Asks for a step; whoever delivers the task does the work."""
        self.step, self.state, self.stage, self.progress, self.error = step, self.State.QUEUED, "", 0, ""
        self.claimed_at, self.finished_at, self.asked_at = None, None, now
        self.save()


class ImportRow(models.Model):
    """A row as the last reading found it."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()  # its order in the file
    sheet = models.CharField(_("sheet"), max_length=120)
    number = models.PositiveIntegerField(_("row"))
    verdict = models.CharField(_("verdict"), max_length=10)
    entity = models.SlugField()
    title = models.CharField(max_length=300)
    record = models.PositiveBigIntegerField(null=True)  # the stored record it is, or became
    conflict = models.CharField(
        max_length=100, blank=True
    )  # where its record changed meanwhile, what asks whose words stand
    problems = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    alike = models.JSONField(default=list)

    objects = ImportPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["batch", "place"]
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="a_row_of_an_import_stands_once")]
        indexes = [models.Index(fields=["batch", "verdict", "place"], name="import_rows_by_verdict")]

    def __str__(self):
        return self.title


class ImportedRecord(models.Model):
    """A record an import made, changed or gave a name, with what it takes to take that back."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="records")
    model = models.CharField(max_length=100)
    key = models.PositiveBigIntegerField()
    way = models.CharField(max_length=10)
    before = models.JSONField(null=True, encoder=Exactly)  # all its rows, as Django's serializer keeps them
    after = models.CharField(max_length=32)  # a digest of its rows once the import was done
    kept_because = models.CharField(max_length=300, blank=True)  # why it was not taken back
    title = models.CharField(max_length=300, blank=True)

    objects = ImportPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of an import")
        verbose_name_plural = _("records of imports")
        ordering = ["batch", "pk"]
        indexes = [models.Index(fields=["model", "key"], name="imported_records_by_record")]

    def __str__(self):
        return self.title or f"{self.model} {self.key}"

    @classmethod
    def refuse(cls, label: str, key: int) -> None:
        """Raises ValidationError where a sheet that others can open brought this record in or changed it."""
        if cls.objects.filter(model__iexact=label, key=key).exists():
            raise ValidationError(gettext("It came in with a spreadsheet, which others of the union can open."))
