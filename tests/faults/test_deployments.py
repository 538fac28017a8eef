"""Two deployments at once do the work of one; a migration on a house that is open holds nobody up."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import environ
import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.utils import translation

from tests import factories as make
from tests.doors import enter
from tests.faults.postgres import manage
from tests.faults.served import Visitor, hidden_on
from tests.machines import wait_until
from unionrelations.kit.alone import alone
from unionrelations.management.commands import migrate as migrate_command

SECRET = "a" * 32
INDEX = "partners_by_founding"
NEXT = {"DJANGO_SETTINGS_MODULE": "tests.faults.next_release"}


def both(url, *command) -> list[str]:
    """Started together; what each said."""
    running = [manage(url, *command, start_only=True) for _deployment in range(2)]
    said = [one.communicate(timeout=300) for one in running]
    assert [one.returncode for one in running] == [0, 0], said
    return [out for out, _err in said]


@pytest.mark.broker
def test_two_deployments_at_once_do_the_work_of_one(postgres):
    url = postgres.create("deployed")
    migrated = both(url, "migrate", "accounts")  # those of one app, for the sake of time
    assert sorted("No migrations to apply" in one for one in migrated) == [False, True]
    with postgres.connect("deployed") as server:
        every = "SELECT COUNT(*) - COUNT(DISTINCT (app, name)) FROM django_migrations"
        assert server.execute(every).fetchone() == (0,)
    one, other = (
        [re.findall(r"\d+", line) for line in said.splitlines()] for said in both(postgres.create_migrated(), "seed")
    )
    assert one != other
    assert one == [[there, new] for new, there in other]  # what was new to the one was there for the other


def test_on_sqlite_too_whoever_comes_second_waits_for_the_first(tmp_path):
    file = SQLite(connections.settings["default"] | environ.Env.db_url_config(f"sqlite:///{tmp_path}/db.sqlite3"))
    done = []

    def second():
        with alone(file, "test", lambda: done.append("waits")):
            done.append("second")

    with alone(file, "test"):
        thread = threading.Thread(target=second)
        thread.start()
        wait_until(lambda: done == ["waits"], what="the second one to wait")
        done.append("first")
    thread.join()
    assert done == ["waits", "first", "second"]


@pytest.fixture
def url(postgres):
    return postgres.create_migrated()


@pytest.fixture
def desk(url, serve, within):
    with within(url):
        officer = make.UserFactory(union=make.UnionFactory(parent=None), role="administrator")
        partner = make.PartnerFactory(name="Công đoàn Lào")
        cookies = {"sessionid": enter(officer).cookies["sessionid"].value, "csrftoken": SECRET}
    visitor = Visitor(serve(url), cookies)
    visitor.partner = partner.pk
    return visitor


def columns(server) -> set[str]:
    asked = "SELECT column_name FROM information_schema.columns WHERE table_name = 'partners_partner'"
    return {row[0] for row in server.execute(asked)}


def index(server):
    """Whether it is good; None where there is none."""
    found = server.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [INDEX]).fetchone()
    return found and found[0]


def at_a_lock(server, begins) -> bool:
    asked = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"
    return server.execute(asked, [f"{begins}%"]).fetchone() is not None


@pytest.mark.broker
def test_a_migration_on_a_live_house_fails_no_request_and_holds_nobody_up(url, postgres, desk):
    over, answers = threading.Event(), []

    def write(me):
        form = hidden_on(me.get("/partners/new/"))
        return me.post("/partners/new/", form | {"name": f"Đối tác {len(answers)}", "kind": "ngo"}, SECRET)

    def work(deed):
        while not over.wait(0.2):
            answers.append(deed(Visitor(desk.served, desk.cookies)).status)

    def goes_on():
        so_far = len(answers)
        wait_until(lambda: len(answers) > so_far + 4, what="the office to go on")

    name = url.rpartition("/")[2]
    deeds = (write, lambda me: me.get("/partners/"))
    others = [postgres.connect(name) for _connection in range(3)]
    with ThreadPoolExecutor(2) as people, others[0] as other, others[1] as looker, others[2] as server:
        at_work = [people.submit(work, deed) for deed in deeds]
        try:
            # A build that was killed left an index that is no good.
            server.execute("CREATE INDEX partners_by_founding ON partners_partner (name)")
            server.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::regclass", [INDEX])
            assert index(server) is False

            looker.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            looker.execute("SELECT 1").fetchall()
            # Somebody reads for long. The column waits for them a while, then lets the office pass.
            other.execute("BEGIN")
            other.execute("SELECT 1 FROM partners_partner").fetchall()
            migration = manage(url, "migrate", "growing", start_only=True, **NEXT)
            wait_until(lambda: at_a_lock(server, "ALTER TABLE"), what="the column to wait")
            wait_until(lambda: not at_a_lock(server, "ALTER TABLE"), what="it to give way")
            goes_on()
            assert "founded_in" not in columns(server)

            # The index waits for whoever looks at the house as it was, longer than that, and nobody waits behind it.
            other.execute("COMMIT")
            wait_until(lambda: at_a_lock(server, "CREATE INDEX"), what="the index to wait")
            begun = time.monotonic()
            assert "founded_in" in columns(server)
            while time.monotonic() - begun < 4:
                goes_on()
            assert at_a_lock(server, "CREATE INDEX")  # the same build, still there
            looker.execute("COMMIT")
            said = migration.communicate(timeout=120)
            assert migration.returncode == 0, said
            assert index(server) is True
            goes_on()
        finally:
            over.set()
        for one in at_work:
            one.result()
    assert set(answers) == {200, 302}


@pytest.mark.django_db
def test_a_migration_that_never_gets_through_gives_up_in_words(monkeypatch):
    tries = []

    def hindered(*args, **options):
        tries.append(1)
        raise OperationalError("canceling statement due to lock timeout") from psycopg.errors.LockNotAvailable()

    monkeypatch.setattr(migrate_command, "BETWEEN", 0)
    monkeypatch.setattr(migrate_command.Migrate, "handle", hindered)
    with pytest.raises(CommandError), translation.override("en"):
        call_command("migrate", verbosity=0)
    assert len(tries) == migrate_command.TRIES


@pytest.mark.django_db
def test_what_else_fails_in_a_migration_is_not_tried_again(monkeypatch):
    tries = []

    def broken(*args, **options):
        tries.append(1)
        raise OperationalError("no such thing")

    monkeypatch.setattr(migrate_command.Migrate, "handle", broken)
    with pytest.raises(OperationalError, match="no such thing"):
        call_command("migrate", verbosity=0)
    assert len(tries) == 1
