"""Rows under a record through the API: by the form of their page, an edit of their record each time."""

import pytest

from activities.models import Activity, CarriedOut, Member, Paper, Restriction
from partners.models import Contact
from tests import factories as make
from tests.api.programs import program
from unionrelations.accounts.models import User
from unionrelations.privacy.models import Reading

JSON = "application/json"


@pytest.fixture
def trip(union):
    return make.DelegationFactory(title="Đoàn thăm Lào", unions=[(union, 5)]).activity_ptr


def test_a_member_is_entered_changed_and_taken_away(desk, trip, officer, union):
    of = f"/api/activities/{trip.pk}/members/"
    before = Activity.objects.get().version
    made = desk.post(of, {"name": "Nguyễn Thị Lan", "title": "Trưởng ban", "union": union.pk}, JSON)
    assert made.status_code == 201, made.json()
    row = made.json()["id"]
    assert desk.get(of).json()["results"] == [made.json()]
    changed = desk.patch(f"{of}{row}/", {"is_head": True}, JSON)
    assert (changed.json()["is_head"], changed.json()["name"]) == (True, "Nguyễn Thị Lan")
    record = Activity.objects.get()
    assert record.version > before
    assert record.changed_by == officer
    assert desk.delete(f"{of}{row}/").status_code == 204
    assert not Member.objects.exists()


def test_what_the_page_refuses_the_api_refuses_by_path(desk, trip, union):
    of = f"/api/activities/{trip.pk}/members/"
    beside = make.UnionFactory(code="ben", parent=union)
    wrong = desk.post(of, {"name": "", "union": beside.pk}, JSON)
    assert (wrong.status_code, set(wrong.json())) == (400, {"name", "union"})
    agreement = make.AgreementFactory(unions=[union])
    carried = f"/api/activities/{trip.pk}/carries-out/"
    assert desk.post(carried, {"agreement": agreement.pk}, JSON).status_code == 201
    assert desk.post(carried, {"agreement": agreement.pk}, JSON).status_code == 400
    assert CarriedOut.objects.count() == 1


def test_a_paper_keeps_its_file_when_its_number_changes(desk, trip):
    paper = Paper.objects.create(activity=trip, kind="request", number="12/TLĐ")
    address = f"/api/activities/{trip.pk}/papers/{paper.pk}/"
    desk.patch(address, {"number": "13/TLĐ"}, JSON)
    paper.refresh_from_db()
    assert paper.number == "13/TLĐ"
    assert "file" not in desk.get(address).json()


def test_a_row_sent_twice_under_one_key_is_entered_once_and_an_old_edition_changes_nothing(desk, trip):
    of, headers = f"/api/activities/{trip.pk}/talks/", {"Idempotency-Key": "hoi-dam-1"}
    first, again = (desk.post(of, {"topics": "Trao đổi"}, JSON, headers=headers) for _each in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    row = f"{of}{first.json()['id']}/"
    edition = desk.get(row).headers["ETag"]
    assert desk.patch(row, {"agreed": "Cử cán bộ sang học"}, JSON, headers={"If-Match": edition}).status_code == 200
    assert desk.patch(row, {"agreed": "Thôi"}, JSON, headers={"If-Match": edition}).status_code == 412


def test_rows_of_a_record_out_of_reach_are_not_there_and_nobody_writes_beyond_their_role(union, trip, officer):
    Member.objects.create(activity=trip, name="Lan")
    of = f"/api/activities/{trip.pk}/members/"
    beside = make.UnionFactory(code="ben", parent=union)
    assert program(officer, union=beside).get(of).status_code == 404
    leader = program(make.UserFactory(union=union, role=User.Role.LEADER))
    assert leader.get(of).status_code == 200
    assert leader.post(of, {"name": "Mai"}, JSON).status_code == 403
    assert program(officer, may_write=False).post(of, {"name": "Mai"}, JSON).status_code == 403
    Restriction(activity=trip, set_by=officer).begin()
    other = program(make.UserFactory(union=union))
    assert other.get(of).status_code == 404
    assert Member.objects.count() == 1


def test_a_look_at_people_is_noted_and_one_at_a_restricted_activity_is_not(desk, trip, officer):
    partner = make.PartnerFactory(name="LO")
    Contact.objects.create(partner=partner, name="Bà Khamla")
    Member.objects.create(activity=trip, name="Lan")
    desk.get(f"/api/partners/{partner.pk}/contacts/")
    desk.get(f"/api/activities/{trip.pk}/members/")
    desk.get(f"/api/activities/{trip.pk}/talks/")
    noted = set(Reading.objects.values_list("label", "record", "way"))
    assert noted == {("partners", partner.pk, "api"), ("activities", trip.pk, "api")}
    Reading.objects.all().delete()
    Restriction(activity=trip, set_by=officer).begin()
    program(officer).get(f"/api/activities/{trip.pk}/members/")
    assert not Reading.objects.exists()
