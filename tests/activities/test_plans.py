"""A plan's way to approval, what is kept of it, and the next year begun from it."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError

from activities.models import LineStep, OutOfTurn, Plan, PlanEvent, PlanLine
from activities.models.plan_events import KeptEvent
from tests.plans import NOW, a_house, became, line_of
from unionrelations.accounts.roles import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def plan(house):
    plan = house.plan()
    line_of(plan, "Thăm Lào", quarter=2, people=6, estimate=300_000_000)
    line_of(plan, "Thăm Nhật Bản", quarter=4, people=None)
    return plan


def test_a_plan_goes_from_draft_to_approval_and_every_step_is_kept(house, plan):
    plan.submit(house.officer, NOW, "Trình lần đầu")
    plan.send_back(house.leader, NOW, "Bổ sung kinh phí")
    plan.submit(house.officer, NOW)
    plan.approve(house.leader_above, NOW, "Đồng ý")
    told = [(one.kind, one.by, one.note) for one in plan.events.all()]
    assert told == [
        ("submitted", house.officer, "Trình lần đầu"),
        ("returned", house.leader, "Bổ sung kinh phí"),
        ("submitted", house.officer, ""),
        ("approved", house.leader_above, "Đồng ý"),
    ]
    assert (plan.state, plan.number) == ("approved", 1)


def test_a_plan_without_a_line_is_not_submitted(house):
    with pytest.raises(OutOfTurn):
        house.plan().submit(house.officer, NOW)


def test_nobody_approves_what_they_submitted(house, plan):
    plan.submit(house.leader, NOW)
    with pytest.raises(OutOfTurn):
        plan.approve(house.leader, NOW)
    plan.approve(house.leader_above, NOW)
    assert plan.is_approved


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("draft", lambda plan, who: plan.approve(who, NOW)),
        ("draft", lambda plan, who: plan.send_back(who, NOW, "Vì sao")),
        ("draft", lambda plan, who: plan.revise(who, NOW, "Vì sao")),
        ("submitted", lambda plan, who: plan.submit(who, NOW)),
        ("submitted", lambda plan, who: plan.revise(who, NOW, "Vì sao")),
        ("approved", lambda plan, who: plan.submit(who, NOW)),
        ("approved", lambda plan, who: plan.approve(who, NOW)),
        ("approved", lambda plan, who: plan.send_back(who, NOW, "Vì sao")),
    ],
)
def test_a_step_out_of_turn_changes_nothing(house, plan, state, step):
    plan.state = state
    plan.save()
    with pytest.raises(OutOfTurn):
        step(plan, house.leader)
    assert Plan.objects.get(pk=plan.pk).state == state
    assert not plan.events.exists()


def test_some_lines_are_refused_with_a_reason(house, plan):
    first, second = plan.lines.order_by("pk")
    house.approved(plan, {second.pk: "Chưa có kinh phí"})
    lines = PlanLine.objects.with_outcome().order_by("pk")
    assert [(one.refusal, one.outcome) for one in lines] == [("", "outstanding"), ("Chưa có kinh phí", "dropped")]
    assert plan.events.last().lines[1]["refusal"] == "Chưa có kinh phí"
    assert first in PlanLine.objects.visible_to(house.officer_below)
    assert second not in PlanLine.objects.visible_to(house.officer_below)


def test_a_plan_all_of_whose_lines_are_refused_is_returned_instead(house, plan):
    plan.submit(house.officer, NOW)
    with pytest.raises(OutOfTurn):
        plan.approve(house.leader, NOW, refusals={one.pk: "Không" for one in plan.lines.all()})


def test_the_lines_of_an_approved_plan_change_only_through_a_revision(house, plan):
    line = plan.lines.first()
    for step in (lambda: plan.submit(house.officer, NOW), lambda: plan.approve(house.leader, NOW)):
        step()
        line = PlanLine.objects.get(pk=line.pk)
        with pytest.raises(ValidationError):
            line.full_clean()
        assert not PlanLine.objects.removable_by(house.officer).exists()
        assert not Plan.objects.removable_by(house.officer).exists()
        with pytest.raises(ValidationError):
            PlanLine(plan=plan, title="Thêm").full_clean()
    plan.revise(house.officer, NOW, "Điều chỉnh giữa năm")
    PlanLine.objects.get(pk=line.pk).full_clean()
    assert PlanLine.objects.removable_by(house.officer).count() == 2


def test_a_revision_keeps_the_version_before_byte_for_byte(house, plan):
    house.approved(plan)
    kept = plan.versions.get(number=1)
    before, digest = json.dumps(kept.lines), kept.sha256
    plan.revise(house.officer, NOW, "Điều chỉnh giữa năm")
    first, second = plan.lines.order_by("pk")
    first.title, first.people, first.estimate = "Thăm Lào và Campuchia", 9, 1
    first.save()
    second.delete()
    line_of(plan, "Dự hội nghị")
    house.approved(plan)
    kept = plan.versions.get(number=1)
    assert (json.dumps(kept.lines), kept.sha256) == (before, digest)
    assert kept.is_whole
    assert [one["title"] for one in plan.versions.get(number=2).lines] == ["Thăm Lào và Campuchia", "Dự hội nghị"]
    with pytest.raises(KeptEvent):
        plan.events.first().save()


def test_a_version_stays_whole_through_the_database_and_is_seen_to_be_changed(house, plan):
    house.approved(plan)
    kept = PlanEvent.objects.get(number=1)
    assert kept.is_whole
    lines = kept.lines
    lines[0]["people"] = 7
    PlanEvent.objects.filter(pk=kept.pk).update(lines=lines)
    assert not PlanEvent.objects.get(pk=kept.pk).is_whole


def test_what_was_entered_before_counts_as_approved_and_may_be_put_right(house):
    plan = house.plan(state="approved")
    line = line_of(plan)
    line.full_clean()
    assert plan.is_open
    plan.revise(house.officer, NOW, "Điều chỉnh")
    assert [one["title"] for one in plan.versions.get(number=1).lines] == [line.title]
    house.approved(plan)
    assert plan.number == 2


def test_below_a_plan_is_read_once_it_is_approved_and_while_it_is_revised(house, plan):
    assert not Plan.objects.visible_to(house.officer_below).exists()
    plan.submit(house.officer, NOW)
    assert not Plan.objects.visible_to(house.officer_below).exists()
    plan.approve(house.leader, NOW)
    assert PlanLine.objects.visible_to(house.officer_below).count() == 2
    plan.revise(house.officer, NOW, "Điều chỉnh")
    assert plan in Plan.objects.visible_to(house.officer_below)
    assert not PlanLine.objects.visible_to(house.officer_below).exists()
    assert not PlanEvent.objects.visible_to(house.officer_below).exists()


def test_whose_and_of_when_an_approved_plan_is_stays(house, plan):
    house.approved(plan)
    plan.last_day = dt.date(2027, 12, 31)
    with pytest.raises(ValidationError):
        plan.full_clean()


@pytest.mark.parametrize(
    ("role", "steps"),
    [("administrator", {"submit", "approve"}), ("officer", {"submit"}), ("leader", {"approve"}), ("auditor", set())],
)
def test_each_role_may_take_its_own_steps(role, steps):
    assert actions(role, "activities", "plan") & {"submit", "approve"} == steps
    assert actions(role, "activities", "planevent") == {"view"}


# --- The next year


def test_the_next_year_begins_with_the_same_lines_and_none_of_the_results(house):
    plan = house.plan()
    line = line_of(plan, "Thăm Lào", quarter=1, people=6, estimate=5, date_words="quý I")
    became(line)
    LineStep.objects.create(line=line, what="Gửi thư", percent=100)
    line_of(plan, "Đào tạo", kind="", direction="", completion=dt.date(2026, 2, 28), completion_words="tháng 2/2026")
    refused = line_of(plan, "Không duyệt")
    house.approved(plan, {refused.pk: "Không"})
    after = plan.begin_next_year(house.officer)
    assert (after.title, after.state, after.number) == ("Kế hoạch đối ngoại năm 2027", "draft", 0)
    assert (after.first_day, after.last_day) == (dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    trip, course = after.lines.order_by("pk")
    assert (trip.title, trip.starts_on, trip.ends_on) == ("Thăm Lào", dt.date(2027, 1, 1), dt.date(2027, 3, 31))
    assert (trip.people, trip.estimate, trip.date_words, trip.quarter) == (6, 5, "", dt.date(2027, 1, 1))
    assert (course.completion, course.completion_words) == (dt.date(2027, 2, 28), "")
    assert not trip.realisations.exists()
    assert not trip.steps.exists()
    assert plan.lines.count() == 3


def test_a_leap_day_moves_to_the_last_of_february(house):
    plan = house.plan(title="2028", first_day=dt.date(2028, 1, 1), last_day=dt.date(2028, 12, 31))
    line_of(plan, starts_on=dt.date(2028, 2, 29))
    line_of(plan, "Trong tháng", starts_on=dt.date(2028, 2, 1), ends_on=dt.date(2028, 2, 29), precision="month")
    day, month = plan.begin_next_year(house.officer).lines.order_by("pk")
    assert day.starts_on == dt.date(2029, 2, 28)
    assert (month.starts_on, month.ends_on) == (dt.date(2029, 2, 1), dt.date(2029, 2, 28))


def test_the_next_year_is_begun_once(house, plan):
    plan.begin_next_year(house.officer)
    with pytest.raises(ValidationError):
        plan.begin_next_year(house.officer)


# --- A line's rules


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "course", "direction": "out"},
        {"starts_on": dt.date(2025, 3, 1)},
        {"starts_on": dt.date(2026, 2, 1), "ends_on": dt.date(2026, 4, 30), "precision": "quarter"},
        {"ends_on": dt.date(2026, 4, 30)},
        {"estimate": -1},
        {"currency": "đồng"},
        {"people": 100_000},
    ],
)
def test_a_line_keeps_its_rules(house, wrong):
    line = PlanLine(**{"plan": house.plan(), "title": "Thăm Lào", "kind": "delegation", "direction": "out"} | wrong)
    with pytest.raises(ValidationError):
        line.full_clean()


@pytest.mark.parametrize(
    ("when", "quarter"),
    [
        ({"starts_on": dt.date(2026, 5, 4)}, dt.date(2026, 4, 1)),
        ({"starts_on": dt.date(2026, 3, 30), "ends_on": dt.date(2026, 4, 2)}, dt.date(2026, 1, 1)),
        (
            {"starts_on": dt.date(2026, 8, 1), "ends_on": dt.date(2026, 8, 31), "precision": "month"},
            dt.date(2026, 7, 1),
        ),
        ({"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 6, 30), "precision": "half_year"}, None),
        ({"completion": dt.date(2026, 11, 30)}, dt.date(2026, 10, 1)),
        ({}, None),
    ],
)
def test_a_line_stands_in_the_quarter_it_wholly_lies_in(house, when, quarter):
    line = PlanLine.objects.create(plan=house.plan(), title="Thăm Lào", **when)
    assert PlanLine.objects.get(pk=line.pk).quarter == quarter


def test_progress_is_of_its_steps_and_none_without_any(house):
    line = line_of(house.plan())
    assert line.progress is None
    for percent in (100, 25):
        LineStep.objects.create(line=line, what=f"Bước {percent}", percent=percent)
    assert PlanLine.objects.get(pk=line.pk).progress == 62
