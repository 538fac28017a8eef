"""Several beats: what is due is sent once in all, whoever of them is there; what cannot be sent stays due."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from celery.beat import SchedulingError
from django.conf import settings
from django.utils import timezone

from tests.machines import database_url, kill_worker, wait_until
from unionrelations.celery import app
from unionrelations.operations.models import ScheduledTask
from unionrelations.tasks import beat
from unionrelations.tasks.beat import SharedScheduler


@pytest.fixture
def sent(monkeypatch):
    sent = []
    monkeypatch.setattr(SharedScheduler, "producer", None)
    monkeypatch.setattr(SharedScheduler, "apply_async", lambda self, entry, **how: sent.append(entry.name))
    monkeypatch.setattr(beat.connection, "close", lambda: None)  # it is the test's own
    monkeypatch.setattr(beat.time, "sleep", lambda seconds: None)
    return sent


def make():
    return SharedScheduler(app, lazy=False)


def tick(*beats):
    """Until none of them finds anything due."""
    for one in beats:
        while one.tick() == 0:
            pass


def yesterday(name):
    ScheduledTask.objects.filter(name=name).update(sent_at=timezone.now() - timedelta(days=1, minutes=1))


@pytest.mark.django_db
def test_what_was_missed_is_sent_by_one_beat_and_what_is_new_waits(sent):
    make()
    assert ScheduledTask.objects.count() == len(settings.CELERY_BEAT_SCHEDULE)
    yesterday("audit")
    tick(make(), make())
    assert sent == ["audit"]


@pytest.mark.django_db
def test_of_beats_that_find_the_same_task_due_one_sends_it(sent):
    make()
    yesterday("find_duplicates")
    first, second = make(), make()  # both know it is due before either sends
    tick(first, second)
    assert sent == ["find_duplicates"]
    yesterday("find_duplicates")
    tick(make())
    assert sent == ["find_duplicates"] * 2


@pytest.mark.django_db
def test_what_cannot_be_sent_stays_due(sent, monkeypatch):
    make()
    yesterday("audit")
    one = make()
    can_send = SharedScheduler.apply_async

    def cannot(self, entry, **how):
        raise SchedulingError

    monkeypatch.setattr(SharedScheduler, "apply_async", cannot)
    was = ScheduledTask.objects.get(name="audit").sent_at
    assert one.tick() == 0
    assert ScheduledTask.objects.get(name="audit").sent_at == was
    monkeypatch.setattr(SharedScheduler, "apply_async", can_send)
    tick(one)
    assert sent == ["audit"]


@pytest.fixture
def start_beat(broker, transactional_db, tmp_path):
    started = []

    def start():
        command = [sys.executable, "-m", "celery", "-A", "tests.every_second", "beat", "-l", "INFO"]
        place = {"SECRET_KEY": settings.SECRET_KEY, "DATABASE_URL": database_url(), "CELERY_BROKER_URL": broker}
        with (tmp_path / f"beat-{len(started)}.log").open("w") as log:
            started.append(
                subprocess.Popen(
                    [*command, "--pidfile="],
                    cwd=settings.BASE_DIR,
                    env=os.environ | place,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )
        return started[-1]

    yield start
    for one in started:
        kill_worker(one)


@pytest.mark.broker
def test_two_beats_send_what_one_would_and_one_goes_on_where_the_other_is_killed(start_beat, tmp_path):
    def sent():
        with app.connection_for_read() as connection:
            return connection.default_channel.client.llen("celery")

    def in_turn(more):
        """Waits for so many more; one each second has come, and no more than that."""
        before, since = sent(), time.monotonic()
        wait_until(lambda: sent() >= before + more, what="the beats")
        assert sent() - before <= time.monotonic() - since + 1

    first, _second = start_beat(), start_beat()
    logs = [tmp_path / f"beat-{number}.log" for number in range(2)]
    wait_until(lambda: all("beat: Starting" in log.read_text() for log in logs), what="both beats")
    in_turn(6)
    kill_worker(first)
    in_turn(3)
    assert sorted(tmp_path.iterdir()) == logs  # none keeps anything of its own
