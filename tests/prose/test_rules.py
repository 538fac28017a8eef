"""Each rule of the grammar by itself, on sentences made for it."""

import unicodedata
from datetime import date

import pytest

from activities.prose import UnionNames, as_json, read_report
from tests.factories import TermFactory, UnionFactory
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period


def told(text, **given):
    return [(one.indicator, one.low, one.high) for one in read_report(text, **given).figures]


def one(text, **given):
    (figure,) = read_report(text, **given).figures
    return figure


def days(text, **given):
    period = one(text, **given).period
    return (period.first, period.last) if period else None


@pytest.mark.parametrize(
    ("words", "low", "high", "qualifier"),
    [
        ("6", 6, 6, "exact"),
        ("06", 6, 6, "exact"),
        ("1.909", 1909, 1909, "exact"),
        ("1,909", 1909, 1909, "exact"),
        ("hai mươi mốt", 21, 21, "exact"),
        ("mười lăm", 15, 15, "exact"),
        ("một trăm hai mươi", 120, 120, "exact"),
        ("hơn 20", 20, None, "gt"),
        ("trên 20", 20, None, "gt"),
        ("gần 20", None, 20, "lt"),
        ("khoảng 20", 20, 20, "approx"),
        ("hàng chục", None, None, "vague"),
        ("nhiều", None, None, "vague"),
    ],
)
def test_a_number_keeps_its_bounds_and_its_doubt(words, low, high, qualifier):
    figure = one(f"Công đoàn đã tổ chức {words} đoàn ra.")
    assert (figure.low, figure.high, figure.qualifier) == (low, high, qualifier)
    assert figure.words == f"{words} đoàn ra"


@pytest.mark.parametrize("words", ["10-12", "từ 10 đến 12", "2022", "5%", "lần thứ 5", "tháng 6/2022", "1.234.56"])
def test_ranges_years_shares_ranks_and_dates_are_no_numbers(words):
    assert told(f"Công đoàn đã tổ chức {words} đoàn ra.") == []


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Năm 2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("Giai đoạn 2018 – 2023", date(2018, 1, 1), date(2023, 12, 31)),
        ("Hai năm 2020 và 2021", date(2020, 1, 1), date(2021, 12, 31)),
        ("6 tháng đầu năm 2023", date(2023, 1, 1), date(2023, 6, 30)),
        ("Quý III/2024", date(2024, 7, 1), date(2024, 9, 30)),
        ("Tháng 10/2022", date(2022, 10, 1), date(2022, 10, 31)),
        ("Từ ngày 1/1/2023 đến 30/9/2023", date(2023, 1, 1), date(2023, 9, 30)),
        ("Từ năm 2019 đến nay", date(2019, 1, 1), None),
        ("In the second half of 2021", date(2021, 7, 1), date(2021, 12, 31)),
        ("Between 2018 and 2020", date(2018, 1, 1), date(2020, 12, 31)),
    ],
)
def test_periods_are_read_as_days(words, first, last):
    assert days(f"{words}, công đoàn ngành đã cử 3 đoàn ra.") == (first, last)


def test_a_term_has_its_own_days_where_the_union_is_known_and_printed_years_with_a_doubt_elsewhere(db):
    union = UnionFactory(code="may", name="Công đoàn May mặc Việt Nam")
    TermFactory(union=union, name="2018-2023", first_day=date(2018, 9, 26), last_day=date(2023, 12, 2))
    text = "Nhiệm kỳ 2018–2023, Công đoàn May mặc Việt Nam đã cử 3 đoàn ra."
    known = one(text, unions=UnionNames.of(Union.objects.all()))
    assert (known.union, known.period.first, known.period.last) == ("may", date(2018, 9, 26), date(2023, 12, 2))
    assert known.doubt == ""
    assert days(text) == (date(2018, 1, 1), date(2023, 12, 31))
    assert one(text).doubt


def test_a_name_two_unions_share_is_no_certain_match(db):
    for code in ("a", "b"):
        UnionFactory(code=code, name=f"Công đoàn {code}", aliases="Công đoàn Dệt may")
    figure = one("Công đoàn Dệt may cử 3 đoàn ra.", unions=UnionNames.of(Union.objects.all()))
    assert (figure.union, figure.organisation) == (None, "Công đoàn Dệt may")


def test_the_union_of_another_country_is_not_ours(db):
    names = UnionNames.of([UnionFactory(code="veu", name="Công đoàn Giáo dục Việt Nam", short_name="CĐ Giáo dục")])
    assert told("Công đoàn Giáo dục Lào đã cử 5 đoàn sang Việt Nam.", unions=names) == []
    assert one("CĐ Giáo dục đã cử 5 đoàn ra.", unions=names).union == "veu"


def test_what_the_text_does_not_say_is_taken_from_who_asks():
    figure = one("Đã cử 3 đoàn ra.", default_union="vuit", default_period=Period.years(2022))
    assert (figure.union, figure.organisation) == ("vuit", None)
    assert (figure.period.first, figure.period.last) == (date(2022, 1, 1), date(2022, 12, 31))
    assert figure.doubt


def test_offsets_hold_in_decomposed_text_with_stray_blanks():
    text = unicodedata.normalize("NFD", "\ufeffNăm  2022,\u00a0công đoàn   đã cử 3   đoàn ra và  đón 5 đoàn\n vào.")
    figures = read_report(text).figures
    assert [text[figure.start : figure.end] for figure in figures] == [figure.words for figure in figures]
    assert [unicodedata.normalize("NFC", " ".join(figure.words.split())) for figure in figures] == [
        "3 đoàn ra",
        "5 đoàn vào",
    ]


def test_a_part_that_lies_outside_its_whole_is_told_with_a_doubt():
    whole, part, people = read_report(
        "Giai đoạn 2018–2020, công đoàn tổ chức 30 đoàn ra, riêng năm 2021 có 9 đoàn trực tuyến (70 lượt cán bộ)."
    ).figures
    assert (part.indicator, part.subset_of, part.period.printed) == ("delegations_out_online", 0, "năm 2021")
    assert part.doubt
    assert (people.indicator, people.subset_of) == ("officials_out", None)
    assert people.doubt != part.doubt
    assert whole.doubt == ""


def test_a_single_course_is_told_with_its_number_day_and_people():
    told_of = read_report(
        "Tháng 9/2021, Công đoàn May mặc Việt Nam hoàn thành khóa tập huấn nâng cao (Khóa IV bước 3) và phát "
        "chứng chỉ cho 27 học viên công đoàn Lào tại tỉnh Nghệ An."
    )
    (course,) = told_of.activities
    assert (course.kind, course.cohort, course.step) == ("course", "IV", "3")
    assert (course.starts_on, course.ends_on, course.precision) == (date(2021, 9, 1), date(2021, 9, 30), "month")
    assert (course.people, course.certificates) == (27, 27)
    assert as_json(told_of)["activities"][0]["starts_on"] == "2021-09-01"


def test_a_delegation_told_by_itself_is_a_stub_and_no_figure():
    told_of = read_report("Tháng 6/2021, đoàn đại biểu Công đoàn May mặc Việt Nam gồm 5 người đã sang thăm Lào.")
    (trip,) = told_of.activities
    assert (trip.kind, trip.role, trip.people, trip.countries) == ("delegation", "out", 5, ("Lào",))
    assert told_of.figures == ()


def test_what_only_looks_like_a_figure_is_shown_as_what_it_is():
    text = "Đoàn Chủ tịch họp. Tỉnh đón 3.900 lượt khách quốc tế. Khóa VI bước 2. Mỗi đoàn ra không quá 10 người."
    kinds = {span.kind for span in read_report(text).lookalikes}
    assert {"presidium", "tourists", "course number", "limit"} <= kinds


HOSTILE = [
    "1" * 60_000,
    "đoàn " * 12_000,
    "12 đoàn ra; " * 3_000,
    "(" * 60_000,
    "2018-2020 " * 6_000,
    "1\t2\n" * 9_000,
    "Công đoàn " * 6_000,
    "hai mươi " * 6_000,
    "A " * 30_000,
    "a\u0301" * 30_000,
    'tổ chức hội thảo "' * 3_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12].strip())
def test_hostile_text_costs_time_in_proportion_to_its_length(text):
    read_report(text)  # a pattern that goes back and forth would not end
