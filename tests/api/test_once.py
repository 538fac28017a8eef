"""A request to make a record, sent again with its key, makes none a second time."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from tests import factories as make
from tests.api.programs import bearing, program, token_of
from unionrelations.accounts.models import Officer
from unionrelations.api.models import KEPT_FOR, GivenAnswer

KEY = {"Idempotency-Key": "so-van-ban-17"}


def person(db):
    return make.UserFactory()


officer = pytest.fixture(person)


def send(desk, union, name="Lan", headers=KEY):
    return desk.post("/api/officers/", {"union": union.pk, "name": name}, "application/json", headers=headers)


def test_the_same_request_with_the_same_key_is_answered_the_same_and_makes_nothing(officer):
    desk = program(officer)
    first, second = send(desk, officer.union), send(desk, officer.union)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.headers["ETag"] == second.headers["ETag"]
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Officer.objects.count() == 1


def test_another_request_with_the_same_key_is_refused(officer):
    desk = program(officer)
    send(desk, officer.union)
    refused = send(desk, officer.union, "Hoa")
    assert (refused.status_code, list(refused.json())) == (422, ["detail"])
    assert Officer.objects.count() == 1


def test_without_a_key_every_request_makes_a_record(officer):
    desk = program(officer)
    assert [send(desk, officer.union, name, {}).status_code for name in ("Lan", "Hoa")] == [201, 201]
    assert not GivenAnswer.objects.exists()


def test_what_was_refused_may_be_put_right_under_the_same_key(officer):
    desk = program(officer)
    assert send(desk, officer.union, "").status_code == 400
    assert send(desk, officer.union).status_code == 201


def test_a_key_is_its_program_s_own(officer):
    assert send(program(officer), officer.union).status_code == 201
    assert send(program(officer), officer.union, "Hoa").status_code == 201
    assert send(program(make.UserFactory(union=officer.union)), officer.union, "Mai").status_code == 201


def test_a_key_is_kept_for_two_days(officer):
    desk = program(officer)
    send(desk, officer.union)
    kept = GivenAnswer.objects.get()
    GivenAnswer.objects.update(made_at=kept.made_at - KEPT_FOR)
    assert send(desk, officer.union, "Hoa").status_code == 201
    assert GivenAnswer.objects.count() == 1


@pytest.mark.parametrize("key", ["", "é", "x" * 201])
def test_a_key_nobody_can_read_is_refused(officer, key):
    assert send(program(officer), officer.union, headers={"Idempotency-Key": key}).status_code == 400
    assert not Officer.objects.exists()


@pytest.mark.postgres  # the database of tests in memory lets two writers collide where a file makes one wait
@pytest.mark.django_db(transaction=True)
def test_twins_sent_together_make_one_record():
    officer = person(None)
    secret = token_of(officer)[1]
    together, answers = Barrier(2), []

    def one():
        together.wait()
        answers.append(send(bearing(secret), officer.union))
        connection.close()

    twins = [Thread(target=one) for _number in range(2)]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert sorted("Idempotent-Replayed" in one.headers for one in answers) == [False, True]
    assert Officer.objects.count() == 1
