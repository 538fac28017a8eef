"""Accounts come by invitation: who may invite whom, and what a link opens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.doors import enter
from tests.factories import UnionFactory, UserFactory
from unionrelations.accounts.models import User
from unionrelations.web.models import Invitation

from .conftest import browser, letters, link_in

PASSWORD = "mot-mat-khau-dai-hon"
NEW = {"username": "hoa", "last_name": "Trần", "first_name": "Hoa", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def host(vuit):
    return UserFactory(username="quantri", union=vuit, role=User.Role.ADMINISTRATOR)


def invite(host, union, email="hoa@example.vn", role="officer", language="vi"):
    given = {"email": email, "union": union.pk, "role": role, "language": language}
    return enter(host).post("/invitations/", given)


def test_an_invitation_opens_one_account_as_it_says(host, vuit):
    assert invite(host, vuit, role="leader").status_code == 302
    guest, link = browser(), link_in(letters()[0])
    assert "hoa@example.vn" in guest.get(link).content.decode()
    answer = guest.post(
        link, NEW | {"role": "administrator", "is_superuser": "on", "union": 1, "email": "x@evil.example"}
    )
    assert answer.status_code == 302
    hoa = User.objects.get(username="hoa")
    assert (hoa.role, hoa.union, hoa.email, hoa.is_superuser, hoa.is_staff) == (
        User.Role.LEADER,
        vuit,
        "hoa@example.vn",
        False,
        False,
    )
    assert guest.get("/").status_code == 200  # signed in
    assert [one.to for one in letters()] == [["hoa@example.vn"]]  # and told of no new browser
    assert browser().get(link).status_code == 410
    assert browser().post(link, NEW | {"username": "hoa-2"}).status_code == 410
    assert User.objects.filter(email="hoa@example.vn").count() == 1


@pytest.mark.parametrize("role", [User.Role.OFFICER, User.Role.LEADER, User.Role.AUDITOR])
def test_a_role_below_invites_nobody(vuit, host, role):
    person = UserFactory(union=vuit, role=role)
    assert enter(person).get("/invitations/").status_code == 403
    assert invite(person, vuit).status_code == 403
    invite(host, vuit)
    row = Invitation.objects.get()
    for step in ("again", "withdraw"):
        assert enter(person).post(f"/invitations/{row.pk}/{step}/").status_code == 403
    row.refresh_from_db()
    assert row.withdrawn_at is None
    assert len(letters()) == 1


def test_nobody_is_invited_beyond_the_reach_of_who_invites(host, vgcl, vuit):
    beside = UnionFactory(code="ben-canh", parent=vgcl)
    below = UnionFactory(code="duoi", parent=vuit)
    for union, taken in ((vgcl, False), (beside, False), (below, True)):
        assert (invite(host, union, f"{union.code}@example.vn").status_code == 302) is taken
    assert [one.union for one in Invitation.objects.all()] == [below]


def test_no_role_is_given_that_does_not_exist(host, vuit):
    assert invite(host, vuit, role="superuser").status_code == 200
    assert not Invitation.objects.exists()


def test_others_invitations_are_not_seen_nor_touched(host, vgcl, vuit):
    beside = UnionFactory(code="ben-canh", parent=vgcl)
    theirs = UserFactory(union=beside, role=User.Role.ADMINISTRATOR)
    invite(theirs, beside, "nguoi-khac@example.vn")
    row = Invitation.objects.get()
    assert "nguoi-khac@example.vn" not in enter(host).get("/invitations/").content.decode()
    assert enter(host).post(f"/invitations/{row.pk}/withdraw/").status_code == 404


def test_a_withdrawn_invitation_opens_nothing(host, vuit):
    invite(host, vuit)
    enter(host).post(f"/invitations/{Invitation.objects.get().pk}/withdraw/")
    link = link_in(letters()[0])
    assert browser().get(link).status_code == 410
    assert browser().post(link, NEW).status_code == 410


def test_an_invitation_sent_again_makes_the_first_link_void(host, vuit):
    invite(host, vuit)
    enter(host).post(f"/invitations/{Invitation.objects.get().pk}/again/")
    first, second = (link_in(one) for one in letters())
    assert browser().get(first).status_code == 410
    assert browser().get(second).status_code == 200


def test_an_invitation_ends_with_its_days(host, vuit, settings):
    invite(host, vuit)
    row = Invitation.objects.get()
    assert row.expires_at - row.invited_at == timedelta(days=settings.INVITATION_DAYS)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert browser().get(link_in(letters()[0])).status_code == 410


@pytest.mark.parametrize("fall", ["closed", "demoted", "moved"])
def test_what_an_inviter_may_no_longer_do_their_letters_cannot_either(host, vgcl, vuit, fall):
    invite(host, vuit)
    if fall == "closed":
        host.is_active = False
    elif fall == "demoted":
        host.role = User.Role.OFFICER
    else:
        host.union = UnionFactory(code="ben-canh", parent=vgcl)
    host.save()
    assert browser().get(link_in(letters()[0])).status_code == 410


def test_a_link_that_was_changed_opens_nothing(host, vuit):
    invite(host, vuit)
    link = link_in(letters()[0])
    for changed in (link.replace(":", ";"), link[:-3] + "x/", "/invitations/abc/"):
        assert browser().get(changed).status_code in (404, 410)


def test_an_address_that_has_an_account_or_an_invitation_gets_no_second_one(host, vuit, lan):
    assert invite(host, vuit, "LAN@example.vn").status_code == 200
    assert invite(host, vuit).status_code == 302
    assert invite(host, vuit, "Hoa@example.vn").status_code == 200
    assert Invitation.objects.count() == 1


def test_where_no_letters_leave_who_invites_sees_the_link_once(host, vuit, settings):
    settings.MAIL_IS_SENT = False
    client = enter(host)
    client.post("/invitations/", {"email": "hoa@example.vn", "union": vuit.pk, "role": "officer", "language": "vi"})
    shown = client.get("/invitations/").content.decode()
    assert "/invitations/ey" in shown
    assert "/invitations/ey" not in client.get("/invitations/").content.decode()


def test_there_is_no_other_way_to_an_account(db):
    for address in ("/signup/", "/sign-up/", "/accounts/signup/", "/single-sign-on/signup/"):
        assert browser().get(address).status_code in (302, 404)
    assert not User.objects.exists()
