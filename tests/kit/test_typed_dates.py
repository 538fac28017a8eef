import unicodedata
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from unionrelations.kit.typed_dates import read_when, to_type
from unionrelations.kit.windows import EARLIEST, LATEST, MONTHS_IN, Precision, in_words, window_around

TODAY = date(2023, 11, 30)
days = st.dates(EARLIEST, LATEST)


def read(words, today=TODAY) -> tuple:
    found = read_when(words, today)
    return str(found.starts_on), str(found.ends_on) if found.ends_on else None, str(found.precision)


def refused(words, today=TODAY) -> str:
    with translation.override("en"), pytest.raises(ValidationError) as said:
        read_when(words, today)
    (sentence,) = said.value.messages
    return sentence


AS_WRITTEN = [
    ("12-18/6/2023", "2023-06-12", "2023-06-18", "day"),
    ("12–18/6/2023", "2023-06-12", "2023-06-18", "day"),
    ("19/10 – 23/10/2019", "2019-10-19", "2019-10-23", "day"),
    ("28/5-3/6/2023", "2023-05-28", "2023-06-03", "day"),
    ("30/12/2022-4/1/2023", "2022-12-30", "2023-01-04", "day"),
    ("30/12-4/1/2023", "2022-12-30", "2023-01-04", "day"),
    ("từ 12 đến 18/6/2023", "2023-06-12", "2023-06-18", "day"),
    ("từ ngày 12 đến hết ngày 18 tháng 6 năm 2023", "2023-06-12", "2023-06-18", "day"),
    ("8/9 đến 19/9/2018", "2018-09-08", "2018-09-19", "day"),
    ("ngày 12 tháng 6 năm 2023", "2023-06-12", None, "day"),
    ("12.6.2023", "2023-06-12", None, "day"),
    ("12/6/23", "2023-06-12", None, "day"),
    ("01-02-2023", "2023-02-01", None, "day"),
    ("2023-06-12", "2023-06-12", None, "day"),
    ("thứ hai, 12/6/2023", "2023-06-12", None, "day"),
    ("12 June 2023", "2023-06-12", None, "day"),
    ("Monday, June 12th, 2023", "2023-06-12", None, "day"),
    ("12 to 18 June 2023", "2023-06-12", "2023-06-18", "day"),
    ("May 28 - June 3, 2023", "2023-05-28", "2023-06-03", "day"),
    ("12–12/06/2023", "2023-06-12", "2023-06-12", "day"),
    ("6/2023", "2023-06-01", "2023-06-30", "month"),
    ("tháng 6/2022", "2022-06-01", "2022-06-30", "month"),
    ("tháng sáu năm 2022", "2022-06-01", "2022-06-30", "month"),
    ("tháng năm năm 2022", "2022-05-01", "2022-05-31", "month"),
    ("T6/2022", "2022-06-01", "2022-06-30", "month"),
    ("June 2022", "2022-06-01", "2022-06-30", "month"),
    ("đầu tháng 6/2022", "2022-06-01", "2022-06-30", "month"),
    ("mid-June 2022", "2022-06-01", "2022-06-30", "month"),
    ("quý II/2022", "2022-04-01", "2022-06-30", "quarter"),
    ("Q2/2022", "2022-04-01", "2022-06-30", "quarter"),
    ("2022 Q2", "2022-04-01", "2022-06-30", "quarter"),
    ("second quarter of 2022", "2022-04-01", "2022-06-30", "quarter"),
    ("3 tháng cuối năm 2022", "2022-10-01", "2022-12-31", "quarter"),
    ("6 tháng đầu năm 2023", "2023-01-01", "2023-06-30", "half_year"),
    ("nửa đầu năm 2023", "2023-01-01", "2023-06-30", "half_year"),
    ("first half of 2023", "2023-01-01", "2023-06-30", "half_year"),
    ("H1 2023", "2023-01-01", "2023-06-30", "half_year"),
    ("9 tháng đầu năm 2023", "2023-01-01", "2023-09-30", "span"),
    ("năm 2019", "2019-01-01", "2019-12-31", "year"),
    ("2019", "2019-01-01", "2019-12-31", "year"),
    ("cuối năm 2019", "2019-01-01", "2019-12-31", "year"),
    ("2018-2020", "2018-01-01", "2020-12-31", "span"),
    ("giai đoạn 2015 - 2018", "2015-01-01", "2018-12-31", "span"),
    ("tháng 6-8/2023", "2023-06-01", "2023-08-31", "span"),
    ("12/2022 - 1/2023", "2022-12-01", "2023-01-31", "span"),
    ("trong khoảng 12/6/2023 – 3/8/2023", "2023-06-12", "2023-08-03", "span"),
]
WITHOUT_A_YEAR = [
    ("26 - 29/6", "2023-06-26", "2023-06-29", "day"),
    ("từ ngày 11 đến 13-11", "2023-11-11", "2023-11-13", "day"),
    ("26/11-2/12", "2023-11-26", "2023-12-02", "day"),
    ("28/12-3/1", "2023-12-28", "2024-01-03", "day"),
    ("Ngày 3.9", "2023-09-03", None, "day"),
    ("29/2", "2024-02-29", None, "day"),
    ("tháng 1", "2024-01-01", "2024-01-31", "month"),
    ("tháng sáu", "2023-06-01", "2023-06-30", "month"),
]
FROM_TODAY = [
    ("hôm qua", "2023-11-29", None, "day"),
    ("tháng trước", "2023-10-01", "2023-10-31", "month"),
    ("tháng sau", "2023-12-01", "2023-12-31", "month"),
    ("tháng 6 năm ngoái", "2022-06-01", "2022-06-30", "month"),
    ("6 tháng cuối năm", "2023-07-01", "2023-12-31", "half_year"),
    ("last year", "2022-01-01", "2022-12-31", "year"),
]


@pytest.mark.parametrize(("words", "start", "end", "precision"), AS_WRITTEN + WITHOUT_A_YEAR + FROM_TODAY)
def test_a_date_is_read_as_people_write_it(words, start, end, precision):
    assert read(words) == (start, end, precision)


@pytest.mark.parametrize("words", [row[0] for row in AS_WRITTEN])
def test_marks_signs_and_blanks_do_not_matter(words):
    wanted = read(words)
    without_marks = "".join(one for one in unicodedata.normalize("NFD", words) if not unicodedata.combining(one))
    for spelled in (
        unicodedata.normalize("NFD", words),
        unicodedata.normalize("NFC", words).upper(),
        without_marks.replace("đ", "d").replace("Đ", "D"),
        words.replace(" ", "\N{NO-BREAK SPACE} "),
        words.replace("-", "\N{MINUS SIGN}").replace("/", "\N{FULLWIDTH SOLIDUS}"),
        words.translate({ord(str(figure)): chr(0xFF10 + figure) for figure in range(10)}),
        f"\N{ZERO WIDTH NO-BREAK SPACE}  {words} ",
    ):
        assert read(spelled) == wanted, spelled


@pytest.mark.parametrize("words", [row[0] for row in WITHOUT_A_YEAR])
def test_a_year_left_out_is_known_to_be_left_out_and_asked_for_where_no_day_is_handed_in(words):
    assert not read_when(words, TODAY).year_said
    assert "Write it too" in refused(words, today=None)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("2011-12", ["12/2011", "2011–2012"]),
        ("6-8/2023", ["06/08/2023", "between 01/06/2023 and 31/08/2023"]),
        ("10-12", ["10/12", "10-12/6/2023"]),
        ("thang sau", ["6/2023", "12/2023"]),  # June and next month are one without their marks
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(words, offered):
    sentence = refused(words)
    assert [one for one in offered if f"“{one}”" not in sentence] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("31/02/2023", "is not a day of the calendar"),
        ("29/2/2023", "is not a day of the calendar"),
        ("31/4", "is not a day of the calendar"),
        ("3/13/2023", "there is no month 13"),
        ("tháng 13/2022", "there is no month 13"),
        ("18-12/6/2023", "The last day lies before the first"),
        ("5/7-3/6/2023", "The last day lies before the first"),
        ("1/1/1899", "before 1900 or after 2100"),
        ("2150", "before 1900 or after 2100"),
        ("thứ ba, 12/6/2023", "is not the weekday you wrote"),
        ("11-13", "has no month"),
        ("nhiệm kỳ 2018-2023", "was not understood"),  # a term has days of its own, no printed years
        ("khoảng tháng 6/2022", "was not understood"),
        ("sớm", "was not understood"),
        ("", "was not understood"),
        ("1" * 121, "At most 120"),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(words, said):
    assert said in refused(words)


@given(st.sampled_from(["vi", "en"]), days, days, st.booleans(), st.sampled_from(Precision))
@example("vi", date(2018, 1, 1), date(2023, 12, 31), True, Precision.SPAN)
@example("en", date(2018, 1, 1), date(2018, 12, 31), True, Precision.DAY)
@example("vi", date(2100, 12, 31), date(2100, 12, 31), True, Precision.DAY)
def test_what_the_house_prints_reads_back_to_the_same(language, one, other, ends, precision):
    start, end = min(one, other), max(one, other)
    if precision in MONTHS_IN:
        window = window_around(start, precision)
        start, end = window.start, window.end
    elif precision == Precision.DAY and not ends:
        end = None
    with translation.override(language):
        typed = read_when(to_type(start, end, precision), TODAY)
        told = read_when(in_words(start, end, precision), TODAY)
    assert (typed.starts_on, typed.ends_on, typed.precision) == (start, end, precision)
    assert (told.starts_on, told.precision) == (start, precision)
    assert told.ends_on == (None if end == start and precision == Precision.DAY else end)


WORDS = (
    "0 1 2 3 6 12 31 99 2022 2023 tháng T6 quý II năm ngày từ đến đầu cuối trong khoảng june q2 h1 sáu thứ m6 q9 "
    "? - – / . ~ , "
)
fragments = st.lists(st.sampled_from(WORDS.split(" ")), max_size=9).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
)


@given(
    st.one_of(st.text(max_size=140), fragments, st.from_regex(r"[0-9]{1,4}([-/.~ ][0-9]{1,4}){0,5}", fullmatch=True)),
    days,
)
@example("²/²/²²²²", TODAY)
@example("tháng 6", date(1900, 1, 1))
@example("ngày mai", date(2100, 12, 31))
def test_whatever_is_typed_is_read_within_reason_or_refused(words, today):
    try:
        found = read_when(words, today)
    except ValidationError:
        return
    last = found.starts_on if found.ends_on is None else found.ends_on
    assert EARLIEST <= found.starts_on <= last <= LATEST
    assert (found.ends_on is None) <= (found.precision == Precision.DAY)
    assert found.window.start <= found.window.end
