"""Where each question goes, and how far a replica must have read before it is asked."""

import ast
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Activity
from partners.models import Partner
from unionrelations.accounts.models import User
from unionrelations.history.kept import _DOOR, NOT_KEPT, NOT_KEPT_APPS
from unionrelations.kit.acts import Way, asked_by
from unionrelations.operations import reading as middleware
from unionrelations.operations import replica
from unionrelations.operations.models import LastWrite
from unionrelations.operations.replica import Known, Router, reading
from unionrelations.privacy.models import Reading

LAN = (7, "Lan")


class Connection(SimpleNamespace):
    def close(self):
        self.is_closed = True


@pytest.fixture
def house(monkeypatch):
    """A primary and a replica that say how far they are, and a clock."""
    house = SimpleNamespace(now=100.0, own=0, written=1000, replayed=1000, asked=0)
    known = Known(lambda: house.now)
    connections = {
        "default": Connection(in_atomic_block=False),
        "replica": Connection(is_closed=False),
    }

    def replayed_by(connection):
        house.asked += 1
        if house.replayed is None:
            raise OperationalError
        return house.replayed

    monkeypatch.setattr(replica, "known", known)
    monkeypatch.setattr(middleware, "known", known)
    monkeypatch.setattr(replica, "connections", connections)
    monkeypatch.setattr(replica, "replayed_by", replayed_by)
    monkeypatch.setattr(LastWrite.objects, "position_and_now", lambda person: (house.own, house.written))
    house.connections = connections
    return house


def where(model=Activity, person=LAN) -> str:
    with asked_by(Way.PAGE, lambda: person), reading():
        return Router().db_for_read(model)


def test_a_reader_is_sent_to_a_replica_that_has_read_everything(house):
    assert where() == "replica"


def test_what_a_reader_wrote_is_read_where_it_is_already_there(house):
    house.own, house.replayed = 900, 899
    assert where() == "default"
    house.replayed = 900
    assert where() == "default"  # its own write is there, but what others wrote just now is not
    house.replayed = 1000
    assert where() == "replica"


def test_others_are_read_at_most_so_many_seconds_late(house, settings):
    settings.REPLICA_LAG = 5
    assert where() == "replica"
    house.written = 5000
    house.now += 5
    assert where() == "replica"  # five seconds ago the primary stood where the replica stands
    house.now += 0.1
    assert where() == "default"
    house.replayed = 5000
    assert where() == "replica"


@given(st.lists(st.tuples(st.floats(0.01, 3), st.integers(0, 50)), max_size=40))
def test_where_the_primary_stood_so_many_seconds_ago_is_never_said_wrongly(steps):
    known = Known(lambda: now)
    now, written, truth = 0.0, 0, [(0.0, 0)]
    for seconds, wrote in steps:
        now += seconds
        written += wrote
        truth.append((now, written))
        at_least, at_most = known.then(now, written)
        then = max(position for moment, position in truth if moment <= max(now - settings.REPLICA_LAG, 0))
        assert at_least <= then <= at_most <= written  # whoever has read as far as the last is not later


@pytest.mark.parametrize("model", [User, Session, LastWrite], ids=lambda model: model.__name__)
def test_who_may_enter_is_asked_at_the_primary(house, model):
    assert where(model) == "default"


def test_the_door_is_the_same_to_the_history_and_to_the_router():
    labels = {one._meta.label_lower for one in apps.get_models() if replica._is_of_the_door(one)}
    said = {label for label, why in NOT_KEPT.items() if why is _DOOR}
    said |= {one._meta.label_lower for one in apps.get_models() if NOT_KEPT_APPS.get(one._meta.app_label) is _DOOR}
    assert said <= labels


@pytest.mark.parametrize("person", [None, LAN], ids=["a stranger", "outside a request"])
def test_who_is_nobody_known_reads_at_the_primary(house, person):
    if person is None:
        assert where(person=None) == "default"
    else:
        with asked_by(Way.TASK, lambda: person):
            assert Router().db_for_read(Activity) == "default"


def test_one_request_reads_in_one_place_until_it_writes(house):
    with asked_by(Way.PAGE, lambda: LAN), reading() as here:
        assert Router().db_for_read(Activity) == "replica"
        house.replayed = 0
        assert Router().db_for_read(Partner) == "replica"
        assert house.asked == 1
        assert Router().db_for_write(Session) == "default"
        assert (Router().db_for_read(Partner), here.has_written) == ("replica", False)
        assert Router().db_for_write(Partner) == "default"
        assert (Router().db_for_read(Partner), here.has_written) == ("default", True)


def test_a_transaction_sees_one_state_of_everything(house):
    house.connections["default"].in_atomic_block = True
    assert where() == "default"


def test_a_replica_that_is_gone_is_left_alone_for_a_while(house):
    house.replayed = None
    assert [where(), where()] == ["default", "default"]
    assert house.asked == 1
    assert house.connections["replica"].is_closed
    house.now += replica.LEFT_ALONE
    house.replayed = 1000
    assert where() == "replica"


def test_without_a_replica_nothing_stands_in_the_way_of_a_request():
    with pytest.raises(MiddlewareNotUsed):
        middleware.Reading(lambda request: None)


@pytest.fixture
def answer(house, monkeypatch):
    """`answer(view, method)`: what the middleware makes of a view, and for whom it noted a write."""
    monkeypatch.setitem(settings.DATABASES, "replica", {})
    noted = []
    monkeypatch.setattr(LastWrite.objects, "note", noted.append)

    def ask(view, method="GET"):
        with asked_by(Way.PAGE, lambda: LAN):
            return middleware.Reading(view)(RequestFactory().generic(method, "/")), noted

    return ask


def test_what_failed_at_the_replica_is_answered_by_the_primary(house, answer):
    places = []

    def view(request):
        places.append(Router().db_for_read(Activity))
        if places[-1] == "replica":
            with pytest.raises(OperationalError):
                replica._noting(gone, "SELECT 1", (), False, {})
            return HttpResponse("half of it")  # a template may take a failure for a no
        return HttpResponse("all of it")

    def gone(*args):
        raise OperationalError

    response, noted = answer(view)
    assert (response.content, places, noted) == (b"all of it", ["replica", "default"], [])
    house.now += 1
    answer(view)
    assert places[2:] == ["default"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_whoever_writes_does_everything_at_the_primary_and_is_remembered(answer, method):
    response, noted = answer(lambda request: HttpResponse(Router().db_for_read(Activity)), method)
    assert (response.content, noted) == (b"default", [7])


def test_a_page_that_writes_while_it_is_read_is_remembered_too(answer):
    def view(request):
        return HttpResponse(Router().db_for_write(Partner))

    assert answer(view)[1] == [7]
    for noted in (User, Reading):  # what the house notes of who reads is no write of theirs
        assert answer(lambda request, noted=noted: HttpResponse(Router().db_for_write(noted)))[1] == [7]


def test_figures_are_counted_where_their_state_was_asked():
    """A cache keyed by a state that one place told must not be filled with what another counted."""
    for file in Path(settings.BASE_DIR, "activities/reports").glob("*.py"):
        names = {
            alias.name
            for one in ast.walk(ast.parse(file.read_text()))
            if isinstance(one, ast.ImportFrom) and one.module == "django.db"
            for alias in one.names
        }
        assert "connection" not in names, file
