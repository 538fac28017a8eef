"""What every test may ask for. The machinery behind it (settings, Redis, a worker, Chromium) is in `machines.py`."""

import gc
import os

import pytest
from _pytest import runner
from django.core.management.commands.flush import Command as Flush
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from unionrelations.kit.acts import untold
from unionrelations.kit.room import with_room

Flush.handle = untold()(Flush.handle)  # a test that sweeps its rows away does nothing the history should tell

pytest_plugins = ["tests.machines"]
ASKING = {"db", "transactional_db", "live_server"}  # fixtures behind which a database stands


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Marks the tests that ask a database; whatever asks none answers the same on all of them."""
    for item in items:
        is_case = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
        if is_case or item.get_closest_marker("django_db") or ASKING & set(item.fixturenames):
            item.add_marker("database")


@pytest.hookimpl(tryfirst=True)
@with_room
def pytest_runtest_protocol(item, nextitem):
    """As without this, in one piece of memory: a tenth of the tests' processor time. A plug-in that runs tests in a way
    of its own would be passed by."""
    return runner.pytest_runtest_protocol(item, nextitem)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is imported and collected by now stays to the end: looking through it for garbage took an eighth of the
    tests' processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


# quick: a few examples, the same on every run. ci: the same, but the audit meets more worlds (`.ci/run`). prove: many,
# chosen anew (`make prove`).
settings.register_profile("quick", max_examples=10, derandomize=True, deadline=None)
settings.register_profile("ci", parent=settings.get_profile("quick"))
settings.register_profile("prove", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
