"""The sheet of a month: whole weeks, every activity over exactly its days, and no two bars on one another."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionrelations.web.months import LANES, WEEK, Month, weeks_of

DECEMBER = Month(2023, 12)
MONTHS = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))


@st.composite
def activities(draw):
    days = st.integers(-40, 40).map(lambda offset: DECEMBER.days.start + timedelta(days=offset))
    starts = draw(st.lists(st.tuples(days, st.none() | st.integers(0, 30)), max_size=25))
    return [
        SimpleNamespace(pk=number, starts_on=start, ends_on=None if length is None else start + timedelta(days=length))
        for number, (start, length) in enumerate(starts)
    ]


@given(MONTHS)
def test_a_sheet_is_whole_weeks_and_holds_the_month(month):
    weeks = weeks_of(month, date(2023, 12, 1), [])
    assert all(len(week) == WEEK and week[0].date.weekday() == 0 for week in weeks)
    inside = [day.date for week in weeks for day in week if not day.is_outside]
    assert (inside[0], inside[-1], len(inside)) == (month.days.start, month.days.end, month.days.days)


@given(MONTHS)
def test_months_follow_one_another_and_read_back(month):
    assert Month.read(str(month)) == Month.read(f"{month.number}/{month.year}") == month
    if month.after:
        assert month.after.before == month


@pytest.mark.parametrize("written", ["", "2023-13", "2023-0", "1899-12", "2101-01", "tháng 12", "2023-12-01"])
def test_what_is_no_month_is_none(written):
    assert Month.read(written) is None


@given(activities())
def test_every_activity_lies_over_exactly_its_days(found):
    for week in weeks_of(DECEMBER, DECEMBER.days.start, found):
        covered = {day.date: 0 for day in week}
        for day in week:
            for bar in filter(None, day.lanes):
                assert bar.first == day.date
                for step in range(bar.length):
                    covered[day.date + timedelta(days=step)] += 1
        for day in week:
            there = [one for one in found if one.starts_on <= day.date <= (one.ends_on or one.starts_on)]
            assert covered[day.date] + day.more == len(there)


@given(activities())
def test_no_bar_lies_on_another(found):
    for week in weeks_of(DECEMBER, DECEMBER.days.start, found):
        taken = set()
        for day in week:
            assert len(day.lanes) <= LANES
            for lane, bar in enumerate(day.lanes):
                if bar:
                    places = {(lane, bar.first + timedelta(days=step)) for step in range(bar.length)}
                    assert not places & taken
                    taken |= places


def test_today_is_marked_once():
    weeks = weeks_of(DECEMBER, date(2023, 12, 2), [])
    assert [day.date for week in weeks for day in week if day.is_today] == [date(2023, 12, 2)]
