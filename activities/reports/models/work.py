"""Work that takes long, with where it stands: report files being made, audits run. Never counts anything itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Term
from activities.reports.addresses import OF_REPORT, read, written
from activities.reports.questions import Question
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period
from unionrelations.kit.scoping import ScopedQuerySet

# No task runs longer than its limit, so a claim older than that belongs to a worker that was killed.
PATIENCE = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)
SOON = timedelta(minutes=1)  # what was asked for is begun within that, unless all workers are busy or gone


class StillAtWork(Exception):
    """Another worker holds the claim, and has not held it so long that it must have been killed."""


class Overtaken(Exception):
    """Another worker took the claim over: this one was silent for long, or a clock jumped. What it did is not kept."""


def beyond(column: str, now: datetime, patience: timedelta) -> Q:
    """Further from now than that, either way: a moment that lies ahead was noted before a clock was set back."""
    return Q(**{f"{column}__lt": now - patience}) | Q(**{f"{column}__gt": now + patience})


class WorkQuerySet(ScopedQuerySet):
    def broken_off(self, now: datetime, patience: timedelta = PATIENCE):
        """Begun by a worker that was killed."""
        return self.filter(beyond("claimed_at", now, patience), state=Work.State.RUNNING)

    def left_lying(self, now: datetime):
        """Broken off, or asked for and not begun: whoever was to be told of it did not hear, or has no time yet."""
        return self.broken_off(now) | self.filter(beyond("asked_at", now, SOON), state=Work.State.QUEUED)

    def claim(self, pk: int, now: datetime, patience: timedelta):
        """Takes one piece of work to do it now; None where it is done or gone.

        A claim older than `patience` is a worker's that was killed: the work is taken over. One statement, so of
        two workers one gets it. Raises StillAtWork while another holds it.
        """
        free = self.filter(state=Work.State.QUEUED) | self.broken_off(now, patience)
        if free.filter(pk=pk).update(state=Work.State.RUNNING, claimed_at=now, stage="", progress=0):
            return self.get(pk=pk)
        if self.filter(pk=pk, state=Work.State.RUNNING).exists():
            raise StillAtWork
        return None


class ReportFileQuerySet(WorkQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union", "term")


class Work(models.Model):
    """A task that is done once however often it is delivered."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("being made")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    class Stage(models.TextChoices):
        """What is being done, in the reader's words."""

        FIGURES = "figures", _("The figures are being counted")
        TABLES = "tables", _("The tables are being laid out")
        ROWS = "rows", _("The records behind each figure are being listed")
        WRITING = "writing", _("The file is being written")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED, editable=False)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, blank=True, default="", editable=False)
    progress = models.PositiveSmallIntegerField(_("done, in per cent"), default=0, editable=False)
    error = models.TextField(_("what went wrong"), blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    class Meta:
        abstract = True

    def is_broken_off(self, now: datetime) -> bool:
        """Whether the process at it was killed. Without a broker whoever asks begins at once, and nothing waits."""
        if self.state == self.State.RUNNING and self.claimed_at is not None:
            return abs(now - self.claimed_at) > PATIENCE
        return self.waits_long(now) and settings.CELERY_TASK_ALWAYS_EAGER

    def waits_long(self, now: datetime) -> bool:
        """Whether it should have been begun by now."""
        return self.state == self.State.QUEUED and abs(now - self.asked_at) > SOON

    def reach(self, stage: str, progress: int) -> None:
        """Says how far it has come, for whoever waits; `progress` is in per cent."""
        self.stage, self.progress = stage, progress
        self.save(update_fields=["stage", "progress"])

    def finish(self, now: datetime, *, error: str = "", **results) -> None:
        """Keeps the outcome; an `error` makes it failed."""
        for name, value in results.items():
            setattr(self, name, value)
        self.state = self.State.FAILED if error else self.State.DONE
        self.error, self.finished_at = error, now
        if not error:
            self.progress = 100
        self.save(update_fields=["state", "progress", "error", "finished_at", *results])


class ReportFile(Work):
    """A report asked for as a file, in one format and language."""

    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="report_files", verbose_name=_("union"))
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.CASCADE, verbose_name=_("term"))
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"), null=True, blank=True)
    under = models.BooleanField(_("with the unions below"), default=False)
    format = models.CharField(pgettext_lazy("of a file", "format"), max_length=10)
    language = models.CharField(_("language"), max_length=5)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="report_files", verbose_name=_("asked by")
    )
    # The union a program sees whoever asked through; null where they asked themselves.
    within = models.ForeignKey(Union, null=True, editable=False, on_delete=models.CASCADE, related_name="+")
    # The question as an address says it, so that the file is of exactly what was asked.
    asked = models.JSONField(default=dict, blank=True, editable=False)
    file = models.FileField(_("file"), upload_to="reports/%Y/", max_length=250, blank=True, editable=False)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("report file")
        verbose_name_plural = _("report files")
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.union} {self.term or self.first_day}.{self.format}"

    @classmethod
    def of(cls, question: Question, term: Term | None, **more) -> ReportFile:
        """A file asked for, not saved yet."""
        return cls(
            union=question.union,
            term=term,
            first_day=question.period.start,
            last_day=question.period.end,
            under=question.under,
            asked=written(question, OF_REPORT),
            **more,
        )

    @property
    def reader(self):
        """Whoever asked, seeing no further than they did when they asked."""
        return self.asked_by.narrowed_to(self.within) if self.within else self.asked_by

    @property
    def question(self) -> Question:
        """What was asked; raises Unanswerable where whoever asked may no longer read it."""
        if not self.asked:  # asked for by an older release
            return Question(self.union, Period(self.first_day, self.last_day), under=self.under)
        return read(self.asked, OF_REPORT, self.union, Union.objects.visible_to(self.reader))


class AuditRun(Work):
    """One audit of every figure: how many were compared, and which did not agree. `night` is null on demand."""

    night = models.DateField(_("night"), null=True, unique=True, editable=False)
    compared = models.PositiveIntegerField(_("figures compared"), default=0, editable=False)
    mismatches = models.JSONField(_("what did not agree"), default=list, encoder=DjangoJSONEncoder, editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
