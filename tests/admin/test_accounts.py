"""Nobody gives away more than they have: accounts and unions."""

import pytest
from axes.models import AccessFailureLog

from tests import admin_factories as make
from unionrelations.accounts.models import Union, User

from .pages import address, fields, text

NEW = {"usable_password": "true", "password1": "mot-mat-khau-dai", "password2": "mot-mat-khau-dai"}


def test_an_administrator_opens_an_account_in_reach(vuit, administrator):
    given = NEW | {"username": "new", "union": vuit.pk, "role": "officer", "language": "vi"}
    assert administrator.post(address(User, "add"), given).status_code == 302
    one = User.objects.get(username="new")
    assert (one.union, one.is_superuser, one.is_staff) == (vuit, False, True)


@pytest.mark.parametrize("where", ["above", "beside", "nowhere"])
def test_an_administrator_opens_no_account_out_of_reach(where, vgcl, veu, vuit, administrator):
    union = {"above": vgcl.pk, "beside": veu.pk, "nowhere": ""}[where]
    given = NEW | {"username": "new", "union": union, "role": "administrator", "language": "vi"}
    response = administrator.post(address(User, "add"), given)
    assert response.status_code == 200
    assert "union" in response.context["adminform"].form.errors
    assert not User.objects.filter(username="new").exists()


def test_an_administrator_makes_nobody_a_superuser_nor_themselves(vuit, administrator):
    powers = {"is_superuser": "on", "is_staff": "on", "groups": "1", "user_permissions": "1"}
    given = NEW | powers | {"username": "new", "union": vuit.pk, "role": "officer", "language": "vi"}
    administrator.post(address(User, "add"), given)
    for one in User.objects.all():
        url = address(User, "change", one.pk)
        page = administrator.get(url)
        assert "is_superuser" not in text(page)
        administrator.post(url, fields(page) | powers)
    assert not User.objects.filter(is_superuser=True).exists()


def test_an_administrator_moves_nobody_out_of_reach(vgcl, vuit, administrator):
    one = make.person("one", vuit)
    url = address(User, "change", one.pk)
    for union in (vgcl.pk, ""):
        response = administrator.post(url, fields(administrator.get(url)) | {"union": union})
        assert response.status_code == 200
    one.refresh_from_db()
    assert one.union == vuit


@pytest.mark.parametrize("union_code", ["vuit", None])
def test_a_superusers_account_is_out_of_an_administrators_hands(union_code, vuit, administrator):
    root = make.person("root", vuit if union_code else None, is_superuser=True)
    for page in ("change", "delete"):
        administrator.post(address(User, page, root.pk), {"username": "taken", "post": "yes"})
    secret = {"password1": "mot-mat-khau-dai", "password2": "mot-mat-khau-dai", "usable_password": "true"}
    administrator.post(f"/admin/accounts/user/{root.pk}/password/", secret)
    chosen = {"action": "close_accounts", "_selected_action": [root.pk]}
    administrator.post(address(User, "changelist"), chosen)
    chosen = {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"}
    administrator.post(address(User, "changelist"), chosen)
    root.refresh_from_db()
    assert root.username == "root"
    assert root.is_active
    assert not root.has_usable_password()


def test_an_administrator_sees_accounts_of_their_reach_only(veu, vuit, administrator):
    make.person("of-ours", vuit)
    other = make.person("of-others", veu)
    page = text(administrator.get(address(User, "changelist")))
    assert "of-ours" in page
    assert "of-others" not in page
    assert administrator.get(address(User, "change", other.pk)).status_code == 302
    assert administrator.get(f"/admin/accounts/user/{other.pk}/password/").status_code in (403, 404)


def test_a_superuser_gives_and_takes_the_superusers_right(vuit, signed_in):
    root = signed_in(make.person("root", None, is_superuser=True))
    one = make.person("one", vuit)
    url = address(User, "change", one.pk)
    values = fields(root.get(url))
    assert root.post(url, values | {"is_superuser": "on"}).status_code == 302
    one.refresh_from_db()
    assert one.is_superuser


def test_accounts_are_closed_and_opened_together_but_never_ones_own(vuit, administrator):
    one = make.person("one", vuit)
    own = User.objects.get(username="vuit-admin")
    for action, is_active in (("close_accounts", False), ("open_accounts", True)):
        chosen = {"action": action, "_selected_action": [one.pk, own.pk]}
        administrator.post(address(User, "changelist"), chosen)
        assert User.objects.get(pk=one.pk).is_active is is_active
        assert User.objects.get(pk=own.pk).is_active


def test_no_page_shows_a_password_hash(vuit, administrator):
    one = make.person("one", vuit)
    one.set_password("mot-mat-khau-dai")
    one.save()
    salt = one.password.split("$")[-2]
    assert salt not in text(administrator.get(address(User, "change", one.pk)))
    assert administrator.get(address(User, "changelist"), {"password__startswith": "a"}).status_code in (302, 400)


def test_a_new_union_stands_under_the_administrators_own(vgcl, vuit, administrator):
    given = fields(administrator.get(address(Union, "add"))) | {"code": "new", "name": "Mới", "kind": "grassroots"}
    for parent, saved in (("", False), (vgcl.pk, False), (vuit.pk, True)):
        response = administrator.post(address(Union, "add"), given | {"parent": parent})
        assert (response.status_code == 302) is saved
    assert Union.objects.get(code="new").path.startswith(vuit.path)


def test_a_union_stays_where_it_stands_when_its_own_administrator_edits_it(vgcl, vuit, administrator):
    url = address(Union, "change", vuit.pk)
    page = administrator.get(url)
    assert "outside your reach" in text(page)
    assert administrator.post(url, fields(page) | {"short_name": "CĐCT"}).status_code == 302
    vuit.refresh_from_db()
    assert (vuit.parent, vuit.short_name) == (vgcl, "CĐCT")


def test_sign_ins_of_other_unions_are_not_shown(veu, vuit, administrator):
    for who in (make.person("of-ours", vuit), make.person("of-others", veu)):
        AccessFailureLog.objects.create(username=who.username, ip_address="10.0.0.1")
    page = text(administrator.get("/admin/axes/accessfailurelog/"))
    assert "of-ours" in page
    assert "of-others" not in page
