from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from unionrelations.kit.periods import Period
from unionrelations.kit.windows import MONTHS_IN, Precision, between, in_words, refuse_misaligned, window_around

days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
whole = st.sampled_from(list(MONTHS_IN))


@given(days, whole)
def test_a_window_holds_its_day_and_is_named_by_each_of_its_days(day, precision):
    window = window_around(day, precision)
    assert day in window
    assert window_around(window.start, precision) == window_around(window.end, precision) == window


@given(days, whole)
def test_a_year_is_cut_into_windows_without_gap_or_overlap(day, precision):
    window = window_around(day, precision)
    months = MONTHS_IN[precision]
    pieces = [Period.months(day.year, first, months) for first in range(1, 13, months)]
    assert sum(one.days for one in pieces) == Period.years(day.year).days
    assert pieces.count(window) == 1


@pytest.mark.parametrize(
    ("start", "end", "precision", "english"),
    [
        (date(2023, 1, 1), date(2023, 6, 30), Precision.HALF_YEAR, "first half of 2023"),
        (date(2023, 7, 1), date(2023, 12, 31), Precision.HALF_YEAR, "second half of 2023"),
        (date(2022, 6, 1), date(2022, 6, 30), Precision.MONTH, "6/2022"),
        (date(2027, 1, 1), date(2027, 3, 31), Precision.QUARTER, "quarter 1 of 2027"),
        (date(2025, 1, 1), date(2025, 12, 31), Precision.YEAR, "the year 2025"),
        (date(2018, 1, 1), date(2023, 12, 31), Precision.SPAN, "2018–2023"),
        (date(2025, 1, 1), date(2025, 12, 31), Precision.SPAN, "2025"),
    ],
)
def test_a_date_reads_no_more_exact_than_it_is_known(start, end, precision, english):
    with translation.override("en"):
        assert in_words(start, end, precision) == english


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2018, 1, 1), date(2023, 12, 31), "2018–2023"),
        (date(2023, 12, 6), date(2023, 12, 6), "06/12/2023"),
        (date(2018, 1, 1), date(2023, 11, 30), "01/01/2018 – 30/11/2023"),
    ],
)
def test_a_period_is_written_as_short_as_it_is_exact(start, end, words):
    assert between(start, end) == words


def test_a_window_that_is_no_whole_month_is_refused_with_the_days_it_should_have():
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        refuse_misaligned(date(2022, 6, 3), date(2022, 6, 30), Precision.MONTH)
    assert "30" in str(refused.value)
    refuse_misaligned(date(2022, 6, 1), date(2022, 6, 30), Precision.MONTH)
    refuse_misaligned(date(2022, 6, 3), date(2022, 8, 4), Precision.SPAN)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2023, 11, 6), (2023, 11, 10), "06–10/11/2023"),
        ((2023, 9, 28), (2023, 10, 2), "28/09/2023 – 02/10/2023"),
        ((2023, 11, 6), (2023, 11, 6), "06/11/2023"),
        ((2022, 11, 6), (2023, 11, 10), "06/11/2022 – 10/11/2023"),
    ],
)
def test_days_of_one_month_name_it_once(first, last, words):
    assert in_words(date(*first), date(*last), "day") == words
