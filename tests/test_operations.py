"""What whoever runs the house is told: readiness, measures, lines of the log, the page; and what none of them says."""

import json
import logging
import subprocess
import sys
import uuid

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from activities.reports.models import DuplicateSearch
from activities.reports.models.work import Work
from tests import factories as make
from unionrelations.accounts.models import User
from unionrelations.backups.models import Backup
from unionrelations.operations import readiness
from unionrelations.operations.slow import watch
from unionrelations.tasks import tidy_files
from unionrelations.tasks.standing import Queue

pytestmark = pytest.mark.django_db
TOKEN = "cho-may-do"


@pytest.fixture
def keeper(db):
    return make.UserFactory(union=make.UnionFactory(code="vgcl", parent=None), role=User.Role.ADMINISTRATOR)


@pytest.fixture
def desk(client, keeper):
    client.force_login(keeper, backend="unionrelations.accounts.roles.RoleBackend")
    return client


def measured(client, **shown):
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"} | shown)
    assert answer.status_code == 200
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_a_house_in_order_is_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "broker": "not set", "migrations": "ok", "files": "ok"}


def test_new_code_on_an_old_database_is_alive_but_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="activities").latest("name").delete()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "migrations missing")


def test_without_room_for_files_no_requests_are_wanted(client, settings, tmp_path):
    (tmp_path / "media").write_text("a file where the folder should be")
    settings.MEDIA_ROOT = tmp_path / "media"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["files"]) == (503, "not writable")


def test_a_database_that_is_gone_is_said_so(client, monkeypatch):
    def gone(*args):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", gone)
    for address in ("/healthz", "/readyz"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["database"]) == (503, "not answering")


@pytest.mark.parametrize("shown", [{}, {"authorization": "Bearer nham"}, {"authorization": TOKEN}])
def test_measures_do_not_exist_for_whoever_shows_no_token(client, settings, shown):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers=shown).status_code == 404


def test_measures_do_not_exist_where_no_token_is_set(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_measures_count_each_answer_by_its_page_and_the_work_by_its_kind(client, settings):
    settings.METRICS_TOKEN = TOKEN
    asked = ("house_answer_seconds_count", ("method", "GET"), ("page", "healthz"), ("status", "200"))
    before = measured(client).get(asked, 0)
    client.get("/healthz?q=nguyen-thi-lan")
    DuplicateSearch.objects.create()
    found = measured(client)
    assert found[asked] == before + 1
    assert found[("house_work_waiting", ("kind", "duplicatesearch"))] == 1
    assert found[("house_work_waiting", ("kind", "backup"))] == 0
    assert not [one for one in found if one[0] == "house_backup_age_seconds"]  # there is none, and no number is made up


def test_methods_and_addresses_somebody_invents_make_no_measures_of_their_own(client, settings):
    settings.METRICS_TOKEN = TOKEN
    for number in range(3):
        client.generic(f"BREW{number}", f"/no-such-page-{number}/")
    found = measured(client)
    assert not [one for one in found if "BREW" in str(one) or "no-such-page" in str(one)]
    assert found[("house_answer_seconds_count", ("method", "other"), ("page", "none"), ("status", "404"))] >= 3


def test_a_request_is_written_down_by_its_page_and_never_by_what_was_looked_for(desk, caplog):
    caplog.set_level(logging.INFO)
    desk.get("/search/?q=nguyen-thi-lan")
    lines = [one for one in caplog.records if one.name == "unionrelations.answers"]
    assert [(one.page, one.method, one.status) for one in lines] == [("search", "GET", 200)]
    assert "nguyen" not in caplog.text


def test_a_slow_question_is_noted_with_its_sql_and_without_its_values(settings, caplog):
    settings.SLOW_QUERY_MS = 0.0001
    watch(connection)
    try:
        list(User.objects.filter(username="nguyen-thi-lan"))
    finally:
        connection.execute_wrappers.pop()
    lines = [one for one in caplog.records if one.name == "unionrelations.slow"]
    assert len(lines) == 1
    assert "accounts_user" in lines[0].getMessage()
    assert "nguyen-thi-lan" not in caplog.text


def test_nothing_is_timed_where_nothing_is_slow_enough_to_be_noted(settings):
    settings.SLOW_QUERY_MS = 0
    before = list(connection.execute_wrappers)
    watch(connection)
    assert connection.execute_wrappers == before


def test_a_request_keeps_the_number_a_proxy_gave_it(client):
    given = uuid.uuid4().hex
    assert client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "not-a-uuid", "<script>", "x" * 5000])
def test_a_number_that_is_none_is_replaced(client, given):
    said = client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"]
    assert said != given
    assert uuid.UUID(said)


def test_a_task_done_at_once_leaves_its_request_its_number(desk, settings):
    given = uuid.uuid4().hex
    assert desk.post("/duplicates/search/", headers={"x-request-id": given})["X-Request-ID"] == given


def test_lines_for_programs_are_objects_that_bear_the_number_of_the_request():
    code = (
        "import django, logging, django_guid; django.setup(); django_guid.set_guid('7' * 32);"
        "logging.getLogger('a').error('Đã hỏng %s', 'x', extra={'ms': 3})"
    )
    environment = {"ENV_FILE": "/dev/null", "LOG_FORMAT": "json", "DJANGO_SETTINGS_MODULE": "unionrelations.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=django_settings.BASE_DIR,
        env=environment | {"SECRET_KEY": "x"},
        capture_output=True,
        text=True,
    )
    said = json.loads(done.stderr.splitlines()[-1])
    assert said.pop("at")
    assert said == {"level": "ERROR", "request_id": "7" * 32, "name": "a", "message": "Đã hỏng x", "ms": 3}


def test_the_page_shows_what_went_wrong_and_what_waits(desk):
    failed = DuplicateSearch.objects.create()
    failed.finish(timezone.now(), error="Ổ đĩa đầy")
    old = DuplicateSearch.objects.create()
    DuplicateSearch.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timezone.timedelta(hours=2))
    page = desk.get("/operations/")
    assert "Ổ đĩa đầy" in page.content.decode()
    searches = next(one for one, _is_stuck in page.context["work"] if one.failed)
    assert (searches.waiting, searches.failed, searches.done) == (1, 1, 0)
    assert [is_stuck for one, is_stuck in page.context["work"] if one.waiting] == [True]


@pytest.mark.parametrize("role", [User.Role.OFFICER, User.Role.LEADER, User.Role.AUDITOR])
def test_the_page_is_for_administrators_of_the_whole_house(keeper, role):
    below = make.UnionFactory(parent=keeper.union)
    for person in (
        make.UserFactory(union=keeper.union, role=role),
        make.UserFactory(union=below, role=User.Role.ADMINISTRATOR),
    ):
        client = Client()
        client.force_login(person, backend="unionrelations.accounts.roles.RoleBackend")
        assert client.get("/operations/").status_code == 403
        assert client.post("/operations/back-up/").status_code == 403
        assert "/operations/" not in client.get("/").content.decode()
    assert not Backup.objects.exists()


def test_a_backup_is_not_asked_for_where_no_key_would_seal_it(desk, settings):
    settings.BACKUP_KEYS = []
    page = desk.post("/operations/back-up/", follow=True)
    assert "is-late" in page.content.decode()
    assert not Backup.objects.exists()


def test_a_backup_is_asked_for_once_the_request_is_through(
    desk, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.BACKUP_KEYS = ["AGE-SECRET-KEY-1"]
    asked = []
    monkeypatch.setattr("unionrelations.web.operations.back_up.delay", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/operations/back-up/")
    assert asked == [Backup.objects.get(state=Work.State.QUEUED, night=None).pk]


@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_the_queue_says_what_waits_and_who_answers(broker, start_worker, settings):
    settings.CELERY_BROKER_URL = broker
    assert (Queue().waiting, Queue().workers) == (0, [])
    tidy_files.delay()
    assert Queue().waiting == 1
    start_worker()
    assert len(Queue().workers) == 1


def test_a_broker_that_is_gone_leaves_the_number_unknown(settings, monkeypatch):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setitem(readiness.app.conf, "broker_url", settings.CELERY_BROKER_URL)
    monkeypatch.setattr(readiness.app, "_pool", None)
    monkeypatch.setattr(readiness.app.amqp, "_producer_pool", None)
    assert (Queue().waiting, Queue().workers) == (None, [])
