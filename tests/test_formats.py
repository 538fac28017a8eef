"""Dates and numbers as readers in Vietnam write them, in both languages."""

import datetime as dt

import pytest
from django import forms
from django.utils import formats, translation


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("02/03/2026", dt.date(2026, 3, 2)),
        ("31/12/2026", dt.date(2026, 12, 31)),
        ("2-3-2026", dt.date(2026, 3, 2)),
        ("02.03.2026", dt.date(2026, 3, 2)),
        ("2026-03-02", dt.date(2026, 3, 2)),
    ],
)
def test_the_day_comes_first(language, typed, meant):
    with translation.override(language):
        assert forms.DateField().clean(typed) == meant


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_month_first_date_is_refused(language):
    with translation.override(language), pytest.raises(forms.ValidationError):
        forms.DateField().clean("12/31/2026")


@pytest.mark.parametrize(
    ("language", "day", "number"), [("vi", "02/03/2026", "1.234.567,5"), ("en", "2 Mar 2026", "1,234,567.5")]
)
def test_printed(language, day, number):
    with translation.override(language):
        assert formats.date_format(dt.date(2026, 3, 2)) == day
        assert formats.localize(1234567.5) == number
