"""Work that takes long, done by workers or, where no broker is set, in the process that asks.

Every task takes the key of a row that says where it stands, so that a task delivered twice is done once.
"""

from __future__ import annotations

from celery import shared_task
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from django.utils.text import slugify

from activities.models import ActivityScope, ScopeChange
from activities.models.restrictions import lift_due
from activities.reports.audit import audit as recount_everything
from activities.reports.composing import compose
from activities.reports.duplicates.finding import find
from activities.reports.kept import KeptReport, canonical, sha256_of
from activities.reports.models import AuditRun, DuplicateSearch, ReportFile, SignedFile
from activities.reports.reports import Report
from unionrelations.importing.models import Import
from unionrelations.importing.steps import GivenUp, take
from unionrelations.importing.writing import NotWritten
from unionrelations.kit.spreadsheets import Unreadable
from unionrelations.kit.writers import FORMATS

from .backups import back_up
from .digests import send_digest, send_digests
from .files import forget_old, read_text, read_texts, tidy_files
from .hooks import tell_hook, tell_hooks
from .once import OnceTask
from .sending import SentTask

__all__ = [
    "audit",
    "back_up",
    "forget_old",
    "lift_restrictions",
    "read_text",
    "read_texts",
    "send_digest",
    "send_digests",
    "send_waiting",
    "tell_hook",
    "tell_hooks",
    "tidy_files",
    "write_report_file",
    "write_signed_file",
]


class ReportFileTask(OnceTask):
    rows = ReportFile

    def work(self, row: ReportFile) -> dict:
        with translation.override(row.language):
            report = Report(row.question, term=row.term)
            chosen = FORMATS[row.format]
            name = slugify(f"{row.union.code} {row.term.name if row.term else row.first_day}")
            written = chosen.write(compose(report, row.reader, row.reach))
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


class ImportTask(OnceTask):
    """Each step of an import is one transaction, so one that was killed is done again from its start."""

    rows = Import
    theirs = (Unreadable, NotWritten, GivenUp)

    def work(self, row: Import) -> dict:
        with translation.override(row.language):
            take(row, timezone.now())
        return {}


class AuditTask(OnceTask):
    rows = AuditRun

    def work(self, row: AuditRun) -> dict:
        ActivityScope.objects.catch_up()
        outcome = recount_everything()
        ScopeChange.objects.shorten()
        return {"compared": outcome.compared, "mismatches": outcome.mismatches}


class DuplicatesTask(OnceTask):
    rows = DuplicateSearch

    def work(self, row: DuplicateSearch) -> dict:
        return {"found": find(lambda percent: row.reach("", percent))}


@shared_task(bind=True, base=ReportFileTask, name="unionrelations.tasks.write_report_file")
def write_report_file(self, pk: int) -> None:
    """Writes the file a reader asked for and keeps it for download."""
    self.do(pk)


@shared_task(bind=True, base=SignedFileTask, name="unionrelations.tasks.write_signed_file")
def write_signed_file(self, pk: int) -> None:
    """Writes one file of a report that was signed."""
    self.do(pk)


@shared_task(bind=True, base=ImportTask, name="unionrelations.tasks.take_import_step")
def take_import_step(self, pk: int) -> None:
    """Reads a spreadsheet that was handed in, stores its rows or takes them back, as the import asks."""
    self.do(pk)


@shared_task(bind=True, base=AuditTask, name="unionrelations.tasks.audit")
def audit(self, pk: int | None = None) -> None:
    """Computes every figure a second way and keeps what did not agree; nightly without a row, on demand with one."""
    if pk is None:
        pk = AuditRun.objects.get_or_create(night=timezone.localdate())[0].pk
    self.do(pk)


@shared_task(base=SentTask, name="unionrelations.tasks.lift_restrictions")
def lift_restrictions() -> int:
    """Opens the activities whose day has come; run twice, the second finds nothing left to do."""
    return lift_due(timezone.localdate(), timezone.now())


@shared_task(bind=True, base=DuplicatesTask, name="unionrelations.tasks.find_duplicates")
def find_duplicates(self, pk: int | None = None) -> None:
    """Looks for records that may be there twice; nightly without a row, on demand with one."""
    if pk is None:
        pk = DuplicateSearch.objects.get_or_create(night=timezone.localdate())[0].pk
    self.do(pk)


# Digests have their own way of taking up what was left over: each morning, with the day they then tell of.
SENT_AGAIN = (take_import_step, write_report_file, write_signed_file, audit, find_duplicates, back_up)
GOOD_FOR = 3600  # seconds; where workers are busy for longer, what waits is sent again and the queue does not grow


@shared_task(base=SentTask, name="unionrelations.tasks.send_waiting")
def send_waiting() -> None:
    """Sends again what waits too long, or was begun by a worker that was killed: a message may have been lost."""
    now = timezone.now()
    for task in SENT_AGAIN:
        for pk in task.rows.objects.left_lying(now).order_by("pk").values_list("pk", flat=True):
            task.apply_async(args=[pk], expires=GOOD_FOR)
