"""The corpus can tell right from wrong: facts of stored records are told, and a difference is found and said."""

import datetime as dt

import pytest

from activities.models import Cost, Paper
from tests import factories as make
from tests.seeded import seed
from unionrelations.accounts.models import Union

from .expectations import expectations
from .facts import MODELS, differences, facts_of, unmatched
from .given import give


@pytest.fixture
def trip(db):
    union = make.UnionFactory(code="ha-tinh")
    trip = make.DelegationFactory(
        title="Đoàn đi Lào",
        unions=[(union, 6)],
        partners=[make.PartnerFactory(name="Công đoàn Lào")],
        countries=[make.CountryFactory()],
        content="Trao đổi kinh nghiệm",
    )
    make.MemberFactory(activity=trip, name="Lê Văn An", is_head=True)
    Paper.objects.create(activity=trip, kind="request", number="12/TTr", day=dt.date(2022, 1, 5))
    Cost.objects.create(activity=trip, union=union, item="Chuyến đi", estimate=85_000_000, source="state")
    return trip


def test_facts_that_are_so_show_no_difference(trip):
    expected = {
        "title": "đoàn đi lào",
        "head": "Lê Văn An",
        "people": 6,
        "countries": ["LA"],
        "partners": ["Công đoàn Lào"],
        "papers": [{"kind": "request", "number": "12/TTr", "day": dt.date(2022, 1, 5)}],
        "money": [[85000000, "VND", "state"]],
        "keeps": ["kinh nghiệm", "Công đoàn Lào"],
        "content_has": "trao doi",
        "countries_include": [],
        "guests": None,
    }
    assert differences(expected, facts_of(trip)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("head", "Lê Văn Ba"),
        ("people", None),
        ("countries", []),
        ("countries_include", ["TH"]),
        ("partners", ["Công đoàn Lào", "ILO"]),
        ("papers", []),
        ("papers", [{"number": "13/TTr"}]),
        ("money", [[85000000, "USD"]]),
        ("money", []),
        ("keeps", ["Thái Lan"]),
        ("guests", 6),
        ("starts_on", dt.date(2022, 3, 2)),
        ("no_such_fact", 1),
    ],
)
def test_a_fact_that_is_not_so_is_found(trip, name, value):
    assert len(differences({name: value}, facts_of(trip))) == 1


def test_two_expected_records_need_two_stored_ones(trip):
    one = {"head": "Lê Văn An"}
    assert unmatched([one], [facts_of(trip)]) == []
    assert len(unmatched([one, one], [facts_of(trip)])) == 1


@pytest.mark.django_db
def test_facts_can_be_told_of_every_kind_of_record():
    seed()
    for expected in expectations():
        for record in expected.given:
            give(expected.union, record)
    asked = {(one.kind, name) for one in expectations() for facts in one.stored for name in facts}
    for kind, model in MODELS.items():
        record = model.objects.first()
        told = facts_of(record) if record else {}
        for name in (name for of, name in asked if of == kind and told):
            assert name.removesuffix("_has").removesuffix("_include") in told


@pytest.mark.django_db
def test_every_union_named_is_there():
    seed()
    assert {one.union for one in expectations()} <= set(Union.objects.values_list("code", flat=True))
