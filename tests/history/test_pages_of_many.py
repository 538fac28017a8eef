"""The pages of a long history hold what the whole list holds, however few of its changes are looked at one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Cost, Member, Restriction, UnionRole
from partners.models import Partner
from tests import factories as make
from tests.history.worlds import House, person
from unionrelations.accounts.models import Union, User
from unionrelations.history import querysets
from unionrelations.history.models import Entry
from unionrelations.history.seeing import Seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """Rows that stand, that went, that moved to another record or another union, and what only named people read."""
    house = House()
    gone = make.UnionFactory(code="giai-the", parent=house.one)
    gone.delete()
    going = make.DelegationFactory(title="Đoàn bỏ", unions=[(house.one, 1), (house.other, 2)])
    make.MemberFactory(activity=going.activity_ptr)
    going.delete()
    Member.objects.filter(activity=house.joint.pk).delete()
    mine = make.MemberFactory(activity=house.mine.activity_ptr)
    Member.objects.filter(pk=mine.pk).update(activity=make.DelegationFactory(unions=[(house.other, 1)]).pk)
    UnionRole.objects.filter(activity=house.mine.pk).update(union=house.other)
    Cost.objects.filter(union=house.other).delete()
    secret = make.DelegationFactory(title="Đoàn kín", unions=[(house.one, 3)])
    make.MemberFactory(activity=secret.activity_ptr)
    Restriction(activity=secret.activity_ptr, set_by=person(house.one, User.Role.ADMINISTRATOR)).begin()
    Partner.objects.filter(pk=house.partners[1].pk).update(note="x")
    make.TermFactory(union=house.top)
    return house


def readers(house) -> list[User]:
    of_unions = [person(union, role) for union in (house.top, house.one, house.other) for role in User.Role]
    return [*of_unions, make.UserFactory(union=None, is_superuser=True), make.UserFactory(union=None)]


def asked(rows):
    """Whole lists, and what their filters make of them."""
    return [
        rows,
        rows.filter(what="deleted"),
        rows.filter(label="activities.member").exclude(what="made"),
        rows.of_union(Union.objects.get(code="mot"), under=True),
        rows.of_union(Union.objects.get(code="hai"), under=False),
        rows.bin(),
        rows.order_by("pk"),
        rows.none(),
    ]


ONE_BY_ONE = pytest.param((1, 2), 0, marks=pytest.mark.one_database)


@pytest.mark.parametrize(("looked_at", "few"), [ONE_BY_ONE, ((7,), 5000), ((4000, 16_000), 5000)], ids=str)
def test_its_pages_hold_what_the_whole_list_holds(house, monkeypatch, looked_at, few):
    monkeypatch.setattr(querysets, "LOOKED_AT", looked_at)
    monkeypatch.setattr(querysets, "LOOKED_AT_FROM_ABOVE", (3, *looked_at))
    monkeypatch.setattr(querysets, "FEW", few)
    number = 0
    for reader in (person(house.one), person(house.top, User.Role.ADMINISTRATOR), make.UserFactory(is_superuser=True)):
        for rows in asked(Entry.objects.visible_to(reader).for_reader(reader)):
            whole = list(rows)
            assert rows.part(5, 25) == whole[5:25]
            assert rows.part(0, len(whole) + 1) == whole
            number += len(whole)
    assert number > 200


def test_asked_one_by_one_a_reader_sees_the_same(house):
    for reader in readers(house):
        assert set(Entry.objects.few_visible_to(reader)) == set(Entry.objects.visible_to(reader))


def test_a_page_is_decided_for_the_next_changes_alone(house):
    """Of all of them it is asked only where those do not fill it."""
    reader = person(house.top)
    with CaptureQueriesContext(connection) as queries:
        assert len(Entry.objects.visible_to(reader).for_reader(reader).part(0, 3)) == 3
    deciding = [one["sql"] for one in queries if "EXISTS" in one["sql"]]
    assert len(deciding) == 1
    assert "BETWEEN" in deciding[0]


@pytest.mark.postgres
def test_a_page_lists_no_other_table_beforehand(house):
    """Of a table with a million rows the list alone would take longer than the page."""
    reader = person(house.one)
    partners = {"partners.partner"}
    with connection.cursor() as cursor:  # else it depends on when the tables were last looked at
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    assert "hashed SubPlan" in Entry.objects.filter(Seen(reader, partners)).explain()
    assert "hashed SubPlan" not in Entry.objects.few_visible_to(reader, labels=partners).explain()


def test_who_is_nobody_reads_nothing(house):
    inactive = make.UserFactory(union=house.top, is_active=False)
    assert not Entry.objects.visible_to(inactive).exists()
    assert not Entry.objects.few_visible_to(inactive).exists()
    assert Activity.objects.exists()
