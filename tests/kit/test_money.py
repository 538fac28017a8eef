"""Amounts are added up exactly, in any order and in any parts; without a rate nobody knows the đồng."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from unionrelations.kit.money import Amount, Total, rate_in_figures, rounded

decimals = st.decimals(min_value=0, max_value=Decimal("9999999999999.99"), places=2)
rates = st.none() | st.decimals(min_value=Decimal("0.0001"), max_value=Decimal("9999999999.9999"), places=4)
amounts = st.one_of(
    st.builds(Amount, decimals, st.just("VND")),
    st.builds(Amount, decimals, st.sampled_from(["USD", "EUR", "LAK"]), rates),
)
some = st.lists(amounts, max_size=12)


@given(some, st.randoms())
def test_the_order_of_the_parts_does_not_matter(parts, chance):
    shuffled = list(parts)
    chance.shuffle(shuffled)
    assert Total.of(shuffled) == Total.of(parts)


@given(some, some)
def test_the_sum_of_the_parts_is_the_whole(first, second):
    assert Total.of(first) + Total.of(second) == Total.of([*first, *second])


@given(some)
def test_nothing_is_rounded_on_the_way(parts):
    total = Total.of(parts)
    for currency, amount in total.by_currency.items():
        assert Fraction(amount) == sum(Fraction(one.amount) for one in parts if one.currency == currency)
    if total.in_dong is not None:
        worth = sum(Fraction(one.amount) * Fraction(one.rate or 1) for one in parts)
        assert Fraction(total.in_dong) == worth
        assert abs(Fraction(rounded(total.in_dong)) - worth) <= Fraction(1, 2)


@given(some)
def test_the_dong_are_known_exactly_where_every_part_has_a_rate(parts):
    known = all(one.currency == "VND" or one.rate is not None for one in parts)
    assert (Total.of(parts).in_dong is not None) == known


def test_thousands_of_tenths_do_not_drift():
    total = Total.of([Amount(Decimal("0.1"), "USD", Decimal("25410.5"))] * 10_000)
    assert total.by_currency == {"USD": Decimal("1000.0")}
    assert total.in_dong == Decimal("25410500")


def test_a_half_dong_is_rounded_up_once_at_the_end():
    total = Total.of([Amount(Decimal("0.01"), "USD", Decimal("25")), Amount(Decimal("0.01"), "USD", Decimal("25"))])
    assert total.in_dong == Decimal("0.50")
    assert rounded(total.in_dong) == 1


def test_what_nobody_wrote_down_has_no_sum():
    assert (Total.of([]).parts, Total.of([]).in_words()) == (0, "")


@pytest.mark.parametrize(
    ("rate", "shown"),
    [("25000", "25.000"), ("25000.0000", "25.000"), ("25410.5000", "25.410,5"), ("0.0100", "0,01"), ("100", "100")],
)
def test_a_rate_is_shown_without_noughts_nobody_wrote(rate, shown):
    with translation.override("vi"):
        assert rate_in_figures(Decimal(rate)) == shown
