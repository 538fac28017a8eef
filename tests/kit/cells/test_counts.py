from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.cells import refused, spellings
from unionrelations.kit.written import Misread, read_count

PEOPLE = [
    ("02", 2),
    ("1.909", 1909),
    ("1,909", 1909),
    ("1 909", 1909),
    (12.0, 12),
    (12, 12),
    ("12 người", 12),
    ("gồm 6 thành viên", 6),
    ("Đoàn công tác gồm 06 đồng chí", 6),
    ("8 cán bộ", 8),
    ("8 cán bộ, công chức", 8),
    ("15 lượt cán bộ", 15),
    ("08 đ/c", 8),
    ("mười hai người", 12),
    ("muoi hai nguoi", 12),
    ("hai mươi mốt", 21),
    ("năm mươi tư", 54),
    ("một trăm linh năm đại biểu", 105),
    ("nam nguoi", 5),  # without marks, năm and nam are one
    ("mười nam, hai nữ", 12),
    ("twenty-five delegates", 25),
    ("twelve", 12),
    ("06 (sáu) người", 6),
    ("2A và 6B (8 người)", 8),
    ("2A + 6B", 8),
    ("8 người (2A + 6B)", 8),
    ("2 nam, 3 nữ", 5),
    ("01 trưởng đoàn và 5 thành viên", 6),
    ("6 người (2 nữ)", 6),
    ("6 người (kể cả phiên dịch)", 6),
    ("8 người, trong đó có 2 nữ", 8),
    ("8 người\n(3 nữ)", 8),
    ("- 6 người", 6),
    ("không", 0),
    ("không có", 0),
    ("0", 0),
    (0, 0),
]


@pytest.mark.parametrize(("cell", "number"), PEOPLE)
def test_people_are_counted_as_the_cell_tells(cell, number):
    for one in spellings(cell) if isinstance(cell, str) else [cell]:
        assert read_count(one).number == number


@pytest.mark.parametrize(
    "words",
    ["hơn 20", "trên 20 người", "khoảng 15 người", "gần 40", "hàng trăm", "hàng chục đại biểu", "nhiều", "20+",
     "5-7 người", "từ 5 đến 7 người", "20 người trở lên", "hon 20", "more than 20", "dự kiến 10 người", "vài người"],
)  # fmt: skip
def test_a_qualifier_never_becomes_a_number(words):
    for one in spellings(words):
        found = read_count(one)
        assert found.number is None
    assert read_count(words).words == words


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "-", "–", "…", "...", "?", "không rõ", "chưa có", "chưa có số liệu", "n/a"]
)
def test_what_tells_nothing_is_unknown_not_none(cell):
    assert read_count(cell) is None


@pytest.mark.parametrize(
    ("cell", "sentence", "suggestion"),
    [
        ("2A và 6B (9 người)", "2 + 6 = 8, but 9 is written too", "8"),
        ("9 người (2A + 6B)", "2 + 6 = 8, but 9 is written too", "8"),
        ("8 người, gồm 2 nam và 5 nữ", "2 + 5 = 7, but 8 is written too", "7"),
        ("8 người (9 người)", "9, but 8 is written too", ""),
        ("6 người (8 nữ)", "8, but 6 is written too", ""),
        ("1,2.50", "look at its points and commas", ""),
        ("2,5 người", "not a whole number", ""),
        (12.5, "not a whole number", ""),
        ("-5", "less than no one", ""),
        (-5, "less than no one", ""),
        ("100.000", "more than 99999 people", ""),
        (100_000, "more than 99999 people", ""),
        ("3 đoàn", "not understood as a number of people", ""),
        ("8/10 người", "not understood as a number of people", ""),
        ("10 người/đoàn", "not understood as a number of people", ""),
        ("Ông An và 5 cán bộ", "not understood as a number of people", ""),
        ("5 thành viên và trưởng đoàn", "not understood as a number of people", ""),
        ("nam", "not understood as a number of people", ""),
        ("1 " * 400, "not understood as a number of people", ""),
        (date(2023, 4, 3), "holds a date", ""),
        (True, "holds a tick", ""),
        (float("nan"), "not understood", ""),
    ],
)
def test_what_is_no_number_of_people_is_refused_in_a_sentence(cell, sentence, suggestion):
    said, suggested = refused(read_count, cell)
    assert sentence in said
    assert suggested == suggestion


@given(st.integers(0, 99_999), st.sampled_from([".", ",", " ", ""]), st.sampled_from(["", " người", " people"]))
def test_any_number_reads_back_however_its_thousands_are_parted(number, sign, noun):
    assert read_count(f"{number:,}".replace(",", sign) + noun).number == number


UNITS = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def in_vietnamese(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    tens, units = divmod(rest, 10)
    words = [UNITS[thousands], "nghìn"] if thousands else []
    words += [UNITS[hundreds], "trăm"] if hundreds else []
    if tens > 1:
        words += [UNITS[tens], "mươi", {1: "mốt", 4: "tư", 5: "lăm"}.get(units, UNITS[units])]
    elif tens:
        words += ["mười", "lăm" if units == 5 else UNITS[units]]
    elif units:
        words += ["linh"] * bool(number > 10) + [UNITS[units]]
    return " ".join(filter(None, words))


@given(st.integers(1, 9_999))
def test_any_number_in_words_reads_back(number):
    assert read_count(in_vietnamese(number) + " người").number == number


@given(
    st.integers(1, 500),
    st.integers(1, 500),
    st.sampled_from(["{0}A + {1}B", "{0} nam, {1} nữ", "{0}A và {1}B ({2} người)"]),
)
def test_what_is_written_side_by_side_is_added(one, other, form):
    assert read_count(form.format(one, other, one + other)).number == one + other


@given(st.text(max_size=80) | st.from_regex(r"[0-9.,() -]{0,40}(người|nam|A)?", fullmatch=True))
def test_whatever_stands_in_the_cell_is_read_within_reason_or_refused(cell):
    try:
        found = read_count(cell)
    except Misread:
        return
    assert found is None or found.number is None or 0 <= found.number <= 99_999
