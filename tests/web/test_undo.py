"""What was made, changed or deleted is taken back whole, by its author, while nobody else has touched it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from activities.models import (
    Activity,
    ActivityScope,
    Delegation,
    Paper,
    PartnerRole,
    Plan,
    PlanLine,
    Realisation,
    UnionRole,
)
from activities.reports.findings import measure
from activities.reports.indicators import INDICATORS
from activities.reports.questions import Question
from partners.models import Partner
from tests import factories as make
from tests.doors import RECORDS, enter, text, typed_in
from tests.reports.worlds import built, on_random_worlds, periods, plans
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.web.models import Undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.UserFactory()


def trip_of(officer, **more):
    return make.DelegationFactory(
        unions=[(officer.union, 3)],
        partners=[make.PartnerFactory()],
        countries=[make.CountryFactory()],
        title="Thăm Lào",
        **more,
    )


def rows_of(model, **which):
    return list(model.objects.filter(**which).order_by("pk").values())


def test_a_deleted_record_comes_back_with_everything_that_went_with_it(officer):
    trip = trip_of(officer)
    make.MemberFactory(activity=trip.activity_ptr, name="Trần Thị Mai", is_head=True)
    Paper.objects.create(activity=trip.activity_ptr, kind="request", number="12/TTr")
    plan = Plan.objects.create(union=officer.union, title="2022", first_day=trip.starts_on, last_day=trip.starts_on)
    line = PlanLine.objects.create(plan=plan, title="Thăm Lào")
    Realisation.objects.create(line=line, activity=trip.activity_ptr)
    kept = {model: rows_of(model, activity=trip.pk) for model in (UnionRole, PartnerRole, Paper)}
    browser = enter(officer)

    gone = browser.post(f"/delegations/{trip.pk}/delete/", follow=True)
    assert not Activity.objects.filter(pk=trip.pk).exists()
    step = Undo.objects.get(owner=officer)
    assert f'action="{step.url}"' in text(gone)  # the button in the message, a form that needs no script

    back = browser.post(step.url)
    assert back.url == f"/delegations/{trip.pk}/"
    again = Delegation.objects.get(pk=trip.pk)
    assert (again.title, again.starts_on, again.created_at) == (trip.title, trip.starts_on, trip.created_at)
    assert {model: rows_of(model, activity=trip.pk) for model in kept} == kept
    assert [one.name for one in again.members.all()] == ["Trần Thị Mai"]
    assert [one.activity_id for one in line.realisations.all()] == [trip.pk]
    assert again.counts_as == "delegation_out"


@on_random_worlds
@given(plans, periods(), st.integers(0, 6))
def test_every_figure_is_what_it_was_after_deleting_and_undoing(plan, period, which):
    with built(plan) as world:
        root = world.unions["root"]
        user = make.UserFactory(union=root)
        mine = [one for one in world.activities if Activity.objects.removable_by(user).filter(pk=one.pk).exists()]
        mine = [one for one in mine if not one.parts.exists()]
        if not mine:
            return
        one = mine[which % len(mine)]
        before = figures(world, period)
        step = Undo.objects.keep(user, "x", [one], deleted=True)
        type(one).objects.get(pk=one.pk).delete()
        step.refresh_from_db()
        step.undo(timezone.now())
        assert figures(world, period) == before
        derived = {(row.union_id, row.people, row.held) for row in ActivityScope.objects.rows_of(again(one))}
        stored = ActivityScope.objects.filter(activity=one.pk)
        assert {(row.union_id, row.people, row.held) for row in stored} == derived


def again(one):
    return Activity.objects.get(pk=one.pk)


def figures(world, period):
    return {
        (code, under, one.code.value): (found.logged, found.undetermined, found.unknown_people)
        for code, union in world.unions.items()
        for under in (False, True)
        for one in INDICATORS
        for found in [measure(Question(union, period, under=under))[one.code.value]]
    }


@pytest.mark.parametrize("slug", [one.slug for one in ENTITIES if one.form])
def test_every_entity_that_can_be_deleted_can_be_brought_back(slug):
    above = make.UnionFactory()
    union = make.UnionFactory(parent=above)
    administrator = make.UserFactory(union=above, role=User.Role.ADMINISTRATOR)
    record = RECORDS[slug](union)
    before = type(record).objects.filter(pk=record.pk).values().get()
    browser = enter(administrator)
    assert browser.post(f"/{slug}/{record.pk}/delete/").status_code == 302
    assert not type(record).objects.filter(pk=record.pk).exists()
    browser.post(Undo.objects.get().url)
    after = type(record).objects.filter(pk=record.pk).values().get()
    changing = ("version", "changed_at")  # coming back is an edit like any other
    assert {name: after[name] for name in after if name not in changing} == {
        name: before[name] for name in before if name not in changing
    }


def test_what_was_just_added_is_taken_back_while_nobody_changed_it(officer):
    officer.language = "en"
    officer.save()
    browser = enter(officer)
    typed = typed_in(browser.get("/partners/new/")) | {"name": "FES", "kind": "foundation"}
    made = browser.post("/partners/new/", typed)
    partner = Partner.objects.get(name="FES")
    step = Undo.objects.get()
    assert step.url in text(browser.get(made.url))

    partner.note = "do người khác bổ sung"
    partner.save()
    assert "changed since" in text(browser.post(step.url, follow=True))
    assert Partner.objects.filter(pk=partner.pk).exists()

    typed["name"] = "APHEDA"
    browser.post("/partners/new/", typed)
    browser.post(Undo.objects.filter(done_at=None).latest("pk").url)
    assert not Partner.objects.filter(name="APHEDA").exists()


def test_an_added_record_that_something_rests_on_by_now_stays(officer):
    trip = trip_of(officer)
    step = Undo.objects.keep(officer, "x", [trip], made=True)
    make.MemberFactory(activity=trip.activity_ptr)
    enter(officer).post(step.url)
    assert Delegation.objects.filter(pk=trip.pk).exists()


def test_a_change_of_several_records_is_taken_back_at_once_or_not_at_all(officer):
    one, other = trip_of(officer), trip_of(officer)
    step = Undo.objects.keep(officer, "x", [one, other])
    for trip in (one, other):
        trip.status = "cancelled"
        trip.save()
    enter(officer).post(step.url)
    assert {trip.status for trip in Delegation.objects.all()} == {"held"}
    assert ActivityScope.objects.filter(held=True).count() == 2

    step = Undo.objects.keep(officer, "x", [one := again(one).own, other := again(other).own])
    for trip in (one, other, other):
        trip.status = "cancelled"
        trip.save()
    enter(officer).post(step.url)
    assert {trip.status for trip in Delegation.objects.all()} == {"cancelled"}


def test_only_its_author_takes_something_back(officer):
    trip = trip_of(officer)
    enter(officer).post(f"/delegations/{trip.pk}/delete/")
    step = Undo.objects.get()
    for stranger in (make.UserFactory(union=officer.union), make.UserFactory(role=User.Role.ADMINISTRATOR)):
        assert enter(stranger).post(step.url).status_code == 404
        assert step.said not in text(enter(stranger).get("/undo/"))
    assert step.said in text(enter(officer).get("/undo/"))
    assert enter(officer).get(step.url).status_code == 405
    assert not Delegation.objects.exists()


def test_after_a_day_or_without_the_right_nothing_comes_back(officer):
    trip = trip_of(officer)
    browser = enter(officer)
    browser.post(f"/delegations/{trip.pk}/delete/")
    step = Undo.objects.get()
    officer.role = User.Role.LEADER
    officer.save()
    browser.post(step.url)
    assert not Delegation.objects.exists()
    officer.role = User.Role.OFFICER
    officer.save()
    Undo.objects.filter(pk=step.pk).update(made_at=timezone.now() - timedelta(hours=25))
    browser.post(step.url)
    assert not Delegation.objects.exists()
    Undo.objects.filter(pk=step.pk).update(made_at=timezone.now())
    browser.post(step.url)
    assert Delegation.objects.exists()
    browser.post(step.url)  # a second press changes nothing
    assert Delegation.objects.count() == 1


def test_what_it_rested_on_being_gone_is_said_and_nothing_comes_back_by_halves(officer):
    partner = make.PartnerFactory()
    trip = make.DelegationFactory(unions=[(officer.union, 3)], partners=[partner])
    browser = enter(officer)
    browser.post(f"/delegations/{trip.pk}/delete/")
    partner.delete()
    refused = browser.post(Undo.objects.get().url, follow=True)
    assert refused.status_code == 200
    assert not Activity.objects.exists()
    assert not UnionRole.objects.exists()


def test_a_union_comes_back_under_where_its_parent_stands_now():
    top = make.UnionFactory()
    old, new = make.UnionFactory(parent=top), make.UnionFactory(parent=top)
    child = make.UnionFactory(parent=old)
    browser = enter(make.UserFactory(union=top, role=User.Role.ADMINISTRATOR))
    browser.post(f"/unions/{child.pk}/delete/")
    old.parent = new
    old.save()
    browser.post(Undo.objects.get().url)
    assert Union.objects.get(pk=child.pk).path == f"{Union.objects.get(pk=old.pk).path}{child.pk}/"
