from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionrelations.kit.periods import Period

days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@st.composite
def periods(draw, runs_on=True):
    start = draw(days)
    if runs_on and draw(st.booleans()):
        return Period(start, None)
    return Period(start, start + timedelta(days=draw(st.integers(0, 3000))))


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2025, 2, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("period", "preceding"),
    [
        (Period.years(2025), Period.years(2024)),
        (Period.months(2025, 1, 6), Period.months(2024, 7, 6)),
        (Period.months(2025, 3), Period.months(2025, 2)),
        (Period(date(2025, 3, 10), date(2025, 3, 12)), Period(date(2025, 3, 7), date(2025, 3, 9))),
    ],
)
def test_the_preceding_period_is_as_long_and_keeps_whole_months(period, preceding):
    assert period.preceding() == preceding


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2018-2023", Period.years(2018, 2023)),
        (" 2018 – 2023 ", Period.years(2018, 2023)),
        ("2023-2018", None),
        ("XIII", None),
    ],
)
def test_printed_years_run_from_january_of_the_first_to_december_of_the_last(words, period):
    assert Period.named(words) == period


@given(periods(), periods())
def test_two_periods_overlap_exactly_where_they_share_days(one, other):
    shared = one.clip(other)
    assert one.overlaps(other) == other.overlaps(one) == (shared is not None)
    if shared is not None:
        assert one.covers(shared)
        assert other.covers(shared)


@given(periods(), periods())
def test_what_covers_overlaps_and_clips_to_the_whole(one, other):
    if one.covers(other):
        assert one.overlaps(other)
        assert one.clip(other) == other


@given(periods(), days)
def test_a_day_is_in_a_period_exactly_when_it_covers_that_day(period, day):
    assert (day in period) == period.covers(Period(day, day))


@given(periods(runs_on=False))
def test_the_preceding_period_ends_the_day_before(period):
    before = period.preceding()
    assert before.end + timedelta(days=1) == period.start


def test_a_period_that_runs_on_has_no_length_and_nothing_before_it_of_that_length():
    period = Period(date(2023, 12, 3), None)
    assert period.days is None
    assert date(2099, 1, 1) in period
    with pytest.raises(ValueError, match="runs on"):
        period.preceding()
