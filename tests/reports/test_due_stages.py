"""A due thing comes nearer step by step and never goes back; late is only what is surely over."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from activities.reports.due.everything import RULES
from activities.reports.due.things import LATE, Due, months_between, months_later
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import Precision
from unionrelations.kit.working_days import WorkingDays

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
THINGS = st.builds(
    lambda rule, day, length, off: Due(
        rule,
        "1",
        "",
        "",
        Period(day, day + dt.timedelta(days=length)),
        "/",
        calendar=WorkingDays({day - dt.timedelta(days=n): "" for n in off}),
    ),
    st.sampled_from(list(RULES.values())),
    DAYS,
    st.integers(0, 400),
    st.sets(st.integers(0, 30), max_size=10),
)


def thing(rule: str, day: dt.date, last: dt.date | None = None, **more) -> Due:
    return Due(RULES[rule], "1", "Bản ghi nhớ", "", Period(day, last or day), "/", **more)


@given(THINGS, st.integers(-500, 900), st.integers(0, 200))
def test_stages_only_fall_as_days_go_by(one, start, more):
    first = one.window.start + dt.timedelta(days=start)
    now, then = one.stage(first), one.stage(first + dt.timedelta(days=more))
    assert now is None or (then is not None and then <= now)


@given(THINGS)
def test_each_stage_begins_on_a_working_day_no_later_than_its_number_of_days_before(one):
    begins = [one.begins(stage) for stage in one.rule.stages]
    assert begins == sorted(begins)
    for stage, day in zip(one.rule.stages, begins, strict=True):
        assert one.calendar.is_working(day)
        assert (one.window.start - day).days >= stage
        assert (one.stage(day) or 0) <= stage


@given(THINGS, st.integers(-10, 500))
def test_late_is_what_is_over_as_a_whole_and_nothing_else(one, after):
    today = one.window.start + dt.timedelta(days=after)
    assert one.is_late(today) == (one.rule.may_be_late and today > one.window.last)
    assert (one.stage(today) == LATE) == one.is_late(today)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        ("2026-10-01", None),
        ("2026-10-02", 90),
        ("2026-11-30", 90),
        ("2026-12-01", 30),
        ("2026-12-23", 30),
        ("2026-12-24", 7),
        ("2026-12-30", 7),
        ("2026-12-31", 0),
        ("2027-01-01", LATE),
    ],
)
def test_an_agreement_is_reminded_of_ninety_thirty_and_seven_days_before(today, stage):
    one = thing("agreement", dt.date(2026, 12, 31))
    assert one.stage(dt.date.fromisoformat(today)) == stage


def test_what_ends_on_a_sunday_is_reminded_on_friday_and_late_on_monday():
    one = thing("our-promise", dt.date(2026, 11, 29))
    assert [one.stage(dt.date(2026, 11, day)) for day in (26, 27, 28, 29, 30)] == [3, 0, 0, 0, LATE]
    with translation.override("en"):
        assert one.day_words == "29/11/2026 (Sunday), reminded on 27/11/2026"


def test_what_ends_at_tet_is_reminded_before_the_holidays():
    one = thing("our-promise", dt.date(2026, 2, 19))
    assert one.reminded_on == dt.date(2026, 2, 13)
    with translation.override("vi"):
        assert "Mùng ba Tết" in one.day_words


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-11-16", "in 10 days"),
        ("2026-11-25", "tomorrow"),
        ("2026-11-26", "today"),
        ("2026-11-27", "1 day late"),
        ("2026-12-06", "10 days late"),
    ],
)
def test_how_far_off_is_said_in_words(today, words):
    with translation.override("en"):
        assert thing("trip-report", dt.date(2026, 11, 26)).distance(dt.date.fromisoformat(today)) == words


def test_what_is_known_by_its_year_is_said_so():
    one = thing("anniversary", dt.date(2027, 1, 1), dt.date(2027, 12, 31), precision=Precision.YEAR)
    with translation.override("en"):
        assert one.distance(dt.date(2026, 11, 26)) == "next year"
        assert one.distance(dt.date(2027, 3, 1)) == "this year"
        assert one.day_words == "within the year 2027"


def test_new_is_what_came_to_a_step_or_was_entered_since_the_last_look():
    one = thing("agreement", dt.date(2026, 12, 31), entered_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    before, after = (dt.datetime(2026, 11, day, 12, tzinfo=dt.UTC) for day in (29, 30))
    today = dt.date(2026, 12, 2)
    assert one.is_new(today, before)  # 30 days before is 1 December
    assert not thing("agreement", dt.date(2026, 12, 30)).is_new(today, after)
    assert not one.is_new(today, None)
    assert thing("agreement", dt.date(2026, 12, 30), entered_at=after + dt.timedelta(hours=1)).is_new(today, after)


def test_a_look_after_midnight_in_vietnam_is_of_the_new_day_though_utc_says_the_old():
    one = thing("our-promise", dt.date(2026, 11, 27))  # its day begins at 17:00 UTC the evening before
    late_evening = dt.datetime(2026, 11, 26, 18, 0, tzinfo=dt.UTC)
    assert not one.is_new(dt.date(2026, 11, 27), late_evening)
    assert one.is_new(dt.date(2026, 11, 27), late_evening - dt.timedelta(hours=2))


@given(DAYS, st.integers(0, 240))
def test_months_are_added_and_counted_back(day, months):
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert months_between(day, later) in (months, months - 1)


@pytest.mark.parametrize(
    ("day", "months", "later"), [("2024-02-29", 12, "2025-02-28"), ("2026-08-31", 6, "2027-02-28")]
)
def test_a_day_the_month_does_not_have_is_its_last(day, months, later):
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(later)
