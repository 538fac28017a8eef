"""Which backups stay."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as some

from unionrelations.backups.keeping import to_keep

moments = some.lists(
    some.datetimes(dt.datetime(2025, 12, 1), dt.datetime(2027, 1, 31)).map(lambda one: one.replace(microsecond=0)),
    max_size=60,
)
counts = some.integers(0, 20)
START = dt.datetime(2026, 1, 1, 1)


def nights(number: int) -> list[dt.datetime]:
    return [START + dt.timedelta(days=day) for day in range(number)]


def test_a_year_of_nights_leaves_two_weeks_and_eight_sundays():
    stay = sorted(to_keep(nights(365), 14, 8))
    assert stay[-14:] == nights(365)[-14:]
    older = stay[:-14]
    assert all(one.weekday() == 6 for one in older)
    assert len(stay) == 14 + 5  # of the eight weeks, three reach into the fourteen days


@given(moments, counts, counts)
def test_the_newest_stays_and_nothing_is_made_up(moments, days, weeks):
    stay = to_keep(moments, days, weeks)
    assert stay <= set(moments)
    assert not moments or max(moments) in stay
    assert len(stay) <= max(days, 1) + weeks


@given(moments, counts, counts)
def test_clearing_twice_takes_no_more_than_once(moments, days, weeks):
    stay = to_keep(moments, days, weeks)
    assert to_keep(stay, days, weeks) == stay


@given(moments, counts, counts, some.integers(0, 10), some.integers(0, 10))
def test_asking_for_more_keeps_more(moments, days, weeks, more_days, more_weeks):
    assert to_keep(moments, days, weeks) <= to_keep(moments, days + more_days, weeks + more_weeks)


@given(moments, some.integers(1, 20))
def test_each_of_the_newest_days_keeps_its_last(moments, days):
    stay = to_keep(moments, days, 0)
    newest = sorted({one.date() for one in moments})[-days:]
    assert stay == {max(one for one in moments if one.date() == day) for day in newest}
