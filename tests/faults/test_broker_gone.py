"""While the broker is gone people go on; what they asked for stands on its row and is sent when it is back."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from activities.reports.models import AuditRun, DuplicateSearch, ReportFile, SignedFile
from activities.reports.reports import Report
from tests import factories as make
from tests.doors import enter, text
from tests.imports import sheet
from tests.machines import free_port, program, wait_until
from tests.signing import signed_report
from unionrelations import tasks
from unionrelations.backups.models import Backup
from unionrelations.backups.sealing import new_key
from unionrelations.celery import app
from unionrelations.importing.models import Import
from unionrelations.kit.periods import Period
from unionrelations.settings import CELERY_BEAT_SCHEDULE
from unionrelations.tasks import send_waiting
from unionrelations.web.models import Undo

LATE = timedelta(minutes=30)


@pytest.fixture
def gone(monkeypatch, settings):
    """The address of a broker that nobody answers at."""
    address = f"redis://127.0.0.1:{free_port()}/0"
    monkeypatch.setitem(app.conf, "broker_url", address)
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    settings.CELERY_TASK_ALWAYS_EAGER = False  # after what Celery read of it, which is put back in the end
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    return address


@pytest.fixture
def keeper(transactional_db):
    return make.UserFactory(union=make.UnionFactory(code="vuit", parent=None), role="administrator", language="en")


@pytest.fixture
def desk(keeper, settings):
    settings.BACKUP_KEYS = [new_key()]
    return enter(keeper)


def file_of_a_report(desk, keeper):
    make.TermFactory(union=keeper.union)
    return desk.post("/reports/files/", {"union": "vuit", "term": "2018-2023", "format": "xlsx"})


def spreadsheet(desk, keeper):
    file = SimpleUploadedFile("a.xlsx", sheet((1, "Đoàn", "1/6/2023", "", "", "", 1, "")))
    return desk.post("/import/", {"file": file, "union": keeper.union.pk, "entity": ""})


CLICKS = {
    ReportFile: file_of_a_report,
    Import: spreadsheet,
    Backup: lambda desk, keeper: desk.post("/operations/back-up/"),
    AuditRun: lambda desk, keeper: desk.post("/reports/audits/"),
    DuplicateSearch: lambda desk, keeper: desk.post("/duplicates/search/"),
}


@pytest.mark.one_database
@pytest.mark.parametrize("kind", CLICKS, ids=lambda kind: kind.__name__)
def test_a_click_is_answered_and_what_was_asked_for_waits(desk, keeper, gone, kind):
    answer = CLICKS[kind](desk, keeper)
    assert answer.status_code == 302, text(answer)
    row = kind.objects.get()
    assert row.state == "queued"
    assert list(kind.objects.left_lying(timezone.now())) == []
    assert list(kind.objects.left_lying(timezone.now() + LATE)) == [row]


def test_taking_a_step_back_needs_no_broker(desk, keeper, gone):
    trip = make.DelegationFactory(unions=[(keeper.union, 3)])
    desk.post(f"/delegations/{trip.pk}/delete/", {"version": trip.version})
    assert desk.post(f"/undo/{Undo.objects.get().pk}/").status_code == 302
    assert Undo.objects.get().done_at is not None


@pytest.mark.parametrize("kind", [ReportFile, Import], ids=lambda kind: kind.__name__)
def test_who_waits_long_is_told_that_it_is_kept(desk, keeper, gone, kind):
    page = CLICKS[kind](desk, keeper).url
    said = "It waits longer than usual"
    assert said not in text(desk.get(page))
    kind.objects.update(asked_at=timezone.now() - LATE)
    assert said in text(desk.get(page))


@pytest.mark.django_db
def test_every_few_minutes_what_lies_there_is_sent_again_and_nothing_else(monkeypatch):
    sent = []
    for task in tasks.SENT_AGAIN:
        monkeypatch.setattr(task, "apply_async", lambda args, expires, name=task.name: sent.append((name, *args)))
    now = timezone.now()
    dead, alive, late = now - LATE, now - timedelta(minutes=1), now + LATE
    kinds = {
        "asked long ago": ("queued", None, dead),
        "asked now": ("queued", None, now),
        "asked for in the future": ("queued", None, late),
        "begun": ("running", alive, dead),
        "begun by one that is dead": ("running", dead, dead),
        "begun in the future": ("running", late, dead),
        "done": ("done", dead, dead),
        "failed": ("failed", dead, dead),
    }
    rows = {}
    for name, (state, claimed, asked) in kinds.items():
        rows[name] = AuditRun.objects.create(state=state, claimed_at=claimed)
        AuditRun.objects.filter(pk=rows[name].pk).update(asked_at=asked)
    send_waiting()
    again = ("asked long ago", "asked for in the future", "begun by one that is dead", "begun in the future")
    assert sent == [("unionrelations.tasks.audit", rows[name].pk) for name in again]


def test_beat_asks_for_it_and_an_old_request_is_dropped():
    entry = CELERY_BEAT_SCHEDULE["send_waiting"]
    assert (entry["task"], len(entry["schedule"].minute)) == (send_waiting.name, 12)
    assert entry["options"]["expires"] < 300


@pytest.mark.broker
def test_once_the_broker_is_back_what_waited_is_done_once(desk, keeper, gone, start_worker_at, tmp_path):
    assert file_of_a_report(desk, keeper).status_code == 302
    ReportFile.objects.update(asked_at=timezone.now() - LATE)
    port, folder = gone.rpartition(":")[2].removesuffix("/0"), str(tmp_path)
    options = ["--bind", "127.0.0.1", "--port", port, "--save", "", "--dir", folder]
    redis = subprocess.Popen([program("redis-server"), *options], stdout=subprocess.DEVNULL)
    try:
        start_worker_at(gone)
        for _time in range(2):
            wait_until(send_again, what="the broker")
        wait_until(lambda: ReportFile.objects.get().state == "done", what="the file")
        row = ReportFile.objects.get()
        assert wait_until(lambda: list(Path(tmp_path).glob("media/reports/**/*.xlsx")), what="it on the disk")
        assert send_again()
        row.refresh_from_db()
        assert row.progress == 100
        assert len(list(Path(tmp_path).glob("media/reports/**/*.xlsx"))) == 1
    finally:
        redis.terminate()
        redis.wait()


def send_again() -> bool:
    return send_waiting.apply().successful()


@pytest.mark.django_db
def test_a_file_of_a_signed_report_that_was_broken_off_can_be_made_again(keeper):
    signed_report(Report.of_days(keeper.union, Period.years(2022)))
    row = SignedFile.objects.first()
    SignedFile.objects.filter(pk=row.pk).update(state="running", claimed_at=timezone.now() - LATE)
    desk = enter(keeper)
    assert f"/{row.pk}/" in text(desk.get(row.report.url))
    row.refresh_from_db()
    row.make_again(timezone.now())
    assert row.state == "queued"
