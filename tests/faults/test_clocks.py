"""A clock that jumps: no claim lasts for ever, nothing is told twice, nobody is locked out, and no page counts below
nothing.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from activities.models import Delegation
from activities.reports.models import AuditRun, DuplicateSearch, ReportFile, StillAtWork
from activities.reports.models.work import PATIENCE, Overtaken
from tests import factories as make
from tests.doors import enter
from tests.imports import read, sheet
from unionrelations.backups.models import Backup
from unionrelations.importing import steps
from unionrelations.importing.models import Import, ImportedRecord
from unionrelations.tasks import audit, find_duplicates, take_import_step
from unionrelations.tasks.standing import HouseCollector
from unionrelations.web.door.sessions import SEEN
from unionrelations.web.models import Undo

pytestmark = pytest.mark.django_db
JUMPS = [timedelta(hours=1), timedelta(days=1), timedelta(days=400)]
ROWS = [(n, f"Đoàn {n}", f"{n}/6/2023", "", "", "", n, "") for n in range(1, 4)]


@pytest.fixture
def officer():
    return make.UserFactory(union=make.UnionFactory(parent=None), role="administrator", language="en")


@pytest.mark.parametrize("jump", [*JUMPS, *(-one for one in JUMPS)])
def test_a_claim_made_before_the_clock_jumped_is_taken_over(jump):
    now = timezone.now()
    row = AuditRun.objects.create(state="running", claimed_at=now - jump)
    assert row.is_broken_off(timezone.now())
    assert AuditRun.objects.claim(row.pk, now, PATIENCE).claimed_at == now


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(seconds=20), timedelta(seconds=-20)])
def test_clocks_of_two_machines_that_differ_a_little_take_nothing_over(ahead):
    row = AuditRun.objects.create(state="running", claimed_at=timezone.now() + ahead)
    assert not row.is_broken_off(timezone.now())
    with pytest.raises(StillAtWork):
        AuditRun.objects.claim(row.pk, timezone.now(), PATIENCE)


def test_a_living_worker_overtaken_by_a_jump_stores_nothing(officer, monkeypatch):
    batch = read(officer, sheet(*ROWS))
    batch.start(Import.Step.WRITING, timezone.now())
    slow = Import.objects.claim(batch.pk, timezone.now(), PATIENCE)
    other = Import.objects.claim(batch.pk, timezone.now() + timedelta(days=1), PATIENCE)
    with pytest.raises(Overtaken):
        steps.take(slow, timezone.now())
    assert (Delegation.objects.count(), ImportedRecord.objects.count()) == (0, 0)
    steps.take(other, timezone.now())
    assert Delegation.objects.count() == len(ROWS)


def test_what_an_overtaken_worker_has_to_say_is_not_heard(officer, monkeypatch):
    batch = read(officer, sheet(*ROWS))
    batch.start(Import.Step.WRITING, timezone.now())

    def overtaken(row, now):
        Import.objects.filter(pk=row.pk).update(claimed_at=now + timedelta(days=1))
        raise Overtaken

    monkeypatch.setattr("unionrelations.tasks.take", overtaken)
    assert take_import_step.apply(args=[batch.pk]).successful()
    batch.refresh_from_db()
    assert (batch.state, batch.error) == ("running", "")


def test_a_step_that_was_stored_is_not_stored_again(officer):
    batch = read(officer, sheet(*ROWS))
    batch.start(Import.Step.WRITING, timezone.now())
    steps.take(Import.objects.claim(batch.pk, timezone.now(), PATIENCE), timezone.now())
    batch.refresh_from_db()
    written_at, written = batch.written_at, list(ImportedRecord.objects.values())
    edited = Delegation.objects.first()
    edited.title = "Đoàn đã được sửa"
    edited.save()
    Import.objects.update(claimed_at=timezone.now() - timedelta(days=1))  # killed before it could say so
    take_import_step.apply(args=[batch.pk])
    batch.refresh_from_db()
    assert (batch.state, batch.written_at) == ("done", written_at)
    assert Delegation.objects.filter(title="Đoàn đã được sửa").count() == 1
    assert list(ImportedRecord.objects.values()) == written


@pytest.mark.parametrize(("task", "rows"), [(audit, AuditRun), (find_duplicates, DuplicateSearch)])
def test_each_night_is_one_row_however_often_it_comes_over_midnight(task, rows, monkeypatch):
    tonight, before = timezone.localdate(), timezone.localdate() - timedelta(days=1)
    for day in (before, tonight, before, tonight):  # by the clock of Vietnam, which is set back once
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        task.apply()
    assert sorted(rows.objects.values_list("night", "state")) == [(before, "done"), (tonight, "done")]


@pytest.mark.parametrize("jump", JUMPS)
def test_a_step_back_made_before_a_clock_was_set_back_can_still_be_taken(officer, jump):
    trip = make.DelegationFactory(unions=[(officer.union, 3)])
    desk = enter(officer)
    desk.post(f"/delegations/{trip.pk}/delete/", {"version": trip.version})
    Undo.objects.update(made_at=timezone.now() + jump)
    desk.post(f"/undo/{Undo.objects.get().pk}/")
    assert Delegation.objects.count() == 1


def test_after_a_jump_ahead_nothing_is_undone_that_is_older_than_a_day(officer):
    trip = make.DelegationFactory(unions=[(officer.union, 3)])
    desk = enter(officer)
    desk.post(f"/delegations/{trip.pk}/delete/", {"version": trip.version})
    Undo.objects.update(made_at=timezone.now() - timedelta(hours=25))
    desk.post(f"/undo/{Undo.objects.get().pk}/")
    assert Delegation.objects.count() == 0


@pytest.mark.parametrize("jump", [*JUMPS, *(-one for one in JUMPS)])
def test_when_a_session_was_last_seen_is_noted_after_a_jump_too(officer, jump):
    desk = enter(officer)
    session = desk.session
    session[SEEN] = (timezone.now() + jump).timestamp()
    session.save()
    desk.get("/partners/")
    assert abs(desk.session[SEEN] - timezone.now().timestamp()) < 300


def test_a_look_at_what_is_due_is_noted_after_a_jump_too(officer):
    officer.look_at_due(timezone.now() + timedelta(days=1))
    officer.look_at_due(now := timezone.now())
    assert officer.due_looked_at == now


def test_no_age_is_below_nothing(officer):
    soon = timezone.now() + timedelta(hours=5)
    Backup.objects.create(state="done", finished_at=soon, verified_at=soon)
    AuditRun.objects.create(state="done", finished_at=soon)
    ages = [one.samples[0].value for one in HouseCollector().collect() if one.name.endswith("age_seconds")]
    assert len(ages) == 2
    assert min(ages) >= 0


@pytest.mark.parametrize("state", ["queued", "running"])
@pytest.mark.parametrize("kind", [ReportFile])
def test_who_waits_for_work_of_a_future_that_never_was_is_told(officer, kind, state):
    later = timezone.now() + timedelta(days=1)
    term = make.TermFactory(union=officer.union)
    asked = {"union": officer.union, "term": term, "first_day": term.first_day, "format": "xlsx", "language": "en"}
    row = kind.objects.create(**asked, asked_by=officer, state=state, claimed_at=later)
    kind.objects.update(asked_at=later)
    row.refresh_from_db()
    assert row.is_broken_off(timezone.now())  # without a broker nothing is ever left waiting
    assert "was not finished" in enter(officer).get(f"/reports/files/{row.pk}/").content.decode()
