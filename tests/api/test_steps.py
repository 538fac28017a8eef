"""An activity goes from hand to hand through the API as on its pages, and no further."""

import pytest

from activities.models import Activity, Paper, StepTaken
from tests import factories as make
from tests.api.programs import program
from unionrelations.accounts.models import User

JSON = "application/json"


@pytest.fixture
def trip(union):
    return make.DelegationFactory(title="Đoàn thăm Lào", status="planned", starts_on="2027-03-01", unions=[(union, 5)])


@pytest.fixture
def officer(union):
    return program(make.UserFactory(union=union))


@pytest.fixture
def leader(union):
    return program(make.UserFactory(union=union, role=User.Role.LEADER))


def steps_of(trip) -> str:
    return f"/api/activities/{trip.pk}/steps/"


def take(desk, trip, step, **said):
    headers = said.pop("headers", {})
    return desk.post(steps_of(trip), {"step": step, **said}, JSON, headers=headers)


def test_an_activity_goes_its_way_from_asking_for_leave_to_leave(trip, officer, leader):
    told = officer.get(steps_of(trip)).json()
    assert {one["step"]: one["paper"] for one in told["open"]}["submit"] == "request"
    asked = take(officer, trip, "submit", paper={"number": "12/TLĐ", "day": "2026-11-02"})
    assert (asked.status_code, asked.json()["stage"]) == (200, "submitted"), asked.json()
    assert Paper.objects.get().number == "12/TLĐ"
    given = take(leader, trip, "approve", paper={"number": "9/TLĐ"})
    assert given.json()["stage"] == "approved"
    assert [one["step"] for one in given.json()["taken"]] == ["submit", "approve"]
    assert Activity.objects.get().status == "approved"


def test_what_a_step_asks_for_and_does_not_get_is_said_by_path(trip, officer, leader):
    lacking = take(officer, trip, "cancel")
    assert (lacking.status_code, list(lacking.json())) == (400, ["reason"])
    wrong = take(officer, trip, "submit", paper={"number": "1", "day": "2999-99-99"})
    assert (wrong.status_code, list(wrong.json())) == (400, ["paper.day"])
    assert not StepTaken.objects.exists()
    assert not Paper.objects.exists()


def test_a_step_that_is_somebody_else_s_or_does_not_lead_on_is_refused_with_the_page_s_sentence(trip, officer, leader):
    assert take(officer, trip, "approve", paper={"number": "1"}).status_code == 409
    take(officer, trip, "submit", paper={"number": "1"})
    again = take(officer, trip, "submit", paper={"number": "1"})
    assert again.status_code == 409
    assert again.json()["detail"]
    back = take(leader, trip, "return", reason="Rút gọn")
    assert back.json()["stage"] == "planned"
    assert StepTaken.objects.latest("pk").reason == "Rút gọn"


def test_whoever_submitted_does_not_decide(trip, union):
    keeper = program(make.UserFactory(union=union, role=User.Role.ADMINISTRATOR))
    take(keeper, trip, "submit", paper={"number": "1"})
    assert take(keeper, trip, "approve", paper={"number": "2"}).status_code == 409


def test_a_step_sent_twice_under_one_key_is_taken_once(trip, officer):
    headers = {"Idempotency-Key": "trinh-1"}
    first = take(officer, trip, "submit", paper={"number": "1"}, headers=headers)
    again = take(officer, trip, "submit", paper={"number": "1"}, headers=headers)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert StepTaken.objects.count() == 1
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_step_from_an_edition_that_is_past_is_refused(trip, officer):
    edition = officer.get(steps_of(trip)).headers["ETag"]
    officer.patch(f"/api/delegations/{trip.pk}/", {"place": "Viêng Chăn"}, JSON)
    late = take(officer, trip, "submit", paper={"number": "1"}, headers={"If-Match": edition})
    assert late.status_code == 412
    assert not StepTaken.objects.exists()


def test_no_token_takes_a_step_that_only_reads_or_is_of_a_union_beside(trip, union):
    person = make.UserFactory(union=union)
    assert take(program(person, may_write=False), trip, "submit").status_code == 403
    beside = make.UnionFactory(code="duoi", parent=union)
    assert take(program(person, union=beside), trip, "submit").status_code == 404
