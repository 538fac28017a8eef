import pytest

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEW = "mot-mat-khau-dai-hon"


def test_a_leader_changes_their_own_password_and_stays_signed_in(client):
    leader = UserFactory(role="leader")
    client.force_login(leader, backend="unionrelations.accounts.roles.RoleBackend")
    answer = client.post("/password/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert answer.status_code == 302
    leader.refresh_from_db()
    assert leader.check_password(NEW)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("old", "new"), [("wrong", NEW), (PASSWORD, "123"), (PASSWORD, "")])
def test_a_wrong_or_weak_password_changes_nothing(client, old, new):
    leader = UserFactory(role="leader")
    client.force_login(leader, backend="unionrelations.accounts.roles.RoleBackend")
    page = client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": new})
    assert page.status_code == 200
    assert page.context["form"].errors
    leader.refresh_from_db()
    assert leader.check_password(PASSWORD)


def test_strangers_do_not_read_the_description_of_the_api(client):
    assert client.get("/api/schema/").status_code in (302, 401, 403)
    assert client.get("/api/docs/").status_code in (302, 401, 403)
