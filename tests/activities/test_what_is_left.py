"""Scope rows say what is left to write down of an activity, by whichever way papers, days and people come and go."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from activities.models import Activity, ActivityScope, Course, Delegation, Paper
from activities.reports.duplicates.unmerging import take_apart
from tests import factories as make
from tests.reports.merging import NOW, merged
from unionrelations.kit.records import no_history

pytestmark = pytest.mark.django_db
LAST_DAY = date(2023, 3, 20)
OVER = datetime.combine(LAST_DAY, time(), UTC)


@pytest.fixture
def union():
    return make.UnionFactory()


@pytest.fixture
def trip(union):
    return entered(trip_of(union), OVER)


def trip_of(union, people=3, **more):
    shape = {"direction": "out", "status": "held", "starts_on": LAST_DAY, "ends_on": LAST_DAY} | more
    return make.DelegationFactory(unions=[(union, people)], **shape)


def entered(trip, moment):
    """As if it had been recorded at that moment."""
    Activity.objects.filter(pk=trip.pk).update(created_at=moment)
    ActivityScope.objects.derive([trip.pk])
    return Delegation.objects.get(pk=trip.pk)


def report_of(trip, **more):
    return Paper.objects.create(activity_id=trip.pk, number="7/BC", **{"kind": "trip_report"} | more)


def said(activity, column="awaits"):
    """What all its scope rows say, which is what they say derived anew."""
    rows = ActivityScope.objects.filter(activity=activity.pk)
    [says] = set(rows.values_list(column, flat=True))
    ActivityScope.objects.derive([activity.pk])
    assert set(rows.values_list(column, flat=True)) == {says}
    return says


def test_a_report_settles_and_its_deletion_opens_again(trip):
    assert said(trip) == "report"
    paper = report_of(trip)
    assert said(trip) == "nothing"
    paper.delete()
    assert said(trip) == "report"
    report_of(trip)
    Paper.objects.filter(activity=trip.pk).delete()
    assert said(trip) == "report"


def test_another_paper_settles_nothing_until_it_is_said_to_be_the_report(trip):
    paper = report_of(trip, kind="programme")
    assert said(trip) == "report"
    paper.kind = "trip_report"
    paper.save()
    assert said(trip) == "nothing"
    paper.kind = "other"
    paper.save(update_fields=["kind"])
    assert said(trip) == "report"


def test_one_of_two_reports_may_go(trip):
    one, _two = report_of(trip), report_of(trip)
    one.delete()
    assert said(trip) == "nothing"


def test_a_report_that_moves_to_another_activity_settles_that_one(trip, union):
    other = entered(trip_of(union), OVER)
    paper = Paper.objects.get(pk=report_of(trip).pk)
    paper.activity_id = other.pk
    paper.save()
    assert (said(trip), said(other)) == ("report", "nothing")
    paper.activity_id = trip.pk  # and back, with the same object in hand
    paper.save()
    assert (said(trip), said(other)) == ("nothing", "report")


def test_a_report_counts_for_the_trip_that_two_became_and_for_its_own_again(trip, union):
    twin = trip_of(union)
    report_of(twin)
    done = merged(trip, twin)
    assert said(trip) == "nothing"
    take_apart(done, None, NOW)
    assert (said(trip), said(twin)) == ("report", "nothing")


@pytest.mark.parametrize("days", [0, 364, 365])
def test_what_was_entered_in_time_waits_for_its_report(trip, days):
    assert said(entered(trip, OVER + timedelta(days=days))) == "report"


def test_what_was_entered_long_after_waits_for_none_and_no_question_asks_for_it(trip):
    late = OVER + timedelta(days=366)
    trip = entered(trip, late)
    assert said(trip) == "nothing"
    assert not Delegation.objects.over_before(late.date()).filter(no_history("last_day")).exists()
    trip.ends_on = late.date()
    trip.save()
    assert said(trip) == "report"


@pytest.mark.parametrize("status", list(Activity.Status))
def test_what_is_on_its_way_waits_for_its_outcome_and_what_was_called_off_for_nothing(union, status):
    trip = trip_of(union, status=status, ends_on=date.today())
    is_asked = Delegation.objects.unsettled(date.today() + timedelta(days=1)).exists()
    assert (said(trip) == "outcome") == is_asked
    assert (said(trip) == "report") == (status == Activity.Status.HELD)


def test_a_day_is_known_where_it_is_one(trip):
    assert said(trip, "day_known") is True
    trip.precision, trip.starts_on, trip.ends_on = "month", date(2023, 3, 1), date(2023, 3, 31)
    trip.save()
    assert said(trip, "day_known") is False


@pytest.mark.parametrize(
    ("people", "more", "known"),
    [
        (3, {}, True),
        (0, {}, True),
        (None, {}, False),
        (3, {"direction": "in", "guests": 4}, True),
        (None, {"direction": "in", "guests": 4}, True),
        (3, {"direction": "in", "guests": None}, False),
    ],
)
def test_a_headcount_is_known_where_a_list_would_show_it(union, people, more, known):
    assert said(trip_of(union, people, **more), "headcount_known") is known


@pytest.mark.parametrize("trainees", [None, 20])
def test_of_a_course_trainees_are_asked_for(union, trainees):
    course = make.CourseFactory(unions=[(union, 2)], trainees_ours=trainees, trainees_theirs=None)
    assert said(Course.objects.get(pk=course.pk), "headcount_known") is (trainees is not None)


def test_what_is_restricted_has_no_row_to_say_it(trip):
    ActivityScope.objects.filter(activity=trip.pk).delete()
    report_of(trip)
    assert not ActivityScope.objects.filter(activity=trip.pk).exists()
