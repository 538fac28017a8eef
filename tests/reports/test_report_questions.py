"""A report asks the database as many questions whatever the data: few unions and partners, or many."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Cost
from activities.reports.composing import compose
from activities.reports.questions import Question, Rule
from activities.reports.reports import Report
from tests import factories as make
from tests.doors import enter
from unionrelations.accounts.models import Union, UnionSuccession
from unionrelations.kit.periods import Period

YEARS = Period(dt.date(2018, 9, 26), dt.date(2023, 12, 2))
FEW, MANY = 3, 24
REGIONS = ("asean", "europe", "africa", "oceania")


def world(number: int) -> Union:
    """The confederation with so many unions, each with partners, countries, courses, money and figures of its own."""
    top = make.UnionFactory(code="top")
    make.TermFactory(union=top, first_day=YEARS.start, last_day=YEARS.end)
    below = [make.UnionFactory(code=f"below-{one}", parent=top) for one in range(number)]
    for place, union in enumerate(below):
        code = f"{chr(65 + place)}Z"
        country = make.CountryFactory(code=code, name=code, name_en=code, region=REGIONS[place % 4])
        partner = make.PartnerFactory(country=country)
        met = {"partners": [partner], "countries": [country], "starts_on": dt.date(2019 + place % 4, 1 + place % 12, 1)}
        trip = make.DelegationFactory(unions=[(union, 2), (top, None)], **met)
        make.ConferenceFactory(unions=[(union, 1)], format="forum", **met)
        make.CourseFactory(unions=[(union, None)], cohort=str(place), **met)
        make.AgreementFactory(unions=[union], partners=[partner])
        for indicator in ("delegations_out", "partners", "countries", "agreements_signed"):
            for one in (union, top):
                days = {"first_day": dt.date(2019, 1, 1 + place), "last_day": dt.date(2020 + place % 3, 12, 31)}
                make.FigureFactory(union=one, indicator=indicator, **days)
        Cost.objects.create(activity_id=trip.pk, union=union, item="Vé", settlement=1, currency=f"{code}D")
    UnionSuccession.objects.create(predecessor=below[0], successor=below[1], kind="absorption", day=YEARS.end)
    return top


def counted(work) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def asked_of(top: Union) -> dict[str, int]:
    """How many questions each way of saying the whole report asks."""
    whole = Question(top, YEARS, under=True)
    term = top.terms.get()
    browser = enter(make.UserFactory(union=top))
    address = Report.of_term(top, term, under=True).url
    browser.get(address)
    return {
        "json": counted(lambda: Report(whole, term=term).as_json()),
        "as organised today": counted(lambda: Report(whole.but(organised_on=dt.date(2024, 1, 1))).as_json()),
        "other rule": counted(lambda: Report(whole.but(rule=Rule.END)).as_json()),
        "file": counted(lambda: compose(Report(whole, term=term))),
        "page": counted(lambda: browser.get(address)),
        "page as json": counted(lambda: browser.get(f"{address}&format=json")),
    }


@pytest.mark.one_database
@pytest.mark.django_db
def test_the_whole_confederation_is_told_in_as_many_questions_whatever_the_data():
    few = asked_of(world(FEW))
    for union in Union.objects.all():
        union.code = f"old-{union.code}"
        union.save()
    many = asked_of(world(MANY))
    assert many == few
    assert max(few.values()) < 90
