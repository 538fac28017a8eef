from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.cells import refused, spellings
from unionrelations.kit.written import read_amount, read_funding

MONEY = [
    ("1.250.000.000", "", "1250000000", "VND"),
    ("1,250,000", "", "1250000", "VND"),
    ("1.250.000 đồng", "", "1250000", "VND"),
    ("1.250.000đ", "", "1250000", "VND"),
    ("1.250.000 VNĐ", "", "1250000", "VND"),
    ("1.250.000 ₫", "", "1250000", "VND"),
    ("1.250.000.", "", "1250000", "VND"),
    ("45.000.000,-", "", "45000000", "VND"),
    ("1 250 000", "", "1250000", "VND"),
    ("45,5 triệu", "", "45500000", "VND"),
    ("45,5 triệu đồng", "", "45500000", "VND"),
    ("45 tr.đ", "", "45000000", "VND"),
    ("45 trđ", "", "45000000", "VND"),
    ("30 triệu VNĐ", "", "30000000", "VND"),
    ("450 nghìn đồng", "", "450000", "VND"),
    ("1 tỷ 250 triệu", "", "1250000000", "VND"),
    ("1 tỷ 250 triệu 500 nghìn đồng", "", "1250500000", "VND"),
    ("12 triệu 500.000 đồng", "", "12500000", "VND"),
    ("1.200 USD", "", "1200", "USD"),
    ("$1,200.50", "", "1200.50", "USD"),
    ("USD 1,250", "", "1250", "USD"),
    ("45 nghìn USD", "", "45000", "USD"),
    ("€ 300", "", "300", "EUR"),
    ("300 euro", "", "300", "EUR"),
    ("45.000.000 đồng (bốn mươi lăm triệu đồng)", "", "45000000", "VND"),
    ("45.000.000đ (NSNN)", "", "45000000", "VND"),
    ("45.500.000", "Kinh phí", "45500000", "VND"),
    ("45,5", "Kinh phí (triệu đồng)", "45500000", "VND"),
    (45.5, "Kinh phí (triệu đồng)", "45500000", "VND"),
    (0.1, "Kinh phí (tỷ đồng)", "100000000", "VND"),
    ("45", "Số tiền (1.000đ)", "45000", "VND"),
    ("45", "ĐVT: 1.000 đồng", "45000", "VND"),
    ("45", "Triệu đồng", "45000000", "VND"),
    ("45", "Kinh phí (tr.đ)", "45000000", "VND"),
    ("1.250", "nghìn đồng", "1250000", "VND"),
    ("500", "Kinh phí (USD)", "500", "USD"),
    ("500 USD", "Kinh phí (triệu đồng)", "500", "USD"),
    ("45.500.000 đồng", "Kinh phí (triệu đồng)", "45500000", "VND"),
    (45_500_000, "SỐ TIỀN", "45500000", "VND"),
    ("0", "", "0", "VND"),
    ("không", "", "0", "VND"),
]


@pytest.mark.parametrize(("cell", "heading", "value", "currency"), MONEY)
def test_money_is_read_in_the_unit_of_its_cell_or_its_heading(cell, heading, value, currency):
    for one in spellings(cell) if isinstance(cell, str) else [cell]:
        found = read_amount(one, heading)
        assert (found.value, found.currency) == (Decimal(value), currency)


@pytest.mark.parametrize("cell", [None, "", "-", "chưa có", "không rõ", "chưa quyết toán"])
def test_money_nobody_wrote_down_is_unknown(cell):
    assert read_amount(cell) is None


@pytest.mark.parametrize(
    ("cell", "heading", "sentence", "suggestion"),
    [
        ("phía bạn đài thọ", "", "says who pays, not how much", ""),
        ("tự túc", "", "says who pays, not how much", ""),
        ("khoảng 45 triệu", "", "no exact amount", ""),
        ("1.250.00", "", "look at its points and commas", ""),
        ("1,250", "triệu đồng", "can be read in two ways. Write “1250” or “1,25”", ""),
        ("45500000", "triệu đồng", "too much in the unit of the heading", "45500000 đồng"),
        ("1 tỷ 2", "", "not understood as one amount", ""),
        ("1.000 USD + 45 triệu", "", "not understood as one amount", ""),
        ("15.000.000đ/người", "", "not understood as one amount", ""),
        ("1" * 299 + "x", "", "not understood as one amount", ""),
        ("111 " * 70 + "x", "", "not understood as one amount", ""),
        ("-5", "", "not below 0", ""),
        (-5, "", "not below 0", ""),
        (date(2023, 4, 3), "", "holds a date", ""),
    ],
)
def test_what_is_no_amount_is_refused_in_a_sentence(cell, heading, sentence, suggestion):
    said, suggested = refused(read_amount, cell, heading)
    assert sentence in said
    assert suggested == suggestion


@given(st.decimals(0, 10**12, places=2), st.sampled_from(["", " đồng", " USD"]))
def test_any_amount_reads_back_in_the_vietnamese_and_the_english_way(value, unit):
    english = f"{value:,.2f}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    assert read_amount(english + unit).value == read_amount(vietnamese + unit).value == value


@given(st.integers(1, 10**13), st.sampled_from([("nghìn đồng", 3), ("triệu đồng", 6), ("tỷ đồng", 9)]))
def test_nothing_is_rounded(number, unit):
    name, power = unit
    assert read_amount(f"{number},5 {name}").value == (number + Decimal("0.5")) * 10**power


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("NSNN", "state"),
        ("Ngân sách nhà nước", "state"),
        ("ngân sách tỉnh", "state"),
        ("Tài chính công đoàn", "union"),
        ("nguồn tài chính công đoàn", "union"),
        ("TCCĐ", "union"),
        ("Kinh phí công đoàn", "union"),
        ("ngân sách công đoàn", "union"),
        ("công đoàn", "union"),
        ("phía bạn đài thọ", "partner"),
        ("Bạn chi trả", "partner"),
        ("đối tác tài trợ", "partner"),
        ("IG Metall đài thọ", "partner"),
        ("tự túc", "self"),
        ("cá nhân tự túc", "self"),
        ("self-funded", "self"),
        ("tài trợ", "sponsor"),
        ("Công đoàn Kim khí Đức tài trợ", "sponsor"),
        ("45.000.000đ (NSNN)", "state"),
    ],
)
def test_who_pays_is_read_as_the_field_says_it(words, source):
    for one in spellings(words):
        assert read_funding(one) == source


def test_two_who_pay_are_not_made_one():
    assert "several sources" in refused(read_funding, "NSNN và phía bạn đài thọ")[0]
    assert "not a known source" in refused(read_funding, "Công đoàn Kim khí Đức")[0]
    assert read_funding("") is read_funding(None) is None
