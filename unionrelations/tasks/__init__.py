"""Work that takes long, done by workers or, where no broker is set, in the process that asks.

Every task takes the key of a row that says where it stands, so that a task delivered twice is done once.
"""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from django.utils.text import slugify

from activities.reports.audit import audit as recount_everything
from activities.reports.composing import compose
from activities.reports.kept import KeptReport, canonical, sha256_of
from activities.reports.models import AuditRun, ReportFile, SignedFile, StillAtWork
from activities.reports.reports import Report
from unionrelations.kit.writers import FORMATS, TemplateFault

# No task runs longer than its limit, so a claim older than that belongs to a worker that was killed.
PATIENCE = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)


class OnceTask(DjangoTask):
    """Does the work of one row; `rows` names the table, `work` does it and returns what to keep on the row.

    Delivered again after a worker was killed, it waits out the dead claim and takes the row over; delivered again
    after the work was done, it does nothing.
    """

    rows: type[ReportFile] | type[SignedFile] | type[AuditRun]

    def do(self, pk: int) -> None:
        try:
            row = self.rows.objects.claim(pk, timezone.now(), PATIENCE)
        except StillAtWork:
            raise self.retry(countdown=PATIENCE.total_seconds(), max_retries=3) from None
        if row is None:
            return
        try:
            row.finish(timezone.now(), **self.work(row))
        except TemplateFault as fault:  # the organisation's to mend, and nothing that went wrong here
            row.finish(timezone.now(), error=str(fault))
        except Exception as failure:
            row.finish(timezone.now(), error=f"{type(failure).__name__}: {failure}")
            raise

    def work(self, row) -> dict:
        raise NotImplementedError


class ReportFileTask(OnceTask):
    rows = ReportFile

    def work(self, row: ReportFile) -> dict:
        with translation.override(row.language):
            report = Report(row.question, term=row.term)
            chosen = FORMATS[row.format]
            name = slugify(f"{row.union.code} {row.term.name if row.term else row.first_day}")
            written = chosen.write(compose(report, row.asked_by, row.reach))
            row.file.save(f"{name}.{chosen.suffix}", ContentFile(written), save=False)
        return {"file": row.file}


class SignedFileTask(OnceTask):
    """Writes from what was frozen, so it says the same however late it comes."""

    rows = SignedFile

    def work(self, row: SignedFile) -> dict:
        report = row.report
        with translation.override(report.language):
            written = canonical(report) if row.format == "json" else self._written(row)
        name = slugify(f"{report.union.code} {report.term.name if report.term else report.first_day} v{report.number}")
        row.file.save(f"{name}.{row.format}", ContentFile(written), save=False)
        return {"file": row.file, "size": len(written), "sha256": sha256_of(written)}

    @staticmethod
    def _written(row: SignedFile) -> bytes:
        return FORMATS[row.format].write(compose(KeptReport(row.report)))


class AuditTask(OnceTask):
    rows = AuditRun

    def work(self, row: AuditRun) -> dict:
        outcome = recount_everything()
        return {"compared": outcome.compared, "mismatches": outcome.mismatches}


@shared_task(bind=True, base=ReportFileTask, name="unionrelations.tasks.write_report_file")
def write_report_file(self, pk: int) -> None:
    """Writes the file a reader asked for and keeps it for download."""
    self.do(pk)


@shared_task(bind=True, base=SignedFileTask, name="unionrelations.tasks.write_signed_file")
def write_signed_file(self, pk: int) -> None:
    """Writes one file of a report that was signed."""
    self.do(pk)


@shared_task(bind=True, base=AuditTask, name="unionrelations.tasks.audit")
def audit(self, pk: int | None = None) -> None:
    """Computes every figure a second way and keeps what did not agree; nightly without a row, on demand with one."""
    if pk is None:
        pk = AuditRun.objects.get_or_create(night=timezone.localdate())[0].pk
    self.do(pk)
