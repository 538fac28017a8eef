"""Processes killed in the middle of what they do: all of it is there, or nothing; then somebody else finishes it."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from activities.models import Delegation
from activities.reports.models import Merge
from tests import factories as make
from tests.doors import enter
from tests.faults.served import Visitor, hidden_on
from tests.imports import read as read_in
from tests.imports import sheet, stored
from tests.machines import database_url, kill_worker, wait_until
from tests.reports.merging import everything
from unionrelations.importing.models import Import, ImportedRecord
from unionrelations.tasks import send_waiting, take_import_step
from unionrelations.web.models import Undo

pytestmark = [pytest.mark.broker, pytest.mark.django_db(transaction=True)]
LONG_AGO = timedelta(hours=1)
SECRET = "a" * 32
ROWS = [(n, f"Đoàn {n}", f"{n}/6/2023", "", "", "", n, "") for n in range(1, 6)]


@pytest.fixture
def officer(transactional_db):
    return make.UserFactory(union=make.UnionFactory(parent=None), language="en")


@pytest.fixture
def pause(tmp_path):
    return tmp_path / "pause"


@pytest.fixture
def desk(officer, serve, pause, tmp_path, settings):
    """The officer, at a server without a broker that can be made to stand still."""
    settings.MEDIA_ROOT = tmp_path / "media"
    served = serve(database_url(), application="tests.faults.paused", PAUSE=str(pause))
    return Visitor(served, {"sessionid": enter(officer).cookies["sessionid"].value, "csrftoken": SECRET})


@pytest.fixture
def killed(desk, pause):
    """Sends something, and kills whoever does it before or after it is stored."""

    def kill(moment, table, path, data):
        pause.write_text(f"{moment} {table}")
        with ThreadPoolExecutor(1) as threads:
            sent = threads.submit(desk.post, path, data)
            key = wait_until(lambda: pause.read_text() if pause.read_text().isdecimal() else "", what="the pause")
            os.kill(int(key), signal.SIGKILL)
            assert isinstance(sent.exception(), OSError)  # the connection breaks off
        pause.unlink()
        wait_until(lambda: desk.served.answers(200), what="the house")

    return kill


def test_a_merge_and_its_undoing_are_there_whole_or_not_at_all(officer, desk, killed):
    partner = make.PartnerFactory()
    kept, gone = (make.DelegationFactory(unions=[(officer.union, 3)], partners=[partner]) for _one in range(2))
    page = f"/duplicates/delegations/{kept.pk}/{gone.pk}/"
    merge = {"seen": hidden_on(desk.get(page))["seen"]}
    apart = everything()

    killed("before", "reports_merge", page, merge)
    assert (everything(), Merge.objects.count()) == (apart, 0)
    killed("after", "reports_merge", page, merge)
    together = everything()
    assert (Delegation.objects.count(), Merge.objects.count()) == (1, 1)
    assert desk.get(f"/delegations/{gone.pk}/").status in (301, 302)

    take_apart = f"/duplicates/merges/{Merge.objects.get().pk}/undo/"
    killed("before", "reports_merge", take_apart, {})
    assert everything() == together
    killed("after", "reports_merge", take_apart, {})
    assert everything() == apart


def test_a_step_back_is_taken_whole_or_not_at_all(officer, desk, killed):
    trip = make.DelegationFactory(unions=[(officer.union, 3)], partners=[make.PartnerFactory()])
    browser = enter(officer)
    there = everything()
    browser.post(f"/delegations/{trip.pk}/delete/", {"version": trip.version})
    gone, step = everything(), Undo.objects.get()
    assert gone != there

    killed("before", "web_undo", f"/undo/{step.pk}/", {})
    assert everything() == gone
    killed("after", "web_undo", f"/undo/{step.pk}/", {})
    assert everything() == there
    step.refresh_from_db()
    assert step.done_at is not None


def test_an_import_without_a_broker_is_stored_whole_or_not_at_all_and_its_reader_is_told(officer, desk, killed):
    batch = read_in(officer, sheet(*ROWS))
    page, decide = f"/import/{batch.pk}/", f"/import/{batch.pk}/decide/"

    killed("before", "importing_importedrecord", decide, {"do": "all", "read": batch.read_mark})
    batch.refresh_from_db()
    assert (batch.state, Delegation.objects.count(), ImportedRecord.objects.count()) == ("running", 0, 0)
    assert "hx-trigger" in desk.get(page).text  # nobody can know yet
    Import.objects.update(claimed_at=timezone.now() - LONG_AGO)
    assert "None of them is stored; store them once more." in desk.get(page).text

    batch.refresh_from_db()
    killed("after", "importing_importedrecord", decide, {"do": "all", "read": batch.read_mark})
    assert (Delegation.objects.count(), ImportedRecord.objects.count()) == (len(ROWS), len(ROWS))
    Import.objects.update(claimed_at=timezone.now() - LONG_AGO)
    assert "All rows were stored before that." in desk.get(page).text

    assert desk.post(f"/import/{batch.pk}/undo/", {}).status == 302
    assert Delegation.objects.count() == 0


# Killed before its rows are stored: tests/importing/test_worker.py.
@pytest.mark.parametrize(("step", "moment"), [("writing", "after"), ("undoing", "before"), ("undoing", "after")])
def test_a_worker_killed_at_an_import_leaves_it_to_the_next(
    officer, start_worker, pause, tmp_path, settings, step, moment
):
    settings.MEDIA_ROOT = tmp_path / "media"
    batch = read_in(officer, sheet(*ROWS)) if step == "writing" else stored(officer, sheet(*ROWS))
    place = {"DATA_DIR": str(tmp_path), "PAUSE": str(pause), "include": "tests.faults.paused"}
    before, after = (0, len(ROWS)) if step == "writing" else (len(ROWS), 0)
    batch.start(step, timezone.now())
    pause.write_text(f"{moment} activities_delegation")
    first = start_worker(**place)
    take_import_step.delay(batch.pk)
    wait_until(lambda: pause.read_text().isdecimal(), what="the pause")
    kill_worker(first)
    pause.unlink()
    assert Delegation.objects.count() == (before if moment == "before" else after)

    start_worker(**place)
    assert send_waiting.apply().successful()  # the claim is young: nothing is sent
    Import.objects.update(claimed_at=timezone.now() - LONG_AGO)
    assert send_waiting.apply().successful()

    def done():
        batch.refresh_from_db()
        return batch.state == "done"

    wait_until(done, what="the next worker")
    assert Delegation.objects.count() == after
    assert ImportedRecord.objects.count() == len(ROWS)
