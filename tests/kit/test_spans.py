"""What the words of an address mean on a day that is handed in."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionrelations.kit.periods import Period
from unionrelations.kit.spans import COUNTED, Spans

DAY = dt.date(2024, 2, 29)
TERMS = [
    ("2023-2028", Period(dt.date(2023, 12, 3), None)),
    ("2018-2023", Period(dt.date(2018, 9, 26), dt.date(2023, 12, 2))),
]


def on(day, terms=TERMS):
    return Spans(day, lambda code: terms)


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("this-month", "2024-02-01", "2024-02-29"),
        ("this-year", "2024-01-01", "2024-12-31"),
        ("last-year", "2023-01-01", "2023-12-31"),
        ("last-30-days", "2024-01-31", "2024-02-29"),
        ("last-90-days", "2023-12-02", "2024-02-29"),
        ("next-30-days", "2024-02-29", "2024-03-29"),
        ("preceding-term", "2018-09-26", "2023-12-02"),
        ("2018-2023", "2018-09-26", "2023-12-02"),
    ],
)
def test_a_word_means_days_counted_from_the_day_handed_in(word, first, last):
    period = on(DAY).period(word)
    assert (period.start.isoformat(), period.end.isoformat()) == (first, last)


def test_this_term_runs_on_while_its_last_day_is_unknown():
    assert on(DAY).period("this-term") == TERMS[0][1]


def test_a_word_keeps_its_meaning_as_days_pass():
    assert on(dt.date(2020, 1, 1)).period("this-term") == TERMS[1][1]
    assert on(dt.date(2020, 1, 1)).period("preceding-term") is None
    assert on(dt.date(2010, 1, 1)).period("this-term") is None


def test_between_two_terms_the_last_one_is_the_preceding():
    ended = [TERMS[1]]
    assert on(DAY, ended).period("this-term") is None
    assert on(DAY, ended).period("preceding-term") == TERMS[1][1]


@given(st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31)))
def test_so_many_days_are_so_many_and_touch_the_day(day):
    for word in COUNTED:
        period = on(day).period(word)
        if word.endswith("-days"):
            assert period.days == int(word.split("-")[1])
            assert day in (period.start, period.end)
        elif word.startswith("this"):
            assert day in period


def test_every_word_on_offer_means_something_or_a_term():
    offered = [word for _group, words in on(DAY).choices() for word, _label in words]
    assert all(on(DAY).period(word) for word in offered)
    assert {"this-term", "2018-2023", *COUNTED} <= set(offered)


def test_without_a_day_no_word_means_anything():
    assert (Spans().period("this-year"), Spans().choices()) == (None, [])


def test_terms_are_read_once_and_only_for_a_word_of_terms():
    read = []
    spans = Spans(DAY, lambda code: read.append(code) or TERMS)
    spans.period("this-year")
    assert read == []
    spans.period("this-term"), spans.period("2018-2023"), spans.choices()
    assert read == [""]
