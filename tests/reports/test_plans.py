"""A plan beside what became of it: what adds up, what is unknown, and that every number is its rows for each reader."""

import datetime as dt
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from activities.entities import PLAN_LINES
from activities.models import Cost, LineStep, PlanLine, Realisation, UnionRole
from activities.reports.plans import Beside
from tests import factories as make
from tests.plans import a_house, became, line_of
from tests.reports.worlds import on_random_worlds
from unionrelations.web.records.plans import Asked, addresses

pytestmark = pytest.mark.django_db
STATUSES = ("planned", "approved", "held", "postponed", "cancelled", "something_new", "refused")


@pytest.fixture
def house():
    return a_house()


def beside(plan, reader) -> Beside:
    return Beside(PLAN_LINES.queryset(reader).filter(plan=plan).order_by("pk"))


def rows_behind(address: str, reader) -> list[PlanLine]:
    """The rows of the list that a number opens, as this reader sees it."""
    request = RequestFactory().get(address)
    request.user = reader
    query = QueryDict(mutable=True)
    query.update(dict(parse_qsl(urlsplit(address).query)))
    filterset = PLAN_LINES.filterset(query, queryset=PLAN_LINES.queryset(reader), request=request)
    assert filterset.is_valid(), filterset.errors
    return list(filterset.qs)


planned = st.builds(
    dict,
    quarter=st.integers(0, 4),
    people=st.none() | st.integers(0, 50),
    estimate=st.none() | st.integers(0, 900),
    currency=st.sampled_from(["VND", "USD"]),
    refusal=st.sampled_from(["", "", "Không"]),
)
result = st.builds(
    dict,
    status=st.sampled_from(STATUSES),
    people=st.none() | st.integers(0, 40),
    spent=st.none() | st.integers(0, 900),
    currency=st.sampled_from(["VND", "USD"]),
    starts_on=st.dates(dt.date(2026, 1, 1), dt.date(2027, 3, 1)),
)


@on_random_worlds
@given(st.lists(st.tuples(planned, st.lists(result, max_size=3)), min_size=1, max_size=6))
def test_parts_add_up_to_the_whole_and_every_number_is_its_rows(drawn):
    with transaction.atomic():
        _adds_up(drawn)
        transaction.set_rollback(True)


def _adds_up(drawn):
    house = a_house()
    plan = house.plan()
    for number, (says, results) in enumerate(drawn):
        line = line_of(plan, f"Việc {number}", **says)
        for one in results:
            became(line, **one)
    whole = beside(plan, house.officer)
    assert whole.held + whole.outstanding + whole.dropped == len(whole) == len(drawn)
    for name in ("held", "outstanding", "dropped", "people_unsaid", "lines_missing_people", "unestimated"):
        assert sum(getattr(slot.share, name) for slot in whole.slots) == getattr(whole, name)
    assert sum(len(slot.share) for slot in whole.slots) == len(whole)
    for name in ("people", "people_brought"):
        known = [getattr(slot.share, name) for slot in whole.slots if getattr(slot.share, name) is not None]
        assert (sum(known) if known else None) == getattr(whole, name)
    for name in ("held", "lines_missing_people"):
        assert sum(getattr(slot.results, name) for slot in whole.slots) == getattr(whole, name)
    assert sum(len(slot.results) for slot in whole.slots) == len(whole)
    for reader in (house.officer, house.leader_above):
        _opens_its_rows(plan, reader)


def _opens_its_rows(plan, reader):
    whole, ask = beside(plan, reader), Asked(plan=plan.pk)
    parts = [(slot.share, {"quarter": slot.key}) for slot in whole.slots]
    parts += [(slot.results, {"held_in": slot.key}) for slot in whole.slots]
    for share, of in [(whole, {}), *parts]:
        to = addresses(ask, **of)
        assert len(rows_behind(to["lines"], reader)) == len(share)
        if not len(share):
            continue  # every other address asks for some of these lines
        for name in ("held", "outstanding", "dropped"):
            assert len(rows_behind(to[name], reader)) == getattr(share, name), name
        assert len(rows_behind(to["unsaid"], reader)) == share.people_unsaid
        assert len(rows_behind(to["missing"], reader)) == share.lines_missing_people
        brought = [one.people_brought for one in rows_behind(to["in_fact"], reader)]
        known = [one for one in brought if one is not None]
        assert (sum(known) if known else None) == share.people_brought
        people = [one.people for one in rows_behind(to["planned"], reader) if one.people is not None]
        assert (sum(people) if people else None) == share.people
        for one in share.money:
            rows = rows_behind(ask.url(**of, estimated=one.currency), reader)
            assert Cost.total(row.estimate for row in rows) == one.estimate
            rows = rows_behind(ask.url(**of, spent=one.currency), reader)
            assert Cost.total(row.spent[one.currency] for row in rows) == one.spent


@pytest.mark.parametrize(
    ("days", "quarter"),
    [
        ({"starts_on": dt.date(2026, 6, 28), "ends_on": dt.date(2026, 7, 3)}, dt.date(2026, 4, 1)),
        ({"starts_on": dt.date(2027, 1, 5)}, dt.date(2027, 1, 1)),
        (
            {"starts_on": dt.date(2026, 4, 1), "ends_on": dt.date(2026, 6, 30), "precision": "quarter"},
            dt.date(2026, 4, 1),
        ),
        ({"starts_on": dt.date(2026, 6, 1), "ends_on": dt.date(2026, 7, 31), "precision": "span"}, None),
        ({"starts_on": dt.date(2026, 6, 1), "status": "approved"}, None),
    ],
)
def test_results_stand_in_the_quarter_they_began_in_and_nowhere_else(house, days, quarter):
    plan = house.plan()
    became(line_of(plan, "Thăm Lào", quarter=1, people=6), people=4, spent=70, **days)
    whole = beside(plan, house.officer)
    (planned,) = [one for one in whole.slots if len(one.share)]
    (held,) = [one for one in whole.slots if len(one.results)]
    assert (planned.quarter, held.quarter) == (dt.date(2026, 1, 1), quarter)
    assert held.results.money[0].spent == 70
    key = held.key
    assert len(rows_behind(Asked(plan=plan.pk).url(held_in=key), house.officer)) == 1
    assert len(rows_behind(Asked(plan=plan.pk).url(held_in="2026-4"), house.officer)) == 0


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        ([], "outstanding"),
        ([{"status": "planned"}], "outstanding"),
        ([{"status": "under_way"}], "outstanding"),
        ([{"status": "held"}, {"status": "cancelled"}], "held"),
        ([{"status": "cancelled"}], "dropped"),
        ([{"status": "refused"}], "dropped"),
        ([{"status": "cancelled"}, {"status": "approved"}], "outstanding"),
        ([{"status": "postponed"}], "outstanding"),
        ([{"status": "postponed", "starts_on": dt.date(2027, 1, 1)}], "dropped"),
        ([{"status": "postponed", "starts_on": dt.date(2026, 12, 31)}], "outstanding"),
    ],
)
def test_what_became_of_a_line_is_exactly_one_of_three(house, results, outcome):
    line = line_of(house.plan())
    for one in results:
        became(line, **one)
    assert PlanLine.objects.with_outcome().get().outcome == outcome


def test_a_line_that_was_held_though_it_was_refused_is_held(house):
    became(line_of(house.plan(), refusal="Không"))
    assert PlanLine.objects.with_outcome().get().outcome == "held"


@pytest.mark.parametrize(("steps", "outcome"), [((100, 100), "held"), ((100, 99), "outstanding"), ((), "outstanding")])
def test_a_line_of_steps_is_done_when_all_its_steps_are(house, steps, outcome):
    line = line_of(house.plan())
    for percent in steps:
        LineStep.objects.create(line=line, what=f"Bước {percent}", percent=percent)
    assert PlanLine.objects.with_outcome().get().outcome == outcome


def test_unknown_is_unknown_and_never_nought(house):
    plan = house.plan()
    became(line_of(plan, people=None, estimate=None), people=None)
    whole = beside(plan, house.officer)
    assert (whole.people, whole.people_brought, whole.money) == (None, None, [])
    assert (whole.people_unsaid, whole.lines_missing_people) == (1, 1)


def test_currencies_are_never_added_up(house):
    plan = house.plan()
    became(line_of(plan, estimate=100, currency="USD"), spent=7, currency="VND")
    told = {one.currency: (one.estimate, one.spent) for one in beside(plan, house.officer).money}
    assert told == {"USD": (Decimal(100), None), "VND": (None, Decimal(7))}


def test_money_of_another_union_in_the_same_activity_is_not_the_plans(house):
    plan = house.plan()
    trip = became(line_of(plan), spent=5)
    other = make.UnionFactory(code="khac", parent=house.above)
    UnionRole.objects.create(activity=trip.activity_ptr, union=other, part="cooperating", people=9)
    Cost.objects.create(activity=trip.activity_ptr, union=other, item="Vé", settlement=1000)
    for reader in (house.officer, house.leader_above):
        whole = beside(plan, reader)
        assert [(one.currency, one.spent) for one in whole.money] == [("VND", Decimal(5))]
        assert whole.people_brought == 3


def test_an_activity_the_union_no_longer_takes_part_in_is_not_counted(house):
    plan = house.plan()
    trip = became(line_of(plan))
    other = make.UnionFactory(code="khac", parent=house.above)
    UnionRole.objects.filter(activity=trip.activity_ptr).delete()
    UnionRole.objects.create(activity=trip.activity_ptr, union=other, people=9)
    for reader in (house.officer, house.leader_above):
        whole = beside(plan, reader)
        assert (whole.held, whole.people_brought) == (0, None)


def test_what_a_union_below_did_realises_the_plan_above_it(house):
    plan = house.plan()
    became(line_of(plan), house.below, people=4)
    assert (beside(plan, house.officer).held, beside(plan, house.officer).people_brought) == (1, 4)


def test_guests_count_for_an_inbound_line_and_trainees_for_a_course(house):
    plan = house.plan()
    visit = make.DelegationFactory(direction="in", guests=8, unions=[(house.union, 2)])
    course = make.CourseFactory(trainees_ours=20, unions=[(house.union, 1)])
    for title, one in (("Đón", visit), ("Lớp", course)):
        Realisation.objects.create(line=line_of(plan, title, direction="", kind=""), activity=one.activity_ptr)
    assert [one.people_brought for one in beside(plan, house.officer).lines] == [8, 20]


def test_whoever_has_the_plan_handed_down_learns_neither_money_nor_results(house):
    plan = house.plan(state="approved")
    line = line_of(plan, estimate=5, people=6)
    became(line, spent=4)
    reader = house.officer_below
    (row,) = rows_behind("/plan-lines/", reader)
    assert (row.in_reach, row.people) == (False, 6)
    for asked in ("outcome=held", "outcome=outstanding", "estimated=VND", "spent=VND", "brought=unknown"):
        assert rows_behind(f"/plan-lines/?{asked}", reader) == []
    became(line_of(plan, "Khác"), status="planned")
    assert rows_behind("/plan-lines/?outcome=outstanding", reader) == []


def test_nothing_moves_for_a_reader_outside_the_unions_reach(house):
    stranger = make.UserFactory(union=make.UnionFactory(code="la", parent=house.above))
    plan = house.plan(state="approved")
    became(line_of(plan))
    assert rows_behind("/plan-lines/?year=2026", stranger) == []
    assert not PLAN_LINES.queryset(stranger).exists()


@pytest.mark.parametrize(("year", "titles"), [(2026, {"Quý", "Chưa rõ"}), (2027, {"Sau", "Chưa rõ"}), (2028, set())])
def test_a_line_is_of_its_year_and_of_each_it_may_be_of(house, year, titles):
    plan = house.plan(last_day=dt.date(2027, 12, 31))
    line_of(plan, "Quý", quarter=3)
    line_of(plan, "Sau", starts_on=dt.date(2027, 2, 1))
    line_of(plan, "Chưa rõ")
    assert {one.title for one in PlanLine.objects.of_year(year)} == titles
