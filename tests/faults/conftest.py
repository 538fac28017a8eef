"""What goes down here: a PostgreSQL and a server of one's own."""

import shutil
from contextlib import contextmanager

import environ
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.utils import load_backend

from tests.faults.postgres import Postgres, Replica
from tests.faults.served import Balanced, Served, Worker
from tests.machines import database_url, kill_worker


@pytest.fixture(scope="session")
def own_postgres():
    server = Postgres()
    server.start()
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture
def postgres(own_postgres):
    """Running, whatever the test before did to it."""
    if not own_postgres.is_running:
        own_postgres.start()
    return own_postgres


@pytest.fixture
def replica(postgres):
    """Follows the server of the test; its tables are there once they are in the primary."""
    server = Replica(postgres)
    yield server
    if server.is_running:
        server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture
def serve(tmp_path):
    """Starts servers that are stopped after the test."""
    started = []

    def start(url, **more):
        started.append(Served(url, tmp_path, **more))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture
def balance(tmp_path):
    """Starts the balancer before some servers."""
    started = []

    def start(*servers):
        started.append(Balanced(list(servers), tmp_path))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture
def within(django_db_blocker):
    """Inside `with within(url):` the models of the test stand in that database."""

    @contextmanager
    def stand(url):
        given = connections["default"]
        described = connections.settings["default"] | {"OPTIONS": {}} | environ.Env.db_url_config(url)
        connections["default"] = load_backend(described["ENGINE"]).DatabaseWrapper(described, "default")
        ContentType.objects.clear_cache()
        try:
            with django_db_blocker.unblock():
                yield
        finally:
            connections["default"].close()
            connections["default"] = given
            ContentType.objects.clear_cache()

    return stand


@pytest.fixture
def start_worker_on(broker, tmp_path):
    """A Celery worker on another database than the test's: one that composes slowly, so that it is met at work."""
    started = []

    def start(url, **more):
        started.append(Worker(url, broker, tmp_path, **more))
        return started[-1]

    yield start
    for one in started:
        kill_worker(one.process)


@pytest.fixture
def start_worker_at(tmp_path):
    """A worker on the test's own database that listens at another broker."""
    started = []

    def start(address):
        started.append(Worker(database_url(), address, tmp_path))

    yield start
    for one in started:
        kill_worker(one.process)
