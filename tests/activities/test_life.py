"""The life of an activity: no stage is reached without its right, its reason and its paper, and every step is kept."""

import datetime as dt
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from activities.models import STEPS, Activity, ActivityScope, Life, NotNow, Paper, Rules, RuleSet, Step, StepTaken
from activities.models.life import CLOSED, stage_of
from tests import factories as make
from tests.reports.worlds import on_random_worlds
from unionrelations.accounts.models import User

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
Status = Activity.Status


@pytest.fixture
def union():
    return make.UnionFactory(code="vuit", parent=make.UnionFactory(code="vgcl"))


def people_of(union) -> list:
    """Two officers, two leaders, an administrator and an auditor of the union, and a leader of a union beside it."""
    roles = ("officer", "officer", "leader", "leader", "administrator", "auditor")
    own = [make.UserFactory(union=union, role=role) for role in roles]
    beside = make.UnionFactory(parent=union.parent)
    return [*own, make.UserFactory(union=union.parent, role="leader"), make.UserFactory(union=beside, role="leader")]


def planned(union, **more):
    return make.DelegationFactory(unions=[(union, 3)], status=Status.PLANNED, **more)


def with_paper(trip, kind):
    Paper.objects.create(activity_id=trip.pk, kind=kind, number="12/TLĐ")


def take(trip, user, step, reason="") -> StepTaken:
    return Life(type(trip).objects.get(pk=trip.pk), user).take(step, NOW, reason)


# --- By steps taken at random


@st.composite
def walks(draw):
    step = st.sampled_from([one for one in Step if one in STEPS])
    moves = st.tuples(st.integers(0, 7), step, st.booleans(), st.booleans())
    return draw(st.lists(moves, min_size=1, max_size=25))


@on_random_worlds
@given(walk=walks())
def test_no_stage_is_reached_without_its_right_and_its_papers_and_nothing_is_lost(walk):
    union = make.UnionFactory(parent=make.UnionFactory())
    people, trip = people_of(union), planned(union)
    stage, story, submitter = Status.PLANNED, [], None
    for who, step, brings_paper, gives_reason in walk:
        way, user = STEPS[step], people[who]
        if brings_paper and way.paper:
            with_paper(trip, way.paper)
        has_paper = not way.paper or Paper.objects.filter(activity=trip.pk, kind=way.paper).exists()
        leads = user.union_id in (union.pk, union.parent_id)
        decides = user.role in ("leader", "administrator")
        submits = user.role in ("officer", "administrator")
        may = leads and (decides if way.right.endswith("approve_activity") else submits)
        may = may and stage in way.sources and not (way.is_decision and user == submitter)
        complete = has_paper and (gives_reason or not way.asks_reason)
        if may and complete:
            taken = take(trip, user, step, "Vì bão" if gives_reason else "")
            story.append((step, stage, way.target, user.pk))
            stage = way.target
            submitter = user if step == Step.SUBMIT else submitter
            assert taken.at == NOW
        else:
            with pytest.raises(NotNow):
                take(trip, user, step, "Vì bão" if gives_reason else "")
        now = type(trip).objects.get(pk=trip.pk)
        assert stage_of(now) == stage
        held = ActivityScope.objects.filter(activity=trip.pk).values_list("held", flat=True)
        assert set(held) == {stage in (Status.HELD, CLOSED)}
    told = StepTaken.objects.filter(activity=trip.pk).order_by("pk").values_list("step", "before", "after", "by")
    assert list(told) == story


def test_every_stage_is_entered_and_left_by_a_step():
    ends = {way.target for way in STEPS.values()}
    starts = {one for way in STEPS.values() for one in way.sources}
    assert ends == starts == {*Status, CLOSED}


# --- Whose step it is


def test_nobody_decides_about_what_they_submitted_themselves(union):
    administrator = make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)
    trip = planned(union)
    for kind in (Paper.Kind.REQUEST, Paper.Kind.PERMISSION):
        with_paper(trip, kind)
    take(trip, administrator, Step.SUBMIT)
    for step in (Step.APPROVE, Step.REFUSE, Step.RETURN):
        with pytest.raises(NotNow):
            take(trip, administrator, step, "Vì sao")
    take(trip, make.UserFactory(union=union.parent, role=User.Role.LEADER), Step.APPROVE)
    assert type(trip).objects.get(pk=trip.pk).status == Status.APPROVED


def test_a_cooperating_union_does_not_decide_for_the_one_that_leads(union):
    other = make.UnionFactory(parent=union.parent)
    trip = planned(union)
    trip.union_roles.create(union=other, part="cooperating")
    with_paper(trip, Paper.Kind.REQUEST)
    with pytest.raises(NotNow):
        take(trip, make.UserFactory(union=other), Step.SUBMIT)
    take(trip, make.UserFactory(union=union), Step.SUBMIT)


# --- The quiet path, and unions that ask for leave


def test_a_status_set_in_the_form_is_kept_in_the_history_too(union):
    trip, person = planned(union), make.UserFactory(union=union)
    one = type(trip).objects.get(pk=trip.pk)
    one.status, one.changed_by = Status.HELD, person
    one.save()
    one.save()
    (taken,) = StepTaken.objects.filter(activity=trip.pk)
    assert (taken.step, taken.before, taken.after, taken.by) == ("set", "planned", "held", person)


def test_where_activities_ask_for_leave_no_form_leaps(union):
    RuleSet.objects.create(union=union.parent, by_steps=True)
    one = type(planned(union)).objects.get()
    one.status = Status.APPROVED
    with pytest.raises(ValidationError, match="bước"):
        one.clean()
    RuleSet.objects.create(union=union, by_steps=False)
    one.clean()


def test_what_is_closed_keeps_its_status_until_it_is_reopened(union):
    trip = make.DelegationFactory(unions=[(union, 3)])
    with_paper(trip, Paper.Kind.TRIP_REPORT)
    take(trip, make.UserFactory(union=union), Step.CLOSE)
    one = type(trip).objects.get(pk=trip.pk)
    one.status = Status.CANCELLED
    with pytest.raises(ValidationError, match="mở lại"):
        one.validate_constraints()
    take(trip, make.UserFactory(union=union, role=User.Role.LEADER), Step.REOPEN, "Thiếu quyết toán")
    assert stage_of(type(trip).objects.get(pk=trip.pk)) == Status.HELD


# --- Rules are handed down, the nearest first


def test_a_rule_left_empty_is_that_of_the_nearest_union_above(union):
    RuleSet.objects.create(union=union.parent, most_days=7, most_people=20, leaders_apart=False)
    RuleSet.objects.create(union=union, most_people=5)
    rules = Rules.of(union)
    assert (rules["most_days"], rules["most_people"], rules["most_countries"]) == (7, 5, 3)
    assert rules["leaders_apart"] is False
    assert [rules.said[name][1] for name in ("most_days", "most_people", "most_countries")] == [
        union.parent, union, None,
    ]  # fmt: skip


def test_the_drawing_in_the_docs_is_that_of_the_table():
    run = [sys.executable, ".ci/life.py", "check"]
    done = subprocess.run(run, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
