"""The audit finds each fault there is in `faults`, and none where there is none."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from activities.reports.audit import Outcome, Recount, check, compare_scopes
from tests.doors import lasting
from tests.reports.faults import FAULTS
from tests.reports.faulty_world import World

pytestmark = pytest.mark.django_db


def found(world) -> Iterator[dict]:
    """What checking the derived rows of the world, and every question of it, notes."""
    recount, outcome = Recount(), Outcome()
    compare_scopes(outcome, recount.activities)
    yield from outcome.mismatches
    for question in world.questions:
        yield from check(question, recount=recount).mismatches


@pytest.fixture(scope="module")
def sound_world(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        yield World()


@pytest.fixture
def world(sound_world, db):
    """A copy of its own for each fault; what a fault does to the rows is undone with its test."""
    return deepcopy(sound_world)


def test_nothing_is_found_where_nothing_is_wrong(world):
    assert list(found(world)) == []


# What an audit compares is read alike on both: the second database is asked for every fourth fault.
@pytest.mark.parametrize(
    "fault",
    [pytest.param(one, marks=[pytest.mark.one_database] if number % 4 else []) for number, one in enumerate(FAULTS)],
    ids=lambda one: one.__name__,
)
def test_the_audit_finds(fault, world, monkeypatch):
    fault(monkeypatch, world)
    assert any(found(world))


def test_there_are_many_faults_and_each_is_another():
    assert len({one.__name__ for one in FAULTS}) == len(FAULTS) > 40
