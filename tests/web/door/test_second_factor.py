"""Administrators and leaders prove themselves twice, and come back when a phone is lost."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.doors import enter, text
from tests.factories import UserFactory
from unionrelations.accounts.models import User

from .codes import (
    code,
    test_the_codes_are_those_printed_in_the_rfc,  # noqa: F401 the app of the tests is tried as well
)
from .conftest import browser, letters, sign_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = 1_800_000_000.0
SET_UP = "/second-factor/"


@pytest.fixture
def clock(monkeypatch):
    """The time, handed in: `clock.now` may be set."""

    class Clock:
        now = NOW

    monkeypatch.setattr(time, "time", lambda: Clock.now)
    return Clock


@pytest.fixture
def asked(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def app_of(rf):
    """Gives somebody an authenticator app with the tests' secret, as setting it up does."""

    def give(person):
        TOTP.activate(person, SECRET)

    return give


@pytest.fixture
def leader(vuit):
    return UserFactory(username="lanhdao", union=vuit, role=User.Role.LEADER, email="lanhdao@example.vn")


def password_then(client, person, typed):
    assert sign_in(client, person.username).url == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302  # not in yet
    return client.post(reverse("mfa_authenticate"), {"code": typed})


@pytest.mark.parametrize("role", [User.Role.ADMINISTRATOR, User.Role.LEADER])
def test_they_are_led_to_set_it_up_before_anything_else(asked, vuit, role):
    client = browser()
    sign_in(client, UserFactory(union=vuit, role=role).username)
    for address in ("/", "/delegations/", "/profile/", "/invitations/", "/password/", "/admin/", "/sessions/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location")) == (302, SET_UP), address
    assert client.post("/profile/", {"language": "en"}).url == SET_UP
    for address in ("/api/", "/api/delegations/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert answer.json()["page"] == SET_UP
    part = client.get("/delegations/", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == SET_UP
    for address in (SET_UP, reverse("mfa_activate_totp"), reverse("mfa_add_webauthn")):
        assert client.get(address).status_code == 200, address
    assert client.get("/healthz").status_code == 200
    assert client.post("/sign-out/").status_code == 302


@pytest.mark.parametrize("page", [SET_UP, "/second-factor/totp/activate/", "/second-factor/webauthn/add/"])
def test_the_menu_asks_for_nothing_where_it_would_be_led_away(asked, vuit, page):
    browser = enter(UserFactory(union=vuit, role=User.Role.LEADER))
    shown = browser.get(page, follow=True)
    assert shown.status_code == 200
    assert reverse("due-late") not in text(shown)
    assert browser.get(reverse("due-late"), headers={"HX-Request": "true"}).headers["HX-Redirect"] == SET_UP


@pytest.mark.parametrize("role", [User.Role.OFFICER, User.Role.AUDITOR])
def test_others_may_have_one_and_need_none(asked, vuit, role):
    client = browser()
    sign_in(client, UserFactory(union=vuit, role=role).username)
    assert client.get("/").status_code == 200
    assert client.get(SET_UP).status_code == 200


def test_a_superuser_is_asked_whatever_their_role(asked, vuit):
    client = browser()
    sign_in(client, UserFactory(union=vuit, role=User.Role.OFFICER, is_superuser=True).username)
    assert client.get("/").url == SET_UP


def test_nobody_is_asked_where_the_house_does_not(vuit):
    client = browser()
    sign_in(client, UserFactory(union=vuit, role=User.Role.ADMINISTRATOR).username)
    assert client.get("/").status_code == 200


def test_setting_up_an_app_opens_the_house_and_ends_other_sessions(
    asked, leader, clock, django_capture_on_commit_callbacks
):
    other, client = browser(), browser()
    for one in (other, client):
        sign_in(one, "lanhdao")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code(secret, NOW)})
    assert done.url == reverse("mfa_view_recovery_codes")
    assert client.get("/").status_code == 200
    assert len(client.get(done.url).context["unused_codes"]) == 10
    assert other.get("/").url.startswith("/sign-in/")
    stored = Authenticator.objects.get(user=leader, type="totp").data["secret"]
    assert secret not in stored  # sealed
    assert any("lanhdao@example.vn" in one.to and "hai bước" in one.subject for one in letters())


def test_a_code_of_now_opens_one_of_yesterday_and_one_used_do_not(leader, app_of, clock):
    app_of(leader)
    assert password_then(browser(), leader, code(SECRET, NOW - 86_400)).status_code == 200
    assert password_then(browser(), leader, code(SECRET, NOW)).status_code == 302
    assert password_then(browser(), leader, code(SECRET, NOW)).status_code == 200  # once only
    clock.now += 90
    assert (
        password_then(browser(), leader, code(SECRET, clock.now - 30)).status_code == 302
    )  # a clock half a minute off


def test_a_code_is_used_once_whichever_process_asks(leader, app_of, clock, settings):
    shared = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cached_values"}
    settings.CACHES = settings.CACHES | {"default": shared}
    app_of(leader)
    assert password_then(browser(), leader, code(SECRET, NOW)).status_code == 302
    assert password_then(browser(), leader, code(SECRET, NOW)).status_code == 200


def test_codes_are_not_guessed(leader, app_of, clock):
    app_of(leader)
    client = browser()
    answer = password_then(client, leader, "000000")
    for _time in range(4):
        answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert answer.status_code == 429
    assert client.post(reverse("mfa_authenticate"), {"code": code(SECRET, NOW)}).status_code in (200, 429)
    assert client.get("/").status_code == 302


def test_who_guesses_codes_elsewhere_keeps_nobody_out_of_a_browser_they_know(leader, app_of, clock):
    app_of(leader)
    own = browser()
    password_then(own, leader, code(SECRET, NOW))
    own.post("/sign-out/")
    thief = browser()
    password_then(thief, leader, "000000")
    for _time in range(5):
        thief.post(reverse("mfa_authenticate"), {"code": "000000"})
    clock.now += 30
    assert password_then(own, leader, code(SECRET, clock.now)).status_code == 302


def test_a_recovery_code_opens_once(leader, app_of, clock):
    app_of(leader)
    one = RecoveryCodes.activate(leader).get_unused_codes()[0]
    assert password_then(browser(), leader, one).status_code == 302
    assert password_then(browser(), leader, one).status_code == 200


def test_a_second_factor_is_changed_only_by_who_has_just_proved_who_they_are(leader, app_of, clock):
    app_of(leader)
    client = browser()
    password_then(client, leader, code(SECRET, NOW))
    clock.now += 3600
    for name in ("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate")), name
    again = client.post(f"{reverse('account_reauthenticate')}?next={SET_UP}", {"password": "sai"})
    assert again.status_code == 200
    assert Authenticator.objects.filter(user=leader).count() == 1


def test_an_administrator_resets_it_when_a_phone_is_lost(
    asked, leader, app_of, vuit, clock, django_capture_on_commit_callbacks
):
    app_of(leader)
    own = browser()
    password_then(own, leader, code(SECRET, NOW))
    keeper = UserFactory(union=vuit, role=User.Role.ADMINISTRATOR)
    app_of(keeper)
    chosen = {"action": "reset_second_factor", "_selected_action": [leader.pk, keeper.pk]}
    with django_capture_on_commit_callbacks(execute=True):
        enter(keeper).post("/admin/accounts/user/", chosen)
    assert not Authenticator.objects.filter(user=leader).exists()
    assert Authenticator.objects.filter(user=keeper).exists()  # never one's own
    assert own.get("/").url.startswith("/sign-in/")
    assert [one.object_id for one in LogEntry.objects.filter(user=keeper)] == [str(leader.pk)]
    assert letters()[-1].to == ["lanhdao@example.vn"]
    sign_in(own, "lanhdao")
    assert own.get("/").url == SET_UP


def test_others_reset_nobody_s(leader, app_of, vuit, vgcl):
    app_of(leader)
    beside = UserFactory(role=User.Role.ADMINISTRATOR)  # of another union
    for person in (UserFactory(union=vuit), beside):
        chosen = {"action": "reset_second_factor", "_selected_action": [leader.pk]}
        enter(person).post("/admin/accounts/user/", chosen)
    assert Authenticator.objects.filter(user=leader).exists()


def test_the_last_administrator_is_helped_from_the_command_line(leader, app_of, capsys):
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "lanhdao")
    app_of(leader)
    call_command("reset_second_factor", "lanhdao")
    assert not Authenticator.objects.filter(user=leader).exists()
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody")


def test_a_passkey_nobody_knows_opens_nothing_and_says_so(leader):
    client = browser()
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    made_up = '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"userHandle": "MQ"}}'
    for credential in (made_up, "{}", "[]", "không"):
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
        assert answer.redirect_chain[-1][0] == "/sign-in/"
    assert "khóa truy cập" in answer.content.decode().partition('role="status"')[2].partition("</div>")[0]
    assert client.get("/").status_code == 302


def test_the_back_office_has_no_door_of_its_own(asked, leader, app_of, clock):
    app_of(leader)
    client = browser()
    assert client.get("/admin/login/?next=/admin/").url == "/sign-in/?next=/admin/"
    client.post("/admin/login/", {"username": "lanhdao", "password": "x"})
    assert client.get("/").url.startswith("/sign-in/")
