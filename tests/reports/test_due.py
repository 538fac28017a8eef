"""What is due, rule by rule, on the edge of its day; and never to whom the record is not shown."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Activity, ActivityScope, FollowUp, Paper, Plan
from activities.reports.due import silence
from activities.reports.due.asked import BELOW, MINE, UNION, Asked
from activities.reports.due.everything import due
from activities.reports.due.things import months_later
from partners.models import AgreementEvent, RelationEvent
from tests import factories as make
from unionrelations.accounts.models import OfficeDay, Officer, ReminderSettings, User

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 11, 30)  # a Thursday
NOON = dt.datetime(2023, 11, 1, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def union():
    return entered(make.UnionFactory(code="tren"), dt.datetime(2024, 6, 1, tzinfo=dt.UTC))


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union)


def days(number):
    return dt.timedelta(days=number)


def entered(record, at=NOON, by=None):
    """As if it had been entered then."""
    type(record).objects.filter(pk=record.pk).update(created_at=at, changed_by=by)
    if isinstance(record, Activity):
        ActivityScope.objects.derive([record.pk])
    record.refresh_from_db()
    return record


def trip(union, **more):
    return entered(make.DelegationFactory(unions=[(union, 3)], **more))


def agreement(union, last, **more):
    return entered(make.AgreementFactory(unions=[union], partners=[make.PartnerFactory()], in_force_to=last, **more))


def told(user, rule, today=TODAY, whose=UNION):
    return [one for one in due(Asked.by(user, today, whose=whose)) if one.rule.code == rule]


def days_of(found):
    return [one.window.start for one in found]


# --- Reports


def test_a_trip_report_is_due_fifteen_days_after_the_last_day(union, officer):
    trip(union, starts_on=dt.date(2023, 11, 1), ends_on=dt.date(2023, 11, 5))
    (one,) = told(officer, "trip-report", dt.date(2023, 11, 20))
    assert (one.window.start, one.is_late(dt.date(2023, 11, 20))) == (dt.date(2023, 11, 20), False)
    assert told(officer, "trip-report", dt.date(2023, 11, 21))[0].is_late(dt.date(2023, 11, 21))
    assert one.why == "15 days after the last day, 05/11/2023"
    assert told(officer, "trip-report", dt.date(2023, 11, 5)) == []  # they are still on their way


def test_another_number_of_days_is_a_setting(union, officer, settings):
    settings.TRIP_REPORT_DAYS = 7
    trip(union, starts_on=dt.date(2023, 11, 5))
    assert days_of(told(officer, "trip-report")) == [dt.date(2023, 11, 12)]


def test_where_one_day_is_stated_it_is_said_that_there_is_no_other(union, officer):
    trip(union, starts_on=dt.date(2023, 11, 5))
    assert told(officer, "trip-report")[0].why == "15 days after 05/11/2023, the only day stated"


def test_a_report_that_is_there_is_not_due(union, officer):
    one = trip(union, starts_on=dt.date(2023, 11, 5))
    Paper.objects.create(activity_id=one.pk, kind="programme", number="1")
    assert len(told(officer, "trip-report")) == 1
    Paper.objects.create(activity_id=one.pk, kind="trip_report", number="2")
    assert told(officer, "trip-report") == []


def test_only_who_went_out_and_was_held_reports(union, officer):
    trip(union, starts_on=dt.date(2023, 11, 5), direction="in")
    trip(union, starts_on=dt.date(2023, 11, 5), status="cancelled")
    assert told(officer, "trip-report") == []


def test_a_trip_known_by_its_month_is_counted_from_the_months_last_day_and_says_so(union, officer):
    trip(union, starts_on=dt.date(2023, 10, 1), ends_on=dt.date(2023, 10, 31), precision="month")
    (one,) = told(officer, "trip-report")
    assert one.window.start == dt.date(2023, 11, 15)
    assert one.why == "15 days after 31/10/2023 at the latest; known is only: 10/2023"
    assert told(officer, "trip-report", dt.date(2023, 10, 31)) == []


def test_what_was_entered_a_year_after_it_was_over_is_history(union, officer):
    old = trip(union, starts_on=dt.date(2020, 3, 1))
    assert told(officer, "trip-report") == []
    entered(old, dt.datetime(2021, 2, 1, tzinfo=dt.UTC))  # entered in time, it stays red until it is done
    assert len(told(officer, "trip-report")) == 1


def test_a_hosted_international_conference_is_reported_on(union, officer):
    of = {"unions": [(union, 3)], "starts_on": dt.date(2023, 11, 20)}
    entered(make.ConferenceFactory(**of))
    entered(make.ConferenceFactory(**of, role="abroad"))
    entered(make.ConferenceFactory(**of, international=False))
    assert days_of(told(officer, "conference-report")) == [dt.date(2023, 12, 5)]


# --- What was not said, what was promised


def test_what_was_planned_and_is_over_waits_for_a_word(union, officer):
    trip(union, starts_on=TODAY - days(1), status="approved")
    trip(union, starts_on=TODAY, status="planned")
    trip(union, starts_on=TODAY - days(1), status="cancelled")
    (one,) = told(officer, "outcome")
    assert one.is_late(TODAY)
    assert one.settle_url.endswith("/edit/")


def test_mine_are_the_promises_at_activities_i_changed_last(union, officer):
    at = entered(trip(union, starts_on=TODAY - days(5)), by=officer)
    other = trip(union, starts_on=TODAY - days(5))
    for one in (at, other):
        FollowUp.objects.create(activity_id=one.pk, what=f"Gửi {one.pk}", due_on=TODAY)
    assert [one.title for one in told(officer, "our-promise", whose=MINE)] == [f"Gửi {at.pk}"]


def test_mine_are_the_promises_in_my_hands_wherever_they_were_made(union):
    me = make.UserFactory(union=union, first_name="Lan", last_name="Nguyễn Thị")
    below = make.UnionFactory(parent=union)
    hands = {
        name: Officer.objects.create(union=of, name=name)
        for of, name in ((union, "Nguyễn Thị Lan"), (union, "Nguyễn Thị Lân"), (below, "NGUYỄN THỊ LAN"))
    }
    for at in (trip(union, starts_on=TODAY - days(5)), trip(below, starts_on=TODAY - days(5))):
        for name, officer in hands.items():
            FollowUp.objects.create(activity_id=at.pk, what=f"{name} gửi", due_on=TODAY, officer=officer)
    assert [one.title for one in told(me, "our-promise", whose=MINE)] == ["Nguyễn Thị Lan gửi"] * 2
    assert len(told(me, "our-promise", whose=UNION)) == 3
    assert told(make.UserFactory(union=union), "our-promise", whose=MINE) == []


def test_a_promise_is_due_on_its_day_by_us_and_by_them_until_it_is_kept(union, officer):
    at = trip(union, starts_on=TODAY - days(30))
    ours = entered(FollowUp.objects.create(activity_id=at.pk, what="Gửi tài liệu", due_on=TODAY))
    FollowUp.objects.create(activity_id=at.pk, what="Gửi danh sách", side="them", due_on=TODAY + days(14))
    FollowUp.objects.create(activity_id=at.pk, what="Không hẹn ngày")
    FollowUp.objects.create(activity_id=at.pk, what="Còn xa", due_on=TODAY + days(40))
    assert [one.title for one in told(officer, "our-promise")] == ["Gửi tài liệu"]
    assert [one.title for one in told(officer, "their-promise")] == ["Gửi danh sách"]
    assert not told(officer, "our-promise")[0].is_late(TODAY)
    assert told(officer, "our-promise", TODAY + days(1))[0].is_late(TODAY + days(1))
    ours.done_on = TODAY
    ours.save()
    assert told(officer, "our-promise", TODAY + days(1)) == []


# --- Papers that run out


def test_an_agreement_is_shown_from_ninety_days_before_and_stays_red(union, officer):
    last = dt.date(2023, 12, 31)
    agreement(union, last)
    assert told(officer, "agreement", dt.date(2023, 10, 1)) == []
    assert days_of(told(officer, "agreement", dt.date(2023, 10, 2))) == [last]
    assert told(officer, "agreement", dt.date(2024, 12, 1))[0].is_late(dt.date(2024, 12, 1))


@pytest.mark.parametrize(
    ("kind", "day", "number"),
    [
        ("terminated", dt.date(2023, 5, 1), 0),
        ("withdrawn", dt.date(2023, 5, 1), 0),
        ("extended", dt.date(2023, 11, 15), 0),  # to a day nobody entered
        ("extended", dt.date(2021, 11, 15), 0),  # an extension that names no last day leaves none
        ("amended", dt.date(2023, 11, 15), 1),
    ],
)
def test_an_agreement_that_ended_or_was_extended_is_not_due(union, officer, kind, day, number):
    AgreementEvent.objects.create(agreement=agreement(union, dt.date(2023, 12, 15)), kind=kind, day=day)
    assert len(told(officer, "agreement")) == number


def test_who_inherited_an_agreement_is_reminded_and_whose_it_is_settles_it(union, officer):
    before = make.UnionFactory()
    one = agreement(before, dt.date(2023, 12, 15))
    AgreementEvent.objects.create(agreement=one, kind="inherited", heir=union, day=dt.date(2023, 1, 1))
    (found,) = told(officer, "agreement")
    assert found.settle_url == ""


def test_a_licence_is_due_to_the_unions_that_deal_with_its_holder(union, officer):
    known = make.PartnerFactory(licence_expires_on=TODAY + days(60), acronym="QUEN")
    make.PartnerFactory(licence_expires_on=TODAY + days(60), acronym="LA")
    trip(union, starts_on=dt.date(2022, 5, 1), partners=[known])
    assert [one.title for one in told(officer, "licence")] == ["QUEN: the licence runs out"]
    assert told(officer, "licence", TODAY - days(10)) == []
    assert told(make.UserFactory(), "licence") == []


# --- Plans


def test_the_plan_of_the_next_year_is_due_on_the_day_the_house_sets(officer, union, settings):
    assert told(officer, "plan") == []  # the union was entered after that day
    entered(union, NOON)
    (one,) = told(officer, "plan")
    assert (one.window.start, one.title) == (dt.date(2023, 12, 15), "Hand in the plan of external affairs 2024")
    assert told(officer, "plan", dt.date(2024, 2, 1))[0].is_late(dt.date(2024, 2, 1))
    settings.PLAN_DUE = (12, 1)
    assert days_of(told(officer, "plan")) == [dt.date(2023, 12, 1)]


def test_a_plan_of_that_year_settles_it_and_one_of_a_term_does_not(officer, union):
    entered(union, NOON)
    of = {"union": union, "first_day": dt.date(2024, 1, 1)}
    Plan.objects.create(title="Chương trình nhiệm kỳ", last_day=dt.date(2028, 12, 31), **of)
    assert len(told(officer, "plan")) == 1
    Plan.objects.create(title="Kế hoạch 2024", last_day=dt.date(2024, 12, 31), **of)
    assert told(officer, "plan") == []


def test_a_union_says_its_own_day_and_those_below_follow_it(officer, union):
    entered(union, NOON)
    below = entered(make.UnionFactory(parent=union), NOON)
    ReminderSettings.objects.create(union=union, plan_month=12, plan_day=5)
    assert days_of(told(make.UserFactory(union=below), "plan")) == [dt.date(2023, 12, 5)]
    ReminderSettings.objects.create(union=below, quiet_months=6)
    assert days_of(told(make.UserFactory(union=below), "plan")) == [dt.date(2023, 12, 5)]


# --- Relations


def relation(union, kind="established", starts_on=dt.date(1994, 1, 1), **more):
    more = {"partner": None} | more
    return entered(RelationEvent.objects.create(union=union, kind=kind, starts_on=starts_on, **more))


def test_where_only_the_year_is_known_an_anniversary_is_within_the_year(union, officer):
    relation(union, "localities_twinned", ends_on=dt.date(1994, 12, 31), precision="year")
    (one,) = told(officer, "anniversary")
    assert one.title.startswith("30 years since the localities")
    assert (one.distance(TODAY), one.day_words) == ("next year", "within the year 2024")
    assert told(officer, "anniversary", dt.date(2024, 12, 31))
    assert told(officer, "anniversary", dt.date(2025, 1, 1)) == []


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("year", "number"), [(2019, 1), (2014, 1), (1994, 1), (2009, 0), (1999, 0), (2020, 0), (2024, 0)]
)
def test_round_are_five_years_and_every_ten(union, officer, year, number):
    relation(union, starts_on=dt.date(year, 2, 1), partner=make.PartnerFactory())
    assert len(told(officer, "anniversary", dt.date(2024, 1, 1))) == number


def test_a_tie_of_29_february_is_celebrated_on_the_28th_where_there_is_no_29th(union, officer):
    relation(union, "twinned", dt.date(2020, 2, 29), partner=make.PartnerFactory())
    assert days_of(told(officer, "anniversary", dt.date(2025, 2, 1))) == [dt.date(2025, 2, 28)]
    assert days_of(told(officer, "anniversary", dt.date(2040, 2, 1))) == [dt.date(2040, 2, 29)]


def test_where_not_even_the_year_is_certain_nothing_is_celebrated(union, officer):
    relation(union, starts_on=dt.date(1993, 7, 1), ends_on=dt.date(1994, 6, 30), precision="span")
    assert told(officer, "anniversary") == []


@pytest.mark.parametrize(("kind", "celebrated"), [("interrupted", 0), ("ended", 0), ("support", 1)])
def test_a_tie_that_ended_is_not_celebrated(union, officer, kind, celebrated):
    partner = make.PartnerFactory()
    relation(union, starts_on=dt.date(2014, 3, 1), partner=partner)
    relation(union, kind, dt.date(2020, 3, 1), partner=partner)
    assert len(told(officer, "anniversary")) == celebrated


def test_a_broken_tie_is_named_until_something_that_may_have_mended_it(union, officer):
    partner = make.PartnerFactory(acronym="LO")
    relation(union, "restored", dt.date(2019, 1, 1), partner=partner)
    broken = {"ends_on": dt.date(2020, 12, 31), "precision": "year"}
    relation(union, "interrupted", dt.date(2020, 1, 1), partner=partner, **broken)
    (one,) = told(officer, "broken")
    assert (one.title, one.distance(TODAY), one.is_late(TODAY)) == ("LO: the tie is broken", "for 34 months", False)
    relation(union, "restored", dt.date(2020, 2, 1), partner=partner)  # perhaps after, perhaps before
    assert told(officer, "broken") == []


@pytest.fixture(params=[silence.NAMED, 0], ids=["few partners", "many partners"])
def either_way(request, monkeypatch):
    """Of few partners each is named in the question, of many all that their unions know is read."""
    monkeypatch.setattr(silence, "NAMED", request.param)


@pytest.mark.usefixtures("either_way")
def test_a_partner_is_silent_after_the_months_its_union_waits(union, officer):
    partner = make.PartnerFactory(acronym="IG Metall")
    trip(union, starts_on=dt.date(2022, 9, 20), ends_on=dt.date(2022, 9, 30), partners=[partner])
    assert told(officer, "quiet", dt.date(2023, 9, 29)) == []
    assert len(told(officer, "quiet", dt.date(2023, 9, 30))) == 1
    assert told(officer, "quiet")[0].distance(TODAY) == "for 14 months"
    ReminderSettings.objects.create(union=union, quiet_months=24)
    assert told(officer, "quiet") == []


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("how", ["planned", "met somewhere in the year", "signed", "related", "ended", "long ago"])
def test_who_may_have_been_heard_of_is_not_silent(union, officer, how):
    partner = make.PartnerFactory()
    first = dt.date(2015, 3, 1) if how == "long ago" else dt.date(2021, 3, 1)
    trip(union, starts_on=first, partners=[partner])
    if how == "planned":
        trip(union, starts_on=TODAY + days(90), status="planned", partners=[partner])
    elif how == "met somewhere in the year":
        year = {"starts_on": dt.date(2022, 1, 1), "ends_on": dt.date(2022, 12, 31), "precision": "year"}
        trip(union, partners=[partner], **year)
    elif how == "signed":
        day = dt.date(2023, 5, 1)
        make.AgreementFactory(unions=[union], partners=[partner], signed_from=day)
    elif how != "long ago":
        relation(union, "support" if how == "related" else "ended", dt.date(2023, 5, 1), partner=partner)
    assert told(officer, "quiet") == []


def test_of_many_silent_partners_those_silent_for_the_shortest_time_are_told(union, officer):
    for number, day in enumerate((dt.date(2021, 3, 1), dt.date(2021, 5, 1), dt.date(2021, 4, 1))):
        trip(union, starts_on=day, partners=[make.PartnerFactory(name=f"Công đoàn {number}")])
    found = list(silence.quiet(Asked.by(officer, TODAY, most=1)))
    assert [one.title.split(":")[0] for one in found] == ["Công đoàn 1", "Công đoàn 2"]  # and one more


# --- Whose


def test_mine_are_those_i_changed_last_and_below_are_those_of_all(union, officer):
    below = make.UnionFactory(parent=union)
    mine = entered(trip(union, starts_on=TODAY - days(10)), by=officer)
    trip(union, starts_on=TODAY - days(10))
    trip(below, starts_on=TODAY - days(10))
    numbers = [len(told(officer, "trip-report", whose=whose)) for whose in (MINE, UNION, BELOW)]
    assert numbers == [1, 2, 3]
    assert told(officer, "trip-report", whose=MINE)[0].key == str(mine.pk)


def test_nothing_is_due_to_whom_nothing_is_shown(union):
    other, lost = make.UnionFactory(), make.UserFactory(union=None)
    _everything_of(union)
    entered(union, NOON)
    assert {one.rule.code for one in due(Asked.by(make.UserFactory(union=union), TODAY))} == {
        *("agreement", "anniversary", "broken", "conference-report", "licence", "our-promise"),
        *("outcome", "plan", "quiet", "their-promise", "trip-report"),
    }
    for user in (make.UserFactory(union=other), lost, make.UserFactory(union=union, is_active=False)):
        found = due(Asked.by(user, TODAY, whose=BELOW))
        assert {one.rule.code for one in found} <= {"plan"}, user
        assert all(one.union_id == other.pk for one in found)


def _everything_of(union):
    partner = make.PartnerFactory(licence_expires_on=TODAY + days(3))
    at = trip(union, starts_on=TODAY - days(20), partners=[partner])
    trip(union, starts_on=TODAY - days(3), status="planned")
    trip(union, starts_on=dt.date(2021, 5, 1), partners=[make.PartnerFactory()])
    entered(make.ConferenceFactory(unions=[(union, 1)], starts_on=TODAY - days(3)))
    FollowUp.objects.create(activity_id=at.pk, what="Ta hứa", due_on=TODAY)
    FollowUp.objects.create(activity_id=at.pk, what="Bạn hứa", side="them", due_on=TODAY)
    agreement(union, TODAY + days(5))
    relation(union, ends_on=dt.date(1994, 12, 31), precision="year", partner=partner)
    relation(union, "suspended", dt.date(2020, 1, 1), partner=make.PartnerFactory())


def test_days_entered_by_administrators_move_the_reminder(union, officer):
    OfficeDay.objects.create(day=TODAY + days(1), kind="off", name="Hoán đổi")
    at = trip(union, starts_on=TODAY - days(30))
    FollowUp.objects.create(activity_id=at.pk, what="Gửi tài liệu", due_on=TODAY + days(1))
    (one,) = told(officer, "our-promise")
    assert (one.reminded_on, one.day_words) == (TODAY, "01/12/2023 (Hoán đổi), reminded on 30/11/2023")


def test_more_rows_cost_no_more_questions(union, officer):
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            due(Asked.by(reader, TODAY, whose=BELOW))
        return len(questions)

    entered(union, NOON)
    reader = User.objects.select_related("union").get(pk=officer.pk)
    _everything_of_again(union)
    few = asked()
    for _number in range(4):
        _everything_of_again(union)
    assert asked() <= few <= 23


def _everything_of_again(union):
    below = entered(make.UnionFactory(parent=union), NOON)
    make.UserFactory(union=below)
    _everything_of(below)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 120))
def test_the_last_day_of_a_contact_long_ago_is_the_last_from_which_so_many_months_are_over(today, months):
    day = silence._latest(today, months)
    assert months_later(day, months) <= today < months_later(day + dt.timedelta(days=1), months)
