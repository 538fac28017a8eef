"""Offices do not work on weekends and holidays, but for what was exchanged; what falls there is reminded of before."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from unionrelations.kit.working_days import LONGEST_LEAVE, WorkingDays, weekday

days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
some_days = st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)
exchanges = st.builds(
    lambda off, working: WorkingDays(dict.fromkeys(off - working, "nghỉ bù"), frozenset(working)), some_days, some_days
)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-11-27", "2026-11-27"),  # a Friday
        ("2026-11-28", "2026-11-27"),  # a Saturday
        ("2026-11-29", "2026-11-27"),  # a Sunday
        ("2026-02-18", "2026-02-13"),  # the second day of Tet: holidays from Monday the 16th, the weekend before
        ("2026-05-01", "2026-04-29"),
        ("2026-09-02", "2026-08-28"),  # with Monday 31 August exchanged
        ("2026-08-22", "2026-08-22"),  # the Saturday worked for it
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_what_falls_on_a_day_off_is_reminded_on_the_working_day_before(day, before):
    assert WorkingDays().last_before(date.fromisoformat(day)) == date.fromisoformat(before)


def test_a_day_the_government_swaps_is_entered_by_hand():
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    swapped = WorkingDays({friday: "Hoán đổi"}, frozenset({saturday}))
    assert swapped.last_before(saturday) == saturday
    assert swapped.last_before(friday) == date(2026, 11, 26)
    assert swapped.why_off(friday) == "Hoán đổi"


@pytest.mark.parametrize(("language", "words"), [("vi", "Tết Nguyên Đán"), ("en", "Lunar New Year")])
def test_why_a_day_is_off_is_said_in_the_readers_language(language, words):
    with translation.override(language):
        assert WorkingDays().why_off(date(2026, 2, 17)) == words
        assert WorkingDays().why_off(date(2026, 11, 29)) == weekday(date(2026, 11, 29))
        assert WorkingDays().why_off(date(2026, 11, 26)) == ""


@given(days, exchanges)
def test_the_reminder_is_a_working_day_and_none_lies_between(day, calendar):
    before = calendar.last_before(day)
    assert calendar.is_working(before)
    assert timedelta(0) <= day - before < timedelta(days=LONGEST_LEAVE)
    between = (before + timedelta(days=n) for n in range(1, (day - before).days + 1))
    assert not any(calendar.is_working(one) for one in between)


@given(days, st.integers(0, 40), exchanges)
def test_a_later_day_is_never_reminded_earlier(day, more, calendar):
    assert calendar.last_before(day) <= calendar.last_before(day + timedelta(days=more))


def test_a_calendar_that_knows_no_working_day_leaves_the_day_as_it_is():
    day = date(2026, 11, 26)
    never = WorkingDays({day - timedelta(days=n): "" for n in range(LONGEST_LEAVE)})
    assert never.last_before(day) == day
