"""The machines tests run on: the settings of the session, a private Redis, Celery workers, Chromium.

A missing program fails the test that asked for it, in a sentence; it never skips it. `.ci/run` installs them all.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import override_settings
from playwright.sync_api import expect

from unionrelations.celery import app

# Playwright keeps an event loop running in the thread of the tests, which are not asynchronous for that.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session", autouse=True)
def machine(tmp_path_factory):
    """The settings as they are, except for what needs HTTPS, collected files, a slow hash or somebody's disk.

    Nobody is asked for a second factor but in the tests about it, and what processes share stays in this one.
    """
    with override_settings(
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=django_settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        REQUIRE_SECOND_FACTOR=False,
        CACHES=django_settings.CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        API_PACE="1000000/second",  # tests ask faster than people, and count it only where they mean to
    ):
        yield


def program(*names):
    """The path of the first of these programs that the machine has."""
    for name in names:
        if path := shutil.which(name):
            return path
    pytest.fail(f"This test needs {names[0]}, which is not installed here; `.ci/run` installs it.")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(condition, seconds=120, what="the condition"):
    """What `condition()` gives as soon as it gives something true. Long, as other tests want the same processors."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := condition():
            return result
        time.sleep(0.1)
    pytest.fail(f"Waited {seconds} seconds in vain for {what}.")


# --- Redis and Celery


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """The address of a Redis of our own, gone after the session."""
    port = free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(tmp_path_factory.mktemp("redis"))]
    server = subprocess.Popen([program("redis-server"), *options], stdout=subprocess.DEVNULL)

    def answers():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_until(answers, what="Redis")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def broker(redis_url, monkeypatch):
    """An empty queue. Inside the test, tasks go to it instead of running at once; gives its address."""
    monkeypatch.setitem(app.conf, "broker_url", redis_url)
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    monkeypatch.setattr(app, "_pool", None)  # Celery keeps its connections here and in `amqp`, made for the old address
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    with app.connection_for_write() as connection:
        connection.default_channel.client.flushdb()
    return redis_url


@pytest.fixture
def start_worker(broker, transactional_db, tmp_path):
    """Starts Celery workers on the test's own database: `start_worker(include="tests.x", TASK_VISIBILITY_TIMEOUT="4")`.

    Gives the process of the worker once it is ready; `kill_worker` ends it as a power cut would.
    """
    workers = []

    def start(include="", **environment):
        log = tmp_path / f"worker-{len(workers)}.log"
        command = [sys.executable, "-m", "celery", "-A", "unionrelations", "worker", "--concurrency", "1", "-l", "INFO"]
        with log.open("w") as output:
            worker = subprocess.Popen(
                command + (["--include", include] if include else []),
                cwd=django_settings.BASE_DIR,
                env=os.environ
                | {
                    "SECRET_KEY": django_settings.SECRET_KEY,
                    "DATABASE_URL": database_url(),
                    "CELERY_BROKER_URL": broker,
                    **environment,
                },
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        workers.append(worker)
        wait_until(lambda: worker.poll() is not None or " ready." in log.read_text(), what="the worker")
        assert worker.poll() is None, log.read_text()
        return worker

    yield start
    for worker in workers:
        kill_worker(worker)


def kill_worker(worker):
    """Kills a worker and its children at once, leaving them no time to give their tasks back."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def database_url():
    """The address under which another process finds the database of this test."""
    database = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user, host = database["USER"] or "", database["HOST"] or "127.0.0.1"
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    return f"postgres://{user}{password}@{host}:{database['PORT'] or 5432}/{database['NAME']}"


# --- The database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, request, tmp_path_factory):
    """A worker is another process: with one in the session, SQLite's test database is a file and not in memory.

    On PostgreSQL `MIGRATED_DATABASE` names one that was migrated beforehand; test databases are copies of it.
    """
    connection = connections["default"]
    if connection.vendor == "sqlite" and any(item.get_closest_marker("broker") for item in request.session.items):
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    if connection.vendor == "postgresql" and (migrated := os.environ.get("MIGRATED_DATABASE")):
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated
    connection.settings_dict["CONN_MAX_AGE"] = 0  # a browser keeps its threads of the live server, not their sessions


@pytest.fixture(scope="session")
def empty_house(django_db_setup, django_db_blocker, tmp_path_factory):
    """A SQLite database that was migrated and holds nothing, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "db.sqlite3"
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            connection.ensure_connection()
            copy = sqlite3.connect(file)
            connection.connection.backup(copy)
            copy.close()
        return file
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    environment = {"ENV_FILE": os.devnull, "SECRET_KEY": "x", "DATABASE_URL": f"sqlite:///{file}"}
    subprocess.run(command, cwd=django_settings.BASE_DIR, env=os.environ | environment, check=True)
    return file


class UnderWay:
    """How many requests the threads of the live server are answering."""

    def __init__(self):
        self.number, self.lock = 0, threading.Lock()

    def add(self, number):
        if threading.current_thread() is not threading.main_thread():  # there the test's own client asks
            with self.lock:
                self.number += number

    def begin(self, **kwargs):
        self.add(1)

    def end(self, **kwargs):
        self.add(-1)


@pytest.fixture(scope="session")
def under_way():
    requests = UnderWay()
    request_started.connect(requests.begin)
    request_finished.connect(requests.end)  # after Django's own receiver, which closes the connection of the thread
    yield requests
    request_started.disconnect(requests.begin)
    request_finished.disconnect(requests.end)


@pytest.fixture(autouse=True)
def answered(request):
    """The page is closed, then every request is answered, then the rows go: none meets the rows of the next test,
    and none holds the database when the last test is over."""
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    requests = request.getfixturevalue("under_way")
    yield
    wait_until(lambda: requests.number == 0, what="the requests under way")


# --- Chromium (pytest-playwright asks for these by name)

expect.set_options(timeout=20_000)  # milliseconds: what is shown is proved, not how busy the machine is


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium, since a browser cannot be pinned like a package."""
    return browser_type_launch_args | {
        "executable_path": program("chromium", "chromium-browser", "google-chrome"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Pages in Vietnamese, as their readers have it."""
    return browser_context_args | {"locale": "vi-VN", "timezone_id": django_settings.TIME_ZONE}


@pytest.fixture
def context(context):
    context.set_default_timeout(90_000)  # milliseconds: as long as a busy machine may need
    return context
