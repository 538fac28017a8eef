"""Restricting an activity to named people: who may, what follows, what is refused, and how it ends."""

import datetime as dt
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone, translation

from activities.models import Activity, ActivityScope, Cost, FollowUp, Life, Restriction, UnionRole
from activities.models.restrictions import lift_due, may_be_named, may_restrict, refuse_restricting
from activities.reports.audit import audit
from tests import factories as make
from tests.doors import RECORDS, enter, text, typed_in
from unionrelations.accounts.models import Union, User
from unionrelations.tasks import lift_restrictions

TODAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
Role = User.Role


@pytest.fixture
def above(db):
    return make.UnionFactory(code="tren")


@pytest.fixture
def union(above):
    return make.UnionFactory(code="duoi", parent=above)


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union)


@pytest.fixture
def visit(union):
    return make.DelegationFactory(title="Đoàn đi Lào", code="12/TLĐ", unions=[(union, 5)]).activity_ptr


def restricted(visit, by, *people, **more) -> Restriction:
    return Restriction(activity=visit, set_by=by, **more).begin(people)


def seen_by(person) -> set[str]:
    return set(Activity.objects.visible_to(person).values_list("title", flat=True))


def again(person) -> User:
    return User.objects.with_names().get(pk=person.pk)


def test_a_restricted_activity_has_no_scope_rows_and_is_read_by_the_named_alone(visit, officer, union, above):
    leader, other = make.UserFactory(union=above, role=Role.LEADER), make.UserFactory(union=union)
    restricted(visit, officer, leader)
    assert not ActivityScope.objects.filter(activity=visit).exists()
    assert seen_by(officer) == seen_by(leader) == {visit.title}
    assert seen_by(other) == set()
    assert seen_by(make.UserFactory(union=None, is_superuser=True)) == set()
    assert [again(one).is_named for one in (officer, leader, other)] == [True, True, False]


def test_rows_read_by_their_own_union_are_held_back_as_well(visit, officer, union):
    other = make.UserFactory(union=union)
    Cost.objects.create(activity=visit, union=union, item="Vé", estimate=1)
    for rows in (Cost.objects, UnionRole.objects):
        assert rows.visible_to(other).count() == 1
    restricted(visit, officer)
    for rows in (Cost.objects, UnionRole.objects):
        assert rows.visible_to(other).count() == 0
        assert rows.visible_to(officer).count() == 1


def test_being_named_never_reaches_beyond_one_s_unions(visit, officer, above):
    beside = make.UserFactory(union=make.UnionFactory(code="ben", parent=above))
    restricted(visit, officer, beside)
    assert seen_by(beside) == set()
    assert beside not in may_be_named(visit)
    officer.union = beside.union
    officer.save()
    assert seen_by(again(officer)) == set()


def test_saving_a_restricted_activity_leaves_it_restricted(visit, officer, union):
    restricted(visit, officer)
    one = visit.own
    one.place = "Viêng Chăn"
    one.save()
    UnionRole.objects.get(activity=visit).save()
    ActivityScope.objects.rebuild()
    ActivityScope.objects.follow_branch(union)
    assert not ActivityScope.objects.filter(activity=visit).exists()


def test_the_audit_says_nothing_of_it_but_finds_scope_rows_it_should_not_have(visit, officer, union):
    make.TermFactory(union=union)
    restricted(visit, officer)
    assert audit().mismatches == []
    row = {"window_first": visit.starts_on, "window_last": visit.starts_on, "long_window": False, "counts_as": "x"}
    ActivityScope.objects.create(activity=visit, union=union, own=True, held=True, online=False, **row)
    assert any(str(visit.pk) in one["what"] for one in audit().mismatches)


def test_its_number_is_free_for_others_and_comes_back_unless_taken(visit, officer, union):
    row = restricted(visit, officer)
    make.DelegationFactory(code="12/TLĐ", unions=[(union, 1)]).full_clean()
    row.lift(NOW)
    visit.refresh_from_db()
    assert visit.code is None
    another = make.DelegationFactory(code="13/TLĐ", unions=[(union, 1)]).activity_ptr
    row = restricted(another, officer)
    assert Activity.objects.get(pk=another.pk).code is None
    row.lift(NOW)
    assert Activity.objects.get(pk=another.pk).code == "13/TLĐ"


def test_a_number_typed_meanwhile_is_kept_apart(visit, officer):
    row = restricted(visit, officer)
    one = Activity.objects.get(pk=visit.pk).own
    one.code = "14/TLĐ"
    one.save()
    row.refresh_from_db()
    assert (row.code, Activity.objects.get(pk=visit.pk).code) == ("14/TLĐ", None)


def test_its_day_opens_it_at_night_once(visit, officer, monkeypatch):
    restricted(visit, officer, lifts_on=TODAY)
    assert lift_due(TODAY - dt.timedelta(days=1), NOW) == 0
    monkeypatch.setattr(timezone, "localdate", lambda *more: TODAY)
    assert lift_restrictions() == 1
    assert lift_restrictions() == 0
    row = Restriction.objects.get()
    assert row.lifted_by is None
    assert ActivityScope.objects.filter(activity=visit).count() == 2


def test_a_part_waits_for_its_whole(visit, officer, union):
    part = make.ConferenceFactory(part_of=visit, unions=[(union, 2)]).activity_ptr
    with translation.override("en"), pytest.raises(ValidationError, match="parts"):
        refuse_restricting(visit)
    row = restricted(part, officer, lifts_on=TODAY)
    whole = restricted(visit, officer)
    with translation.override("en"), pytest.raises(ValidationError, match="part of a restricted"):
        row.lift(NOW, officer)
    assert lift_due(TODAY, NOW) == 0
    whole.lift(NOW, officer)
    assert lift_due(TODAY, NOW) == 1


def test_no_open_record_is_made_to_name_a_restricted_one(visit, officer, union):
    other = make.DelegationFactory(unions=[(union, 1)])
    promise = FollowUp.objects.create(activity=other.activity_ptr, what="Gửi sách", done_on=TODAY)
    restricted(visit, officer)
    other.part_of = promise.kept_at = visit
    for one in (other, promise):
        with pytest.raises(ValidationError):
            one.full_clean()
    proposal = RECORDS["proposals"](union)
    proposal.activity = visit
    with pytest.raises(ValidationError):
        proposal.full_clean()


@pytest.mark.parametrize("role", list(Role))
def test_whoever_answers_for_a_record_may_restrict_it(visit, union, above, role):
    may = {Role.ADMINISTRATOR, Role.OFFICER, Role.LEADER}
    assert may_restrict(Life(visit, again(make.UserFactory(union=union, role=role)))) is (role in may)
    assert may_restrict(Life(visit, again(make.UserFactory(union=above, role=role)))) is (role in may)
    UnionRole.objects.create(activity=visit, union=make.UnionFactory(code="ben", parent=above), part="cooperating")
    assert not may_restrict(Life(visit, again(make.UserFactory(union=Union.objects.get(code="ben"), role=role))))


def test_what_nobody_is_left_to_open_is_opened_by_a_command(visit, officer, union):
    restricted(visit, officer)
    call_command("lift_restrictions", left_alone=True, stdout=StringIO())
    assert visit.is_restricted
    officer.union = make.UnionFactory(code="noi-khac")
    officer.save()
    call_command("lift_restrictions", left_alone=True, stdout=StringIO())
    assert not visit.is_restricted


# --- The page


def test_a_person_restricts_names_and_opens_on_the_page(visit, officer, union):
    colleague = make.UserFactory(union=union, first_name="Lan", last_name="Nguyễn")
    browser, address = enter(officer), f"/activities/{visit.pk}/restriction/"
    assert address in text(browser.get(f"/activities/{visit.pk}/"))
    browser.post(address, {"people": [colleague.pk], "lifts_on": "", "reason": "Thăm dò"})
    assert 'id="restricted"' in text(browser.get(f"/activities/{visit.pk}/"))
    assert "Thăm dò" in text(enter(colleague).get(f"/delegations/{visit.pk}/"))
    browser.post(address, {"people": [], "lifts_on": "", "reason": "Thăm dò"})
    assert enter(colleague).get(f"/delegations/{visit.pk}/").status_code == 404
    assert list(Restriction.objects.get().named.values_list("user", flat=True)) == [officer.pk]
    browser.post(f"{address}lift/")
    assert Restriction.objects.get().lifted_by == officer
    assert enter(colleague).get(f"/delegations/{visit.pk}/").status_code == 200


def test_a_day_that_has_come_is_no_day_to_open_on(visit, officer):
    page = enter(officer).post(f"/activities/{visit.pk}/restriction/", {"lifts_on": "01/01/2020"})
    assert page.status_code == 200
    assert not Restriction.objects.exists()


def test_an_auditor_may_neither_restrict_nor_open(visit, union, officer):
    auditor = make.UserFactory(union=union, role=Role.AUDITOR)
    address = f"/activities/{visit.pk}/restriction/"
    assert enter(auditor).get(address).status_code == 403
    restricted(visit, officer, auditor)
    assert enter(auditor).post(f"{address}lift/").status_code == 403
    assert address not in text(enter(auditor).get(f"/activities/{visit.pk}/"))


def test_a_record_is_restricted_from_its_first_moment(union, officer):
    browser = enter(officer)
    sent = {"direction": "out", "title": "Đoàn thăm dò", "when": "01/03/2022", "status": "held", "restricted": "on"}
    answer = browser.post("/delegations/new/", typed_in(browser.get("/delegations/new/?direction=out")) | sent)
    assert answer.status_code == 302
    one = Activity.objects.get(title="Đoàn thăm dò")
    assert one.is_restricted
    assert not one.scopes.exists()
    assert browser.get(f"/delegations/{one.pk}/").status_code == 200
