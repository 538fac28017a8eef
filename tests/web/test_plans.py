"""A plan on its pages: who may take which step, what a reader below learns, the year of all, and the quick form."""

import datetime as dt
import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from activities.models import Plan, PlanLine, Realisation
from tests import factories as make
from tests.doors import enter, text, typed_in, xlsx_rows
from tests.plans import NOW, a_house, became, line_of
from unionrelations.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def plan(house):
    plan = house.plan()
    line_of(plan, "Thăm Lào", quarter=2, people=6, estimate=300_000_000)
    line_of(plan, "Thăm Nhật Bản", quarter=4)
    return plan


def step(person, plan, name, **sent):
    return enter(person).post(reverse(f"plan-{name}", args=[plan.pk]), sent, follow=True)


def stored(plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def test_an_officer_submits_and_a_leader_approves_with_a_line_refused(house, plan):
    assert step(house.officer, plan, "submit", note="Kính trình").status_code == 200
    refused = plan.lines.order_by("pk").last()
    sent = {"version": stored(plan).version, f"refusal-{refused.pk}": "Chưa có kinh phí"}
    page = text(step(house.leader, plan, "approve", **sent))
    assert "Chưa có kinh phí" in page
    assert (stored(plan).state, stored(plan).number) == ("approved", 1)


@pytest.mark.parametrize("name", ["approve", "return"])
def test_an_officer_neither_approves_nor_returns(house, plan, name):
    plan.submit(house.officer, NOW)
    other = make.UserFactory(union=house.union)
    assert step(other, plan, name, note="Lý do", version=plan.version).status_code == 403
    assert stored(plan).is_submitted


def test_a_leader_neither_submits_nor_writes(house, plan):
    assert step(house.leader, plan, "submit").status_code == 403
    assert enter(house.leader).get(f"/plan-lines/new/?plan={plan.pk}").status_code == 403


def test_a_leader_below_or_beside_takes_no_step(house, plan):
    plan.submit(house.officer, NOW)
    for union in (house.below, make.UnionFactory(code="canh", parent=house.above)):
        leader = make.UserFactory(union=union, role=User.Role.LEADER)
        assert step(leader, plan, "approve", version=plan.version).status_code == 404
    assert stored(plan).is_submitted


def test_whoever_submitted_it_is_told_that_somebody_else_approves(house, plan):
    administrator = make.UserFactory(union=house.union, role=User.Role.ADMINISTRATOR)
    plan.submit(administrator, NOW)
    assert 'action="' + reverse("plan-approve", args=[plan.pk]) not in text(
        enter(administrator).get(f"/plans/{plan.pk}/")
    )
    step(administrator, plan, "approve", version=plan.version)
    assert stored(plan).is_submitted


def test_a_plan_that_changed_meanwhile_is_read_again_before_it_is_approved(house, plan):
    plan.submit(house.officer, NOW)
    seen = plan.version
    plan.send_back(house.leader, NOW, "Sửa")
    plan.submit(house.officer, NOW)
    step(house.leader, plan, "approve", version=seen)
    assert stored(plan).is_submitted


@pytest.mark.parametrize(("name", "who"), [("return", "leader"), ("revise", "officer")])
def test_returning_and_revising_need_a_reason(house, plan, name, who):
    plan.submit(house.officer, NOW)
    if name == "revise":
        plan.approve(house.leader, NOW)
    before = stored(plan).state
    step(getattr(house, who), plan, name, note="  ")
    assert stored(plan).state == before
    step(getattr(house, who), plan, name, note="Bổ sung kinh phí")
    assert stored(plan).state == "draft"
    assert plan.events.last().note == "Bổ sung kinh phí"


def test_a_line_of_an_approved_plan_changes_through_no_door(house, plan):
    line = plan.lines.first()
    house.approved(plan)
    browser = enter(house.officer)
    sent = {"plan": plan.pk, "title": "Đổi tên", "currency": "VND", "version": PlanLine.objects.get(pk=line.pk).version}
    assert browser.post(f"/plan-lines/{line.pk}/edit/", sent).status_code == 200
    assert browser.post(f"/plan-lines/{line.pk}/delete/").status_code == 409
    assert browser.post("/plan-lines/new/", {"plan": plan.pk, "title": "Thêm", "currency": "VND"}).status_code == 200
    for method, address in (("patch", f"/api/plan-lines/{line.pk}/"), ("post", "/api/plan-lines/")):
        body = json.dumps({"plan": plan.pk, "title": "Đổi tên"})
        assert getattr(browser, method)(address, body, "application/json").status_code == 400
    assert browser.delete(f"/api/plan-lines/{line.pk}/").status_code == 404
    assert browser.delete(f"/api/plans/{plan.pk}/").status_code == 404
    assert sorted(plan.lines.values_list("title", flat=True)) == ["Thăm Lào", "Thăm Nhật Bản"]


def test_a_line_is_entered_and_the_next_one_keeps_its_plan(house, plan):
    browser = enter(house.officer)
    sent = {
        "plan": plan.pk, "title": "Đón đoàn Cuba", "kind": "delegation", "direction": "in", "when": "quý III",
        "people": "5", "estimate": "60000000", "currency": "VND", "next": "1",
    }  # fmt: skip
    response = browser.post("/plan-lines/new/", sent)
    line = PlanLine.objects.get(title="Đón đoàn Cuba")
    assert (line.quarter, line.precision, line.estimate) == (dt.date(2026, 7, 1), "quarter", 60_000_000)
    again = browser.get(response.url)
    assert again.context["form"]["plan"].value() == plan.pk


def test_steps_and_results_move_on_after_the_approval(house, plan):
    line = plan.lines.first()
    house.approved(plan)
    trip = make.DelegationFactory(unions=[(house.union, 2)])
    browser = enter(house.officer)
    assert browser.post(f"/plan-lines/{line.pk}/activities/new/", {"activity": trip.pk}).status_code == 302
    sent = {"what": "Gửi thư", "percent": "40"}
    assert browser.post(f"/plan-lines/{line.pk}/steps/new/", sent).status_code == 302
    assert line.realisations.get().activity_id == trip.pk
    assert line.steps.get().percent == 40


def test_an_activity_of_another_union_cannot_realise_a_line(house, plan):
    other = make.DelegationFactory(unions=[(make.UnionFactory(code="canh", parent=house.above), 2)])
    browser = enter(make.UserFactory(union=house.above))
    response = browser.post(f"/plan-lines/{plan.lines.first().pk}/activities/new/", {"activity": other.pk})
    assert response.status_code == 200
    assert not Realisation.objects.exists()


def test_the_quick_form_is_filled_in_from_the_line_and_names_it(house, plan):
    partner = make.PartnerFactory()
    line = line_of(plan, "Thăm Cuba", partner=partner, country=partner.country, starts_on=dt.date(2026, 6, 12))
    browser = enter(house.officer)
    (_words, address), *_others = browser.get(f"/plan-lines/{line.pk}/").context["logs"]
    form = browser.get(address).context["form"]
    assert form["title"].value() == "Thăm Cuba"
    assert [str(one) for one in form["realises"].value()] == [str(line.pk)]
    assert [str(one) for one in form["partners"].value()] == [str(partner.pk)]
    sent = {
        "direction": "out", "title": "Đi Cuba", "when": "12/6/2026", "status": "held", "realises": line.pk,
        "rows-0-TOTAL_FORMS": "1", "rows-0-INITIAL_FORMS": "0", "rows-0-0-union": house.union.pk,
        "rows-0-0-part": "lead", "rows-0-0-people": "4",
    }  # fmt: skip
    assert browser.post(address, sent).status_code == 302
    trip = line.realisations.get().activity
    assert (trip.title, trip.on_plan) == ("Đi Cuba", True)


def test_what_another_unions_plan_says_of_a_joint_activity_stays(house, plan):
    other = make.UnionFactory(code="canh", parent=house.above)
    trip = make.DelegationFactory(unions=[(house.union, 2), (other, 1)])
    theirs = line_of(house.plan(other), "Việc của họ")
    Realisation.objects.create(line=theirs, activity=trip.activity_ptr)
    browser = enter(house.officer)
    page = browser.get(f"/delegations/{trip.pk}/edit/")
    assert "Việc của họ" not in text(page)
    browser.post(f"/delegations/{trip.pk}/edit/", typed_in(page) | {"title": ["Đổi tên"]})
    assert theirs.realisations.count() == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_below_a_plan_tells_neither_money_nor_results(house, plan, language):
    became(plan.lines.first(), spent=123_456_789)
    house.approved(plan)
    reader = make.UserFactory(union=house.below, language=language)
    browser = enter(reader, **{"accept-language": language})
    line = plan.lines.first()
    for address in (f"/plans/{plan.pk}/", f"/plan-lines/{line.pk}/", "/plan-lines/", f"/plans/{plan.pk}/versions/1/"):
        page = browser.get(address)
        assert page.status_code == 200, address
        shown = text(page)
        assert [one for one in ("300.000.000", "300,000,000", "300000000", "123.456.789") if one in shown] == []
        assert "123,456,789" not in shown
    assert browser.get(f"/api/plan-lines/{line.pk}/").json()["estimate"] is None
    assert browser.get(f"/plans/{plan.pk}/?format=xlsx").status_code == 400
    every = ",".join(("title", "estimate", "spent", "outcome", "became", "people_brought"))
    rows = xlsx_rows(browser.get(f"/plan-lines/?format=xlsx&columns={every}"))
    assert all(set(row[1:6]) <= {None, ""} for row in rows)


def test_while_it_is_revised_those_below_read_the_version_in_force(house, plan):
    house.approved(plan)
    plan.revise(house.officer, NOW, "Điều chỉnh")
    line = plan.lines.first()
    line.title = "Chưa ai duyệt"
    line.save()
    browser = enter(house.officer_below)
    assert "Chưa ai duyệt" not in text(browser.get(f"/plans/{plan.pk}/"))
    assert "Thăm Lào" in text(browser.get(f"/plans/{plan.pk}/versions/1/"))
    assert browser.get(f"/plan-lines/{line.pk}/").status_code == 404


def test_the_year_adds_up_the_plans_below_and_only_what_the_reader_sees(house, plan):
    line_of(house.plan(house.below, title="Kế hoạch cơ sở"), "Đón đoàn Hàn Quốc", people=9)
    canh = make.UnionFactory(code="canh", parent=house.above)
    line_of(house.plan(canh), "Việc của công đoàn khác", people=100)
    context = enter(house.officer).get("/plans/year/?year=2026").context
    assert (len(context["beside"]), context["beside"].people) == (3, 15)
    assert [one.union for one, *_rest in context["plans"]] == [house.union, house.below]
    assert len(enter(house.officer).get("/plans/year/?year=2026&under=0").context["beside"]) == 2
    assert len(enter(house.leader_above).get("/plans/year/?year=2026").context["beside"]) == 4
    assert len(enter(house.officer).get("/plans/year/?year=2025").context["beside"]) == 0
    assert enter(house.officer).get("/plans/year/?union=canh").status_code == 404
    for wrong in ("year=abc", "year=99999", "state=none", "year=2026&format=pdf"):
        assert enter(house.officer).get(f"/plans/year/?{wrong}").status_code == 400, wrong


def test_off_plan_opens_the_activities_held_without_a_line(house, plan):
    make.DelegationFactory(
        unions=[(house.union, 1)], starts_on=dt.date(2026, 5, 1), on_plan=False, off_plan_reason="Gấp"
    )
    context = enter(house.officer).get(f"/plans/{plan.pk}/").context
    assert context["off_plan"].number == 1
    assert enter(house.officer).get(context["off_plan"].url).context["total"] == 1


def test_the_table_of_results_is_a_file(house, plan):
    became(plan.lines.first(), people=4, spent=5)
    for name in ("xlsx", "csv"):
        assert enter(house.officer).get(f"/plans/{plan.pk}/?format={name}").status_code == 200
    book = load_workbook(io.BytesIO(enter(house.officer).get(f"/plans/{plan.pk}/?format=xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Thăm Lào" in cells
    assert {4, 5} <= set(cells)


def test_the_next_year_is_begun_from_the_page(house, plan):
    response = enter(house.officer).post(reverse("plan-next-year", args=[plan.pk]))
    made = Plan.objects.get(first_day=dt.date(2027, 1, 1))
    assert response.url == f"/plans/{made.pk}/"
    assert made.lines.count() == 2
    again = enter(house.officer).post(reverse("plan-next-year", args=[plan.pk]))
    assert again.url == f"/plans/{plan.pk}/"
