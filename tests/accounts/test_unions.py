import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity
from tests.factories import DelegationFactory, UnionFactory, UserFactory
from unionrelations.accounts.models import Union, UnionSuccession, User
from unionrelations.accounts.roles import actions

pytestmark = pytest.mark.django_db


def test_a_union_reads_what_is_below_it_and_not_what_is_above_or_beside():
    centre = UnionFactory()
    province, beside = UnionFactory(parent=centre), UnionFactory(parent=centre)
    district = UnionFactory(parent=province)
    for union in (centre, province, district, beside):
        DelegationFactory(unions=[(union, 1)], title=union.code)
    seen = Activity.objects.visible_to(UserFactory(union=province))
    assert {one.title for one in seen} == {province.code, district.code}


def test_a_code_of_digits_never_reaches_a_union_whose_number_only_begins_alike():
    unions = [UnionFactory() for _ in range(12)]
    for union in unions:
        assert list(Union.objects.under(union)) == [union]


def test_a_branch_that_moves_takes_its_activities_along():
    old, new = UnionFactory(), UnionFactory()
    moved = UnionFactory(parent=old)
    below = UnionFactory(parent=moved)
    trip = DelegationFactory(unions=[(below, 4)])
    moved.parent = new
    moved.save()
    below.refresh_from_db()
    assert below.ancestor_ids() == [new.pk, moved.pk]
    assert set(trip.scopes.values_list("union_id", flat=True)) == {new.pk, moved.pk, below.pk}


def test_a_union_does_not_stand_below_itself():
    top = UnionFactory()
    below = UnionFactory(parent=top)
    top.parent = below
    with pytest.raises(ValidationError):
        top.full_clean()


def test_only_a_dissolution_has_no_heir():
    old, heir = UnionFactory(), UnionFactory()
    UnionSuccession(predecessor=old, kind="dissolution", day="2025-07-01").full_clean()
    UnionSuccession(predecessor=old, successor=heir, kind="consolidation", day="2025-07-01").full_clean()
    for wrong in (
        UnionSuccession(predecessor=old, kind="absorption", day="2025-07-01"),
        UnionSuccession(predecessor=old, successor=heir, kind="dissolution", day="2025-07-01"),
        UnionSuccession(predecessor=old, successor=old, kind="renaming", day="2025-07-01"),
    ):
        with pytest.raises(ValidationError):
            wrong.full_clean()


def test_a_person_without_a_union_sees_no_record_of_any_and_a_superuser_without_one_sees_all():
    DelegationFactory(unions=[(UnionFactory(), 1)])
    assert not Activity.objects.visible_to(UserFactory(union=None)).exists()
    assert Activity.objects.visible_to(UserFactory(union=None, is_superuser=True)).count() == 1
    assert not Activity.objects.visible_to(UserFactory(is_superuser=True)).exists()


def test_a_closed_account_sees_nothing():
    union = UnionFactory()
    DelegationFactory(unions=[(union, 1)])
    assert not Activity.objects.visible_to(UserFactory(union=union, is_active=False)).exists()


@pytest.mark.parametrize(
    ("role", "model", "may"),
    [
        ("administrator", "user", {"view", "add", "change", "delete"}),
        ("officer", "user", set()),
        ("officer", "union", {"view"}),
        ("officer", "delegation", {"view", "add", "change", "delete"}),
        ("leader", "delegation", {"view"}),
        ("auditor", "delegation", {"view"}),
        ("auditor", "auditrun", set()),
    ],
)
def test_each_role_may_do_what_its_work_needs_and_no_more(role, model, may):
    assert actions(role, "accounts" if model in ("user", "union") else "activities", model) == may


def test_permissions_follow_the_role():
    officer, leader = UserFactory(role=User.Role.OFFICER), UserFactory(role=User.Role.LEADER)
    assert officer.has_perm("activities.add_delegation")
    assert not officer.has_perm("accounts.add_user")
    assert leader.has_perm("activities.view_delegation")
    assert not leader.has_perm("activities.add_delegation")
    assert not leader.is_staff
