"""How the work in the background stands: what waits, was done or failed lately, who is there to do it.

Of the whole house, for those who look after it. Never knows a record: work is told by its kind, a failure by its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.text import capfirst
from kombu.exceptions import OperationalError
from prometheus_client.core import GaugeMetricFamily

from activities.reports.models import AuditRun, Digest, DuplicateSearch, ReportFile, SignedFile
from activities.reports.models.work import Work
from unionrelations.backups.models import Backup
from unionrelations.celery import app
from unionrelations.importing.models import Import
from unionrelations.operations.readiness import BROKER_WAIT
from unionrelations.operations.replica import REPLICA, standing

KINDS: tuple[type[Work], ...] = (Import, ReportFile, SignedFile, AuditRun, DuplicateSearch, Digest, Backup)
UNFINISHED = Q(state__in=(Work.State.QUEUED, Work.State.RUNNING))
LOOKED_BACK = timedelta(days=7)
MOST_FAULTS = 10
PATIENCE = timedelta(hours=1)  # work that waits longer is waited for in vain
ANSWER_WITHIN = 1  # seconds for a worker to say it is there


@dataclass(frozen=True)
class Kept:
    """How the work of one kind stands: how much waits, was done and failed lately; when the last was finished."""

    label: str
    waiting: int
    done: int
    failed: int
    oldest: datetime | None
    last: datetime | None

    def is_stuck(self, now: datetime) -> bool:
        return self.oldest is not None and now - self.oldest > PATIENCE


def work(now: datetime) -> list[Kept]:
    """One line for each kind of work."""
    lately = Q(asked_at__gt=now - LOOKED_BACK)
    found = []
    for kind in KINDS:
        sums = kind._default_manager.aggregate(
            waiting=Count("pk", UNFINISHED),
            done=Count("pk", lately & Q(state=Work.State.DONE)),
            failed=Count("pk", lately & Q(state=Work.State.FAILED)),
            oldest=Min("asked_at", filter=UNFINISHED),
            last=Max("finished_at"),
        )
        found.append(Kept(capfirst(str(kind._meta.verbose_name_plural)), **sums))
    return found


def faults(now: datetime) -> list[tuple[datetime, str, str]]:
    """(when, what was to be done, what went wrong) of the last few failures, the newest first."""
    found: list[tuple[datetime, str, str]] = []
    for kind in KINDS:
        rows = kind._default_manager.filter(state=Work.State.FAILED, finished_at__gt=now - LOOKED_BACK)
        label = capfirst(str(kind._meta.verbose_name))
        for one in rows.order_by("-finished_at").only("finished_at", "error")[:MOST_FAULTS]:
            if one.finished_at is not None:
                found.append((one.finished_at, label, one.error))
    return sorted(found, reverse=True)[:MOST_FAULTS]


class Queue:
    """What waits at the broker, and which workers answer. Asking takes up to `ANSWER_WITHIN` seconds."""

    @property
    def is_set(self) -> bool:
        return bool(settings.CELERY_BROKER_URL)

    @cached_property
    def waiting(self) -> int | None:
        """Tasks not yet taken up; None where the broker does not answer."""
        try:
            with app.connection_for_read(connect_timeout=BROKER_WAIT) as broker:
                broker.ensure_connection(max_retries=1, timeout=BROKER_WAIT)
                return broker.default_channel.queue_declare(app.conf.task_default_queue, passive=True).message_count
        except (OperationalError, OSError):
            return None
        except broker.channel_errors:
            return 0  # nothing was ever put there

    @cached_property
    def workers(self) -> list[str]:
        if self.waiting is None:
            return []
        return sorted(app.control.inspect(timeout=ANSWER_WITHIN).ping() or {})


class HouseCollector:
    """What Prometheus is told beside the measures of this server: work, backup and audit, from the database."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        waiting = GaugeMetricFamily("house_work_waiting", "Work not yet done, by its kind.", labels=["kind"])
        failed = GaugeMetricFamily("house_work_failed", "Work that failed within seven days.", labels=["kind"])
        for kind, kept in zip(KINDS, work(now), strict=True):
            waiting.add_metric([kind.__name__.lower()], kept.waiting)
            failed.add_metric([kind.__name__.lower()], kept.failed)
        yield from (waiting, failed)
        sound = Backup.objects.filter(state=Work.State.DONE, verified_at__isnull=False, removed_at__isnull=True)
        audited = AuditRun.objects.filter(state=Work.State.DONE)
        for name, said, rows in (
            ("house_backup_age_seconds", "Since the newest backup that was tried out.", sound),
            ("house_audit_age_seconds", "Since the newest finished audit.", audited),
        ):
            last = rows.aggregate(last=Max("finished_at"))["last"]
            if last is not None:
                yield GaugeMetricFamily(name, said, value=max((now - last).total_seconds(), 0))
        if REPLICA in settings.DATABASES:
            behind = standing().bytes_behind
            yield GaugeMetricFamily("house_replica_up", "Whether the replica answers.", value=behind is not None)
            if behind is not None:
                said = "What the replica has not yet read of the log of the primary."
                yield GaugeMetricFamily("house_replica_behind_bytes", said, value=behind)


def last_digest() -> datetime | None:
    """When the last e-mail about what is due left."""
    return Digest.objects.exclude(address="").aggregate(last=Max("finished_at"))["last"]
