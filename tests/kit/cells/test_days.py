from datetime import date, datetime, time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.cells import refused, spellings
from unionrelations.kit.periods import Period
from unionrelations.kit.typed_dates import to_type
from unionrelations.kit.windows import EARLIEST, LATEST, MONTHS_IN, Precision, window_around
from unionrelations.kit.written import read_day, read_window

YEAR = Period.years(2023)
REPORTING_YEAR = Period(date(2022, 12, 15), date(2023, 12, 14))
TERM = Period(date(2018, 9, 26), date(2023, 12, 2))

WINDOWS = [
    ("19/10 – 23/10/2019", "2019-10-19", "2019-10-23", "day"),
    ("26 - 29/6", "2023-06-26", "2023-06-29", "day"),
    ("18-20/7/2023", "2023-07-18", "2023-07-20", "day"),
    ("từ ngày 11 đến 13-11", "2023-11-11", "2023-11-13", "day"),
    ("28-29.5", "2023-05-28", "2023-05-29", "day"),
    ("26/11-2/12", "2023-11-26", "2023-12-02", "day"),
    ("8/9 đến 19/9/2018", "2018-09-08", "2018-09-19", "day"),
    ("Ngày 3.4", "2023-04-03", None, "day"),
    ("03-04-2023", "2023-04-03", None, "day"),
    ("tháng 6/2022", "2022-06-01", "2022-06-30", "month"),
    ("tháng 6", "2023-06-01", "2023-06-30", "month"),
    ("quý I/2027", "2027-01-01", "2027-03-31", "quarter"),
    ("quý I, II/2023", "2023-01-01", "2023-06-30", "span"),
    ("6 tháng đầu năm 2023", "2023-01-01", "2023-06-30", "half_year"),
    ("6 tháng đầu năm", "2023-01-01", "2023-06-30", "half_year"),
    ("giai đoạn 2015 - 2018", "2015-01-01", "2018-12-31", "span"),
    ("15/10/2023 đến 20/10/2023", "2023-10-15", "2023-10-20", "day"),
    ("từ 15 đến hết ngày 20/10/2023", "2023-10-15", "2023-10-20", "day"),
    ("Từ ngày 19/10/2019\nđến ngày 23/10/2019", "2019-10-19", "2019-10-23", "day"),
    ("12 và 13/6/2023", "2023-06-12", "2023-06-13", "day"),
    ("ngày 12, 13 và 14 tháng 6 năm 2023", "2023-06-12", "2023-06-14", "day"),
    ("8h00 ngày 12/6/2023", "2023-06-12", None, "day"),
    ("8h30 - 11h30, 12/6/2023", "2023-06-12", None, "day"),
    ("2023-06-12 00:00:00", "2023-06-12", None, "day"),
    ("18-20/7/2023 (3 ngày)", "2023-07-18", "2023-07-20", "day"),
    ("2019", "2019-01-01", "2019-12-31", "year"),
    ("45292", "2024-01-01", None, "day"),
]


def told(found) -> tuple:
    return str(found.starts_on), str(found.ends_on) if found.ends_on else None, str(found.precision)


@pytest.mark.parametrize(("words", "start", "end", "precision"), WINDOWS)
def test_a_date_is_read_as_cells_hold_it(words, start, end, precision):
    for one in spellings(words):
        for period in (YEAR, REPORTING_YEAR):
            assert told(read_window(one, period)) == (start, end, precision)


@pytest.mark.parametrize(
    ("cell", "start", "end", "precision"),
    [
        (date(2023, 4, 3), "2023-04-03", None, "day"),
        (datetime(2023, 4, 3, 8, 30), "2023-04-03", None, "day"),
        (45292, "2024-01-01", None, "day"),
        (45292.5, "2024-01-01", None, "day"),
        (2019, "2019-01-01", "2019-12-31", "year"),
        (2019.0, "2019-01-01", "2019-12-31", "year"),
    ],
)
def test_a_date_of_the_spreadsheet_s_own_is_taken(cell, start, end, precision):
    assert told(read_window(cell)) == (start, end, precision)


def test_the_words_stay_as_they_are_written():
    assert read_window(" 6 tháng  đầu năm 2023 ").words == "6 tháng đầu năm 2023"
    assert read_window("8h00 ngày 12/6/2023").words == "8h00 ngày 12/6/2023"


@pytest.mark.parametrize("cell", [None, "", " ", "-", "…", "chưa rõ", "chưa có"])
def test_a_blank_date_is_none(cell):
    assert read_window(cell) is read_day(cell) is None


@pytest.mark.parametrize(
    ("words", "period", "day"),
    [
        ("20/12", REPORTING_YEAR, date(2022, 12, 20)),
        ("14/12", REPORTING_YEAR, date(2023, 12, 14)),
        ("26/6", REPORTING_YEAR, date(2023, 6, 26)),
        ("28/12 - 3/1", REPORTING_YEAR, date(2022, 12, 28)),
        ("5/7", Period(date(2023, 1, 1), date(2023, 6, 30)), date(2023, 7, 5)),  # a period within one year
        ("29/2", Period.years(2023, 2025), date(2024, 2, 29)),
        ("15/11", Period(date(2023, 11, 1), None), None),
        ("26/6", TERM, None),
        ("26/6", None, None),
        ("5/7", Period(date(2022, 10, 1), date(2023, 3, 31)), None),
        ("tháng 12", REPORTING_YEAR, None),
    ],
)
def test_a_year_left_out_comes_from_the_period_or_is_asked_for(words, period, day):
    if day is None:
        assert "has no year. Write it too" in refused(read_window, words, period)[0]
    else:
        assert read_window(words, period).starts_on == day
        assert not read_window(words, period).year_said


@pytest.mark.parametrize(
    ("cell", "sentence", "suggestion"),
    [
        ("31/02/2023", "February 2023 has 28 days", "28/02/2023"),
        ("ngày 31.4.2024", "April 2024 has 30 days", "30/04/2024"),
        ("28-31/02/2023", "February 2023 has 28 days", "28-28/02/2023"),
        ("29/2", "February 2023 has 28 days", "28/2"),
        ("32/13/2023", "there is no month 13", ""),
        ("20-18/7/2023", "The last day lies before the first", ""),
        ("12 và 15/6/2023", "was not understood as a date", ""),
        ("đến 20/10/2023", "was not understood as a date", ""),
        ("hôm qua", "was not understood as a date", ""),
        ("sớm", "was not understood as a date", ""),
        (3.4, "is a number, not a date", ""),
        (True, "holds no date", ""),
        (time(8), "holds no date", ""),
        ("1" * 121, "At most 120", ""),
        (date(1850, 1, 1), "before 1900", ""),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(cell, sentence, suggestion):
    said, suggested = refused(read_window, cell, YEAR)
    assert sentence in said
    assert suggested == suggestion


def test_one_day_is_one_day():
    assert read_day("3/4/2023") == read_day("Ngày 3.4", YEAR) == read_day(45019) == date(2023, 4, 3)
    assert read_day("12-12/6/2023") == date(2023, 6, 12)
    for cell in ("3-5/4/2023", "tháng 4/2023", 2023):
        assert "is not one day" in refused(read_day, cell)[0]


@given(
    st.sampled_from(["vi", "en"]),
    st.dates(EARLIEST, LATEST),
    st.dates(EARLIEST, LATEST),
    st.booleans(),
    st.sampled_from(Precision),
    st.sampled_from([None, YEAR, REPORTING_YEAR, TERM]),
)
def test_what_the_house_prints_reads_back_in_any_period(language, one, other, ends, precision, period):
    start, end = min(one, other), max(one, other)
    if precision in MONTHS_IN:
        window = window_around(start, precision)
        start, end = window.start, window.end
    elif precision == Precision.DAY and not ends:
        end = None
    with translation.override(language):
        found = read_window(to_type(start, end, precision), period)
    assert (found.starts_on, found.ends_on, found.precision) == (start, end, precision)


@given(
    st.dates(date(2023, 1, 1), date(2023, 12, 31)),
    st.sampled_from(["{0.day}/{0.month}", "ngày {0:%d.%m}", "{0.day}.{0.month}"]),
)
def test_a_day_of_the_period_is_found_without_its_year(day, form):
    assert read_day(form.format(day), YEAR) == day
