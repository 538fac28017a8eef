"""Each rule of the models says its own sentence, and the database keeps it where a form is not asked."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from activities.models import Delegation, Paper, ReportedFigure, SourceLink, Term, UnionRole
from partners.models import AgreementParty
from tests.factories import (
    AgreementFactory,
    DelegationFactory,
    DocumentFactory,
    FigureFactory,
    TermFactory,
    UnionFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 6, 12)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def refused(record, saying):
    with pytest.raises(ValidationError) as problem:
        record.full_clean()
    assert saying in str(problem.value)


def test_a_trip_does_not_end_before_it_starts():
    trip = Delegation(title="x", direction="out", starts_on=DAY, ends_on=DAY - dt.timedelta(days=1))
    refused(trip, "The last day lies before the first")
    with pytest.raises(IntegrityError), transaction.atomic():
        trip.save()


def test_a_window_needs_both_its_ends():
    refused(Delegation(title="x", direction="out", starts_on=DAY, precision="span"), "needs the last day")


@pytest.mark.parametrize("people", [-1, 100_000, 10_000_000_000])
def test_a_headcount_is_within_reason(people):
    role = UnionRole(activity=DelegationFactory(), union=UnionFactory(), people=people)
    with pytest.raises(ValidationError):
        role.full_clean()
    with pytest.raises((IntegrityError, OverflowError, Exception)), transaction.atomic():
        role.save()


def test_an_outbound_trip_has_no_guests():
    refused(Delegation(title="x", direction="out", starts_on=DAY, guests=3), "has no guests")


def test_off_plan_needs_a_reason():
    refused(Delegation(title="x", direction="out", starts_on=DAY, on_plan=False), "write the reason")


def test_a_second_union_with_the_same_code_is_told_so():
    union = UnionFactory()
    refused(UnionFactory.build(code=union.code), "Another union already has this code")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (dt.date(2023, 12, 2), None),
        (dt.date(2010, 1, 1), dt.date(2018, 9, 26)),
        (dt.date(2010, 1, 1), None),
        (dt.date(2020, 1, 1), dt.date(2020, 1, 2)),
    ],
)
def test_terms_of_a_union_do_not_overlap(first, last):
    term = TermFactory()
    other = Term(union=term.union, name="2030-2035", first_day=first, last_day=last)
    refused(other, "overlap another term")
    other.union = UnionFactory()
    other.full_clean()


def test_terms_that_touch_do_not_overlap():
    term = TermFactory()
    Term(union=term.union, name="2023-2028", first_day=dt.date(2023, 12, 3)).full_clean()
    term.full_clean()


@pytest.mark.postgres
def test_postgresql_keeps_terms_apart_even_where_no_form_asks():
    assert connection.vendor == "postgresql"
    term = TermFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(union=term.union, name="2030-2035", first_day=dt.date(2023, 1, 1))


def test_an_activity_has_one_lead_and_a_union_takes_part_once():
    union = UnionFactory()
    trip = DelegationFactory(unions=[(union, 3)])
    refused(UnionRole(activity=trip, union=UnionFactory(), part="lead"), "already leads")
    refused(UnionRole(activity=trip, union=union, part="cooperating"), "already listed")


def test_an_activity_is_no_part_of_its_own_part():
    whole = DelegationFactory()
    part = DelegationFactory(part_of=whole)
    whole.part_of = part
    refused(whole, "itself part of this one")


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [("exact", 6, 7), ("exact", None, None), ("gt", 6, 6), ("lt", 6, None), ("vague", 100, None), ("approx", 1, None)],
)
def test_bounds_fit_the_qualifier(qualifier, low, high):
    refused(
        FigureFactory.build(qualifier=qualifier, low=low, high=high, document=DocumentFactory(), union=UnionFactory()),
        "do not fit the qualifier",
    )


def test_a_qualifier_never_becomes_a_number():
    values = {"exact": (6, 6), "gt": (6, None), "lt": (None, 6), "approx": (6, 6), "vague": (None, None)}
    exact = {
        name: ReportedFigure(qualifier=name, low=low, high=high).exact_value for name, (low, high) in values.items()
    }
    assert exact == {"exact": 6, "gt": None, "lt": None, "approx": None, "vague": None}


def test_a_source_belongs_to_exactly_one_record():
    document, trip, union = DocumentFactory(), DelegationFactory(), UnionFactory()
    refused(SourceLink(document=document, place="đoạn 1"), "exactly one record")
    refused(SourceLink(document=document, place="đoạn 1", activity=trip, union=union), "exactly one record")
    SourceLink(document=document, place="đoạn 1", activity=trip).full_clean()


def test_a_party_is_a_union_or_a_partner():
    refused(AgreementParty(agreement=AgreementFactory()), "either a union of ours or a partner")


def test_a_paper_says_something():
    refused(Paper(activity=DelegationFactory(), kind="request"), "number, its day or its file")


def test_half_a_period_is_no_period():
    refused(DocumentFactory.build(first_day=DAY), "need a first and a last")
    refused(DocumentFactory.build(last_day=DAY), "need a first and a last")
    refused(AgreementFactory.build(signed_from=None, signed_to=DAY), "or the first is missing")
