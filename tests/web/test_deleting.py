import pytest

from activities.models import Delegation
from tests.factories import DelegationFactory, UnionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_nobody_takes_a_joint_activity_out_of_another_unions_figures(client):
    above = UnionFactory()
    one, other = UnionFactory(parent=above), UnionFactory(parent=above)
    trip = DelegationFactory(unions=[(one, 3), (other, 4)])
    client.force_login(UserFactory(union=one), backend="unionrelations.accounts.roles.RoleBackend")
    assert client.post(f"/delegations/{trip.pk}/delete/").status_code == 409
    assert Delegation.objects.filter(pk=trip.pk).exists()
    client.force_login(UserFactory(union=above), backend="unionrelations.accounts.roles.RoleBackend")
    assert client.post(f"/delegations/{trip.pk}/delete/").status_code == 302
    assert not Delegation.objects.filter(pk=trip.pk).exists()


def test_what_rests_on_a_record_is_named_before_it_goes(client):
    union = UnionFactory()
    whole = DelegationFactory(unions=[(union, 3)])
    part = DelegationFactory(unions=[(union, 3)], part_of=whole)
    client.force_login(UserFactory(union=union), backend="unionrelations.accounts.roles.RoleBackend")
    answer = client.post(f"/delegations/{whole.pk}/delete/")
    assert answer.status_code == 409
    assert part.title in answer.content.decode()
