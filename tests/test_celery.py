"""Background work: without a broker it runs at once; with one it survives the worker that held it."""

import pytest
from django.contrib.sessions.models import Session

from tests.machines import kill_worker, wait_until
from tests.worker_tasks import remember, say


def test_without_a_broker_a_task_runs_at_once(tmp_path):
    say.delay(str(tmp_path / "said"))

    assert (tmp_path / "said").read_text() == "started\nfinished\n"


def test_without_a_broker_a_failing_task_does_not_fail_its_caller(tmp_path):
    assert say.delay(str(tmp_path / "no such folder" / "said")).failed()


@pytest.mark.broker
def test_a_worker_takes_what_was_sent_before_it_started(start_worker, tmp_path):
    said = tmp_path / "said"
    say.delay(str(said))
    assert not said.exists()

    start_worker(include="tests.worker_tasks")

    wait_until(lambda: said.exists() and "finished" in said.read_text(), what="the task")


@pytest.mark.broker
def test_a_worker_and_its_test_share_the_database(start_worker):
    start_worker(include="tests.worker_tasks")

    remember.delay("from-the-worker")

    assert wait_until(Session.objects.first, what="the row").session_key == "from-the-worker"


@pytest.mark.broker
def test_the_task_of_a_killed_worker_is_delivered_again(start_worker, tmp_path):
    said = tmp_path / "said"
    first = start_worker(include="tests.worker_tasks", TASK_VISIBILITY_TIMEOUT="10")
    say.delay(str(said), seconds=3)
    wait_until(said.exists, what="the task to start")
    kill_worker(first)

    start_worker(include="tests.worker_tasks", TASK_VISIBILITY_TIMEOUT="10")

    wait_until(lambda: "finished" in said.read_text(), what="the second delivery")
    assert said.read_text() == "started\nstarted\nfinished\n"
