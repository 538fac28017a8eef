"""Money is summed by currency and read by whose it is; promises are late by the day that is handed in."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from activities.models import Cost, FollowUp
from tests import factories as make

DAY = dt.date(2023, 6, 15)


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def trip(union):
    return make.DelegationFactory(unions=[(union, 5)]).activity_ptr


def cost(activity, union, **more):
    return Cost.objects.create(**{"activity": activity, "union": union, "item": "Vé máy bay", "estimate": 100} | more)


def test_sums_stay_within_their_currency(trip, union):
    cost(trip, union, estimate=Decimal("12000000.50"), settlement=Decimal("11500000.25"))
    cost(trip, union, estimate=3_000_000, settlement=None)
    cost(trip, union, estimate=None, settlement=Decimal("250.10"), currency="USD", rate=24_500)
    assert Cost.objects.all().sums() == [
        ("USD", None, Decimal("250.10"), 0),
        ("VND", Decimal("15000000.50"), Decimal("11500000.25"), 1),
    ]


def test_money_is_read_by_the_union_it_is_of_and_those_above(union):
    above, beside = make.UnionFactory(code="tren"), make.UnionFactory(code="ben")
    union.parent = above
    union.save()
    joint = make.DelegationFactory(unions=[(union, 5), (beside, 2)]).activity_ptr
    cost(joint, union)
    promise = FollowUp.objects.create(activity=joint, what="Gửi tài liệu")
    readers = {one.code: make.UserFactory(union=one) for one in (above, union, beside)}
    seen = {code: Cost.objects.visible_to(reader).count() for code, reader in readers.items()}
    assert seen == {"tren": 1, "vuit": 1, "ben": 0}
    assert all(promise in FollowUp.objects.visible_to(reader) for reader in readers.values())
    assert not FollowUp.objects.visible_to(make.UserFactory()).exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"estimate": None}, "Write the estimate, the settlement or both."),
        ({"estimate": -1}, "An amount of money is not below 0."),
        ({"currency": "usd"}, "A currency is written with three capitals, such as VND, USD or EUR."),
        ({"rate": 24_500}, "A rate stands above 0 and beside a foreign currency only; đồng needs none."),
        ({"rate": 0, "currency": "USD"}, "A rate stands above 0 and beside a foreign currency only; đồng needs none."),
    ],
)
def test_a_wrong_cost_is_refused_by_the_form_s_sentence_and_by_the_database(trip, union, wrong, sentence):
    one = Cost(**{"activity": trip, "union": union, "item": "Khách sạn", "estimate": 5} | wrong)
    with translation.override("en"):
        with pytest.raises(ValidationError) as refused:
            one.full_clean()
        assert sentence in refused.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_a_promise_is_late_the_day_after_it_was_due_until_it_is_done(trip):
    promise = FollowUp.objects.create(activity=trip, what="Gửi tài liệu", due_on=DAY)
    FollowUp.objects.create(activity=trip, what="Mời sang thăm")
    after = DAY + dt.timedelta(days=1)
    assert not promise.is_late(DAY)
    assert promise.is_late(after)
    assert list(FollowUp.objects.all().late(after)) == [promise]
    promise.done_on = after
    promise.save()
    assert not promise.is_late(after)
    assert not FollowUp.objects.all().late(after).exists()


# --- Spent more than estimated


def refused(one) -> dict:
    try:
        one.full_clean()
    except ValidationError as why:
        return why.message_dict
    return {}


@pytest.mark.parametrize(
    ("estimate", "settlement", "reason", "asks"),
    [
        (100, 101, "", True),
        (100, 101, "   ", True),
        (100, 101, "Vé tăng giá", False),
        (100, 100, "", False),
        (100, 99, "", False),
        (None, 500, "", False),
        (100, None, "", False),
        (0, Decimal("0.01"), "", True),
    ],
)
def test_more_spent_than_estimated_needs_a_reason(trip, union, estimate, settlement, reason, asks):
    one = Cost(activity=trip, union=union, item="Vé", estimate=estimate, settlement=settlement, over_reason=reason)
    assert ("over_reason" in refused(one)) == asks


def test_an_item_kept_before_the_house_asked_is_asked_only_once_an_amount_changes(trip, union):
    old = cost(trip, union, estimate=100, settlement=150)
    old = Cost.objects.get(pk=old.pk)
    old.note = "Đã đối chiếu"
    assert refused(old) == {}
    old.settlement = 160
    assert "over_reason" in refused(old)
    old.over_reason = "Thêm một người"
    assert refused(old) == {}


def test_who_pays_is_one_and_a_day_is_of_a_rate(trip, union):
    partner = make.PartnerFactory()
    both = {"payer_union": union, "payer_partner": partner}
    dated = {"rate_day": DAY}
    said = {"rate_source": "Vietcombank"}
    for wrong in (both, dated, said):
        one = Cost(activity=trip, union=union, item="Vé", estimate=1, currency="USD", **wrong)
        assert refused(one)
        with pytest.raises(IntegrityError), transaction.atomic():
            one.save()
    fine = Cost(activity=trip, union=union, item="Vé", estimate=1, currency="USD", rate=25_000, **dated, **said)
    fine.payer_partner = partner
    assert refused(fine) == {}
    assert fine.payer == partner


def test_the_sum_in_dong_stands_only_where_every_part_has_a_rate(trip, union):
    cost(trip, union, estimate=1_000_000)
    dollars = cost(trip, union, estimate=Decimal("10.10"), currency="USD")
    assert Cost.objects.all().total("estimate").in_dong is None
    dollars.rate = Decimal("25410.5")
    dollars.save()
    assert Cost.objects.all().total("estimate").in_dong == Decimal("1256646.05")
    assert Cost.objects.all().total("settlement").parts == 0
