"""The steps of an activity on its pages: offered to whom they are open, taken with what they ask for, and told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities.models import Delegation, Overstep, Paper, RuleSet, StepTaken
from tests import factories as make
from tests.doors import alerts, enter, text, typed_in
from tests.importing.sheets import planned
from tests.imports import sheet
from unionrelations.accounts.models import User


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam", parent=make.UnionFactory(code="vgcl"))


@pytest.fixture
def trip(union):
    return make.DelegationFactory(unions=[(union, 3)], status="planned", title="Sang Lào")


def someone(union, role, language="en"):
    return enter(make.UserFactory(union=union, role=role, language=language))


def page(trip) -> str:
    return f"/activities/{trip.pk}/steps"


def test_an_officer_submits_and_a_leader_approves(union, trip):
    desk, leader = someone(union, User.Role.OFFICER), someone(union, User.Role.LEADER)
    shown = text(desk.get(f"/delegations/{trip.pk}/"))
    assert f'href="{page(trip)}/submit/"' in shown
    assert f'href="{page(trip)}/approve/"' not in shown
    answer = desk.post(f"{page(trip)}/submit/", {"paper-number": "12/CĐCT", "paper-day": "01/03/2026"})
    assert answer.status_code == 302
    shown = text(leader.get(f"/delegations/{trip.pk}/"))
    assert f"waits for the say of a leader of {union.name_en}" in shown
    assert f'href="{page(trip)}/approve/"' in shown
    letter = SimpleUploadedFile("cho-phep.txt", b"Cho ph\xc3\xa9p")
    assert leader.post(f"{page(trip)}/approve/", {"paper-file": letter}).status_code == 302
    trip.refresh_from_db()
    assert trip.status == "approved"
    assert list(Paper.objects.order_by("pk").values_list("kind", "number")) == [
        ("request", "12/CĐCT"),
        ("permission", ""),
    ]
    shown = text(desk.get(f"/delegations/{trip.pk}/"))
    assert "Submit: planned → submitted" in shown
    assert "Approve: submitted → approved" in shown


def test_a_step_that_lacks_its_paper_or_reason_keeps_what_was_typed_and_takes_nothing(union, trip):
    desk = someone(union, User.Role.OFFICER)
    answer = desk.post(f"{page(trip)}/submit/", {"paper-day": "31/02/2026", "paper-number": "12"})
    assert answer.status_code == 200
    assert alerts(answer)
    assert typed_in(answer)["paper-number"] == ["12"]
    assert desk.post(f"{page(trip)}/submit/", {}).status_code == 200
    assert desk.post(f"{page(trip)}/cancel/", {"reason": " "}).status_code == 200
    assert not Paper.objects.exists()
    assert not StepTaken.objects.exists()


@pytest.mark.parametrize("role", [User.Role.LEADER, User.Role.AUDITOR])
def test_who_may_not_take_a_step_is_told_so(union, trip, role):
    reader = someone(union, role)
    answer = reader.post(f"{page(trip)}/submit/", {"paper-number": "12"}, follow=True)
    assert "taken by somebody else" in text(answer)
    assert not StepTaken.objects.exists()


def test_who_comes_late_is_told_where_it_stands(union, trip):
    desk = someone(union, User.Role.OFFICER)
    desk.post(f"{page(trip)}/cancel/", {"reason": "Bạn hoãn"})
    answer = desk.post(f"{page(trip)}/submit/", {"paper-number": "12"}, follow=True)
    assert "is cancelled by now" in text(answer)
    assert StepTaken.objects.count() == 1


def test_a_step_out_of_reach_or_unheard_of_is_not_found(union, trip):
    stranger = someone(make.UnionFactory(parent=union.parent), User.Role.ADMINISTRATOR)
    assert stranger.get(f"{page(trip)}/submit/").status_code == 404
    assert stranger.post(f"{page(trip)}/submit/", {"paper-number": "1"}).status_code == 404
    assert someone(union, User.Role.OFFICER).get(f"{page(trip)}/set/").status_code == 404


def test_a_leader_reads_why_a_rule_is_departed_from_before_deciding(union, trip):
    Overstep.objects.create(activity=trip, rule="most_days", number=12, limit=10, reason="Hội nghị dài ngày")
    Delegation.objects.filter(pk=trip.pk).update(status="submitted")
    shown = text(someone(union, User.Role.LEADER).get(f"{page(trip)}/approve/"))
    assert "The trip lasts 12 days; the rule is at most 10." in shown
    assert "Hội nghị dài ngày" in shown


def test_where_activities_ask_for_leave_the_form_offers_no_status_but_its_own(union, trip):
    RuleSet.objects.create(union=union, by_steps=True)
    desk = someone(union, User.Role.OFFICER)
    address = f"/delegations/{trip.pk}/edit/"
    values = typed_in(desk.get(address))
    assert values["status"] == ["planned"]
    answer = desk.post(address, values | {"status": "approved"})
    assert answer.status_code == 200
    trip.refresh_from_db()
    assert trip.status == "planned"
    new = desk.get("/delegations/new/").context["form"].fields["status"].choices
    assert {value for value, _words in new} == {"planned", "held"}


def test_a_sheet_does_not_say_that_leave_was_given(union):
    RuleSet.objects.create(union=union, by_steps=True)
    row = (1, "Đoàn thăm Lào", "12/06/2027", "15/06/2027", "", "", 4, "Được duyệt")
    headings = ("TT", "Tên hoạt động", "Ngày đi", "Ngày về", "Nước đến", "Đối tác", "Số người", "Tình trạng")
    plan = planned(sheet(row, headings=headings), union)
    assert plan.counts["refused"] == 1
    RuleSet.objects.update(by_steps=False)
    assert planned(sheet(row, headings=headings), union).counts["new"] == 1


def test_the_first_page_of_a_leader_names_what_waits_for_a_decision(union, trip):
    make.TermFactory(union=union)
    leader = someone(union, User.Role.LEADER)
    assert "No plan and no activity waits for a decision." in text(leader.get("/"))
    Delegation.objects.filter(pk=trip.pk).update(status="submitted")
    shown = text(leader.get("/"))
    assert "1 activity" in shown
    assert "Sang Lào" in shown


def test_a_rule_that_is_not_said_is_that_of_the_union_above(union):
    keeper = someone(union, User.Role.ADMINISTRATOR)
    assert text(keeper.get("/rules/new/")).count("as the union above has it") == 2
    sent = typed_in(keeper.get("/rules/new/")) | {"union": union.pk, "by_steps": "unknown", "most_days": "7"}
    assert keeper.post("/rules/new/", sent).status_code == 302
    rules = RuleSet.objects.get()
    assert (rules.by_steps, rules.leaders_apart, rules.most_days) == (None, None, 7)
