"""The house's own narrative is read back to its figures, in both languages, with the report's period and union."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from activities.prose import UnionNames, read_report
from activities.reports.narrative import paragraph
from activities.reports.reports import Report
from tests.factories import UnionFactory
from tests.reports.sentences import found, said_of
from tests.reports.test_counting_properties import on_random_worlds
from tests.reports.worlds import built, periods, plans
from unionrelations.accounts.models import Union

LANGUAGES = ["vi", "en"]
WHO = ["Công đoàn Công Thương Việt Nam", "LĐLĐ TP. Hồ Chí Minh", "Vietnam Education Union"]
YEARS = {
    "Trong kỳ 2018–2023": (date(2018, 1, 1), date(2023, 12, 31)),
    "Trong kỳ 26/9/2018 – 2/12/2023": (date(2018, 9, 26), date(2023, 12, 2)),
    "In the period 26/9/2018 – 2/12/2023": (date(2018, 9, 26), date(2023, 12, 2)),
    "In the year 2022": (date(2022, 1, 1), date(2022, 12, 31)),
    "Trong tháng 10/2022": (date(2022, 10, 1), date(2022, 10, 31)),
}


def owed(some) -> dict:
    return {code: (value, "gt" if at_least else "exact") for code, (value, at_least) in said_of(some).items()}


def told(text: str, **given) -> dict:
    figures = read_report(text, **given).figures
    assert len({one.indicator for one in figures}) == len(figures)
    for one in figures:
        assert text[one.start : one.end] == one.words
        assert not one.planned
    return {one.indicator: (one.low, one.qualifier) for one in figures}


@given(found(), st.sampled_from(LANGUAGES), st.sampled_from(list(YEARS)), st.sampled_from(WHO), st.booleans())
def test_any_values_are_read_back(some, language, when, who, published):
    with translation.override(language):
        text = paragraph(some, when=when, who=who, published=published)
    assert told(text) == owed(some)
    for one in read_report(text).figures:
        assert (one.period.first, one.period.last) == YEARS[when]
        assert one.organisation == who


@pytest.mark.django_db
@on_random_worlds
@given(plans, periods(), st.sampled_from(LANGUAGES))
def test_the_reports_of_any_world_are_read_back_with_their_union_and_period(plan, period, language):
    with built(plan) as world, translation.override(language):
        names = UnionNames.of(Union.objects.all())
        for code, under in (("root", True), ("a", False)):
            report = Report.of_days(world.unions[code], period, under=under)
            counted = report.narrative.split("\n\n")[0]
            findings = {one.indicator.code.value: one.finding for one in report.figures}
            assert told(counted, unions=names) == owed(findings)
            for one in read_report(counted, unions=names).figures:
                assert (one.period.first, one.period.last) == (period.start, period.end)
                assert one.union == world.unions[code].code


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Chưa rõ số lượt cán bộ của 2 đoàn ra; số học viên của 3 lớp đào tạo.",
                                  "Not known: the person-trips of 2 outbound delegations."])  # fmt: skip
def test_what_is_missing_is_no_figure(text):
    assert read_report(text, unions=UnionNames.of([UnionFactory()])).figures == ()
