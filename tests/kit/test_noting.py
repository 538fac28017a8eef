"""What the house notes in a session takes nothing from what another request of the same person keeps there."""

import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connections, transaction
from django.utils import timezone

from tests import factories as make
from tests.doors import enter
from unionrelations.kit.noting import note
from unionrelations.web.door.sessions import SEEN
from unionrelations.web.due import IN_SESSION


@pytest.fixture
def reader(db):
    reader = enter(make.UserFactory(union=make.UnionFactory(), role="officer"))
    session = reader.session
    session[SEEN] = 0
    session.save()
    return reader


@pytest.mark.parametrize("address", ["/", "/help/", "/due/", "/due/late/", "/delegations/"])
def test_no_page_that_only_reads_writes_the_session_whole(reader, address):
    response = reader.get(address)
    assert response.status_code == 200
    assert not response.wsgi_request.session.modified
    assert reader.session[SEEN] > 0


def test_a_note_is_known_at_once_and_stays(reader):
    session, other = reader.session, reader.session
    other["kept"] = "by another request"
    other.save()
    note(session, **{IN_SESSION: [1, False, 2, None]})
    assert session[IN_SESSION] == reader.session[IN_SESSION] == [1, False, 2, None]
    assert reader.session["kept"] == "by another request"


@pytest.mark.parametrize("ended", ["signed out", "expired"])
def test_a_session_that_ended_meanwhile_stays_ended(reader, ended):
    session, stored = reader.session, Session.objects.filter(pk=reader.session.session_key)
    if ended == "expired":
        stored.update(expire_date=timezone.now())
    else:
        stored.delete()
    before = stored.count()
    note(session, late=1)
    assert Session.objects.count() == before
    assert not reader.session.get("late")


def test_whoever_comes_back_within_its_time_stays_signed_in(reader, settings):
    """A browser forgets its cookie as long after it was given as a session lasts: it is given anew with the note."""
    cookie = reader.get("/help/").cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value == reader.session.session_key
    assert cookie["max-age"] == reader.session.get_expiry_age()
    assert cookie["httponly"]
    assert cookie["samesite"] == settings.SESSION_COOKIE_SAMESITE
    assert settings.SESSION_COOKIE_NAME not in reader.get("/help/").cookies


def test_a_session_that_ends_with_the_browser_is_not_prolonged(reader, settings):
    session = reader.session
    session.set_expiry(0)
    session.save()
    assert settings.SESSION_COOKIE_NAME not in reader.get("/help/").cookies


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_note_waits_for_what_is_being_written(transactional_db, reader):
    wrote, may_end = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                session = reader.session
                session["kept"] = "by a slow request"
                session.save()
                wrote.set()
                assert may_end.wait(20)
        finally:
            connections.close_all()

    thread, session = threading.Thread(target=slow), reader.session
    thread.start()
    assert wrote.wait(20)
    threading.Timer(0.3, may_end.set).start()
    note(session, late=1)
    thread.join()
    assert reader.session["kept"] == "by a slow request"
    assert reader.session["late"] == 1
