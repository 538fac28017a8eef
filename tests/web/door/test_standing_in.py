"""Exercising somebody else's role for some days: what is lent, what is not, who is told, and when it ends."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from activities.models import Activity, Life, Plan, PlanLine, Restriction, Step, StepTaken
from tests import factories as make
from tests.doors import enter, text
from unionrelations.accounts.models import StandIn, User
from unionrelations.kit.periods import Period

Role = User.Role
NOW = dt.datetime(2026, 3, 2, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def above(db):
    return make.UnionFactory(code="tren")


@pytest.fixture
def union(above):
    return make.UnionFactory(code="duoi", parent=above)


@pytest.fixture
def leader(above):
    return make.UserFactory(union=above, role=Role.LEADER, username="lanh-dao")


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union, username="can-bo")


def lent(lender, person, first=0, last=3, **more) -> StandIn:
    today = timezone.localdate()
    days = {"first_day": today + dt.timedelta(days=first), "last_day": today + dt.timedelta(days=last)}
    return StandIn.objects.create(lender=lender, person=person, reason="Nghỉ phép", **days | more)


def acting(row):
    browser = enter(row.person)
    browser.post(f"/stand-ins/{row.pk}/act/")
    return browser


def acts(browser) -> bool:
    return 'id="acting"' in text(browser.get("/"))


def in_the_name_of(row) -> User:
    person = User.objects.get(pk=row.person_id)
    person.act_for(row)
    return person


def test_a_person_delegates_and_the_other_acts_and_comes_back(leader, officer, above):
    today = timezone.localdate()
    days = {"first_day": f"{today:%d/%m/%Y}", "last_day": f"{today:%d/%m/%Y}"}
    enter(leader).post("/stand-ins/", {"person": officer.pk, "reason": "Nghỉ phép", **days})
    row = StandIn.objects.get()
    assert (row.lender, row.person) == (leader, officer)
    make.DelegationFactory(title="Đoàn của cấp trên", unions=[(above, 3)])
    browser = enter(officer)
    assert "Đoàn của cấp trên" not in text(browser.get("/delegations/"))
    browser.post(f"/stand-ins/{row.pk}/act/")
    assert "Đoàn của cấp trên" in text(browser.get("/delegations/"))
    assert acts(browser)
    assert browser.get("/delegations/new/").status_code == 403  # a leader enters nothing, nor does who acts for one
    browser.post("/stand-ins/stop/")
    assert not acts(browser)
    assert "Đoàn của cấp trên" not in text(browser.get("/delegations/"))


def test_nothing_of_what_is_lent_is_ever_saved(leader, officer, union):
    browser = acting(lent(leader, officer))
    for address in ("/", "/due/", "/profile/", "/sessions/"):
        browser.get(address)
    person = in_the_name_of(StandIn.objects.get())
    person.save()
    person.save(update_fields=["role", "language"])
    stored = User.objects.get(pk=officer.pk)
    assert (stored.union, stored.role, stored.is_superuser, stored.is_staff) == (union, Role.OFFICER, False, True)


def test_a_superuser_acts_as_the_lender_and_no_more(leader, officer):
    officer.is_superuser = True
    officer.save()
    person = in_the_name_of(lent(leader, officer))
    assert not person.has_perm("activities.add_delegation")
    assert person.has_perm("activities.approve_activity")


@pytest.mark.parametrize(
    "ended", ["over", "not begun", "ended", "lender gone", "lender signed out", "person signed out"]
)
def test_it_gives_nothing_once_it_does_not_hold(leader, officer, ended):
    days = {"over": {"first": -3, "last": -1}, "not begun": {"first": 1}}
    row = lent(leader, officer, **days.get(ended, {}))
    browser = enter(officer)
    if ended not in days:
        browser.post(f"/stand-ins/{row.pk}/act/")
        assert acts(browser)
    if ended == "ended":
        enter(leader).post(f"/stand-ins/{row.pk}/end/")
    elif ended == "lender gone":
        leader.is_active = False
        leader.save()
    elif ended == "lender signed out":
        leader.sign_out_everywhere()
    elif ended == "person signed out":
        officer.sign_out_everywhere()
        browser = enter(officer)
    browser.post(f"/stand-ins/{row.pk}/act/")
    assert not acts(browser)


def test_it_ends_at_midnight_of_its_last_day(leader, officer, monkeypatch):
    browser = acting(lent(leader, officer, last=0))
    assert acts(browser)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *more: tomorrow)
    assert not acts(browser)


def test_what_was_lent_is_not_passed_on(leader, officer, union):
    colleague = make.UserFactory(union=union)
    row = lent(leader, officer)
    browser = acting(row)
    today = f"{timezone.localdate():%d/%m/%Y}"
    sent = {"person": colleague.pk, "first_day": today, "last_day": today, "reason": "x"}
    assert browser.post("/stand-ins/", sent).status_code == 403
    further = lent(officer, colleague)
    assert browser.post(f"/stand-ins/{further.pk}/act/").status_code == 403
    assert in_the_name_of(further).role == Role.OFFICER  # the officer's own, whatever they act as meanwhile


def test_nobody_acts_by_what_was_lent_to_another(leader, officer, union):
    row = lent(leader, officer)
    stranger = enter(make.UserFactory(union=union))
    stranger.post(f"/stand-ins/{row.pk}/act/")
    assert not acts(stranger)
    assert stranger.post(f"/stand-ins/{row.pk}/end/").status_code == 404


def test_only_people_of_the_same_line_of_unions_stand_in(leader, officer, above):
    beside = make.UserFactory(union=make.UnionFactory(code="ben", parent=above))
    today = f"{timezone.localdate():%d/%m/%Y}"
    days = {"first_day": today, "last_day": today, "reason": "x"}
    enter(officer).post("/stand-ins/", {"person": beside.pk, **days})
    enter(officer).post("/stand-ins/", {"person": officer.pk, **days})
    assert not StandIn.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        lent(officer, officer)


def test_administrators_see_those_of_their_people(leader, officer, above):
    lent(leader, officer)
    keeper = make.UserFactory(union=above, role=Role.ADMINISTRATOR)
    assert "Nghỉ phép" in text(enter(keeper).get("/stand-ins/"))
    beside = make.UserFactory(union=make.UnionFactory(code="ben", parent=above), role=Role.ADMINISTRATOR)
    assert "Nghỉ phép" not in text(enter(beside).get("/stand-ins/"))


def test_accounts_and_signatures_are_not_lent(officer, above):
    keeper = make.UserFactory(union=above, role=Role.ADMINISTRATOR)
    row = lent(keeper, officer)
    person, browser = in_the_name_of(row), acting(row)
    assert person.has_perm("activities.delete_delegation")
    assert not any(person.has_perm(f"accounts.{one}_user") for one in ("view", "add", "change", "delete"))
    assert not person.has_perm("reports.sign_termreport")
    assert not person.has_perm("activities.restrict_activity")
    assert browser.get("/invitations/").status_code == 403
    assert browser.get("/admin/accounts/user/").status_code == 403


def test_a_restricted_activity_that_names_the_lender_is_not_lent(leader, officer, union):
    visit = make.DelegationFactory(title="Đoàn kín", unions=[(union, 3)]).activity_ptr
    Restriction(activity=visit, set_by=leader).begin()
    assert not Activity.objects.visible_to(in_the_name_of(lent(leader, officer))).exists()
    assert "Đoàn kín" not in text(acting(StandIn.objects.get()).get("/delegations/"))


def test_the_second_factor_is_asked_as_of_the_lender(leader, officer, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    assert not officer.must_have_second_factor
    assert in_the_name_of(lent(leader, officer)).must_have_second_factor


def test_nobody_decides_about_what_either_of_the_two_submitted(leader, officer, above, union):
    """What the officer submitted is not approved by the officer in the leader's name, nor what was submitted in the
    leader's name by the leader."""
    visit = make.DelegationFactory(status="submitted", unions=[(union, 3)]).activity_ptr
    step = StepTaken.objects.create(activity=visit, step="submit", before="planned", after="submitted", by=officer)
    stand_in = in_the_name_of(lent(leader, officer))
    steps = {way.step for way in Life(visit, stand_in).ways()}
    assert Step.APPROVE not in steps
    assert Step.APPROVE in {way.step for way in Life(visit, leader).ways()}
    step.by, step.on_behalf_of = make.UserFactory(union=union), leader
    step.save()
    assert Step.APPROVE not in {way.step for way in Life(visit, leader).ways()}
    assert Step.APPROVE not in {way.step for way in Life(visit, stand_in).ways()}


def test_a_step_says_in_whose_name_it_was_taken(leader, officer, union):
    visit = make.DelegationFactory(status="submitted", unions=[(union, 3)]).activity_ptr
    visit.papers.create(kind="permission", number="1")
    browser = acting(lent(leader, officer))
    browser.post(f"/activities/{visit.pk}/steps/approve/")
    taken = StepTaken.objects.get(activity=visit, step="approve")
    assert (taken.by, taken.on_behalf_of) == (officer, leader)
    assert "lanh-dao" in text(browser.get(f"/delegations/{visit.pk}/"))


def test_a_plan_says_it_too_and_is_not_approved_by_either(leader, officer, union):
    year = Period.years(2026)
    plan = Plan.objects.create(union=union, title="Kế hoạch", first_day=year.start, last_day=year.last)
    PlanLine.objects.create(plan=plan, title="Đoàn ra")
    keeper = make.UserFactory(union=union, role=Role.ADMINISTRATOR)
    plan.submit(in_the_name_of(lent(keeper, officer)), NOW)
    event = plan.events.get()
    assert (event.by, event.on_behalf_of) == (officer, keeper)
    assert event.persons & keeper.persons
    assert not event.persons & leader.persons
