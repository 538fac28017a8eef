"""Single sign-on: who comes by the provider comes in as whoever confirmed the address, and nobody by chance."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from tests.factories import UserFactory
from unionrelations.accounts.models import User
from unionrelations.entering import providers
from unionrelations.web.models import Invitation

from .conftest import browser, letters
from .provider import CLIENT, SECRET, provider


@pytest.fixture
def office(settings):
    with provider() as one:
        settings.OIDC_NAME = "Tài khoản cơ quan"
        settings.SOCIALACCOUNT_PROVIDERS = providers(settings.OIDC_NAME, one.address, CLIENT, SECRET)
        yield one


def come(client, **more):
    """From the button to the provider and back, as a browser goes."""
    away = client.get("/single-sign-on/office/login/", more)
    back = requests.get(away.url, allow_redirects=False, timeout=10).headers["Location"]
    return client.get(urlsplit(back).path + "?" + urlsplit(back).query)


def invite(union, host, email="moi@example.vn", role=User.Role.LEADER):
    now = timezone.now()
    days = {"invited_at": now, "expires_at": now + timedelta(days=7)}
    return Invitation.objects.create(email=email, union=union, role=role, invited_by=host, **days)


def test_somebody_known_comes_in_and_is_told_the_first_time(office, lan):
    client = browser()
    assert "/single-sign-on/office/login/" in client.get("/sign-in/").content.decode()
    assert come(client).url == "/"
    assert client.get("/").wsgi_request.user == lan
    assert [one.to for one in letters() if "đăng nhập một lần" in one.subject] == [["lan@example.vn"]]
    told = len(letters())
    client.post("/sign-out/")
    come(client)
    assert len(letters()) == told
    assert SocialAccount.objects.filter(user=lan).count() == 1


def test_the_house_asks_with_a_state_and_a_challenge(office, lan):
    come(browser())
    [asked] = office.asked
    assert asked["state"]
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://testserver/single-sign-on/office/login/callback/"


def test_an_answer_nobody_asked_for_opens_nothing(office, lan):
    away = browser().get("/single-sign-on/office/login/")
    back = requests.get(away.url, allow_redirects=False, timeout=10).headers["Location"]
    query = parse_qs(urlsplit(back).query)
    other = browser()  # a link sent to somebody else
    answer = other.get("/single-sign-on/office/login/callback/", {name: value[0] for name, value in query.items()})
    assert answer.status_code == 502
    assert other.get("/").status_code == 302


def test_an_address_the_provider_has_not_verified_opens_nothing(office, lan):
    office.person["email_verified"] = False
    client = browser()
    assert come(client).status_code == 403
    assert client.get("/").status_code == 302
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("email", ["nobody@example.vn", ""])
def test_strangers_get_no_account(office, lan, email):
    office.person["email"] = email
    client = browser()
    assert come(client).status_code == 403
    assert list(User.objects.all()) == [lan]


def test_an_address_of_two_accounts_opens_neither(office, lan, vuit):
    UserFactory(username="lan-2", union=vuit, email="LAN@example.vn")
    assert come(browser()).status_code == 403


def test_a_closed_account_stays_closed(office, lan):
    come(browser())
    lan.is_active = False
    lan.save()
    client = browser()
    assert come(client).url == "/sign-in/"
    assert client.get("/").status_code == 302


def test_somebody_invited_gets_the_account_of_the_invitation_once(office, vuit):
    host = UserFactory(union=vuit, role=User.Role.ADMINISTRATOR)
    invite(vuit, host)
    office.person |= {"email": "Moi@example.vn", "sub": "2", "given_name": "Hoa", "family_name": "Trần"}
    client = browser()
    assert come(client).url == "/"
    hoa = User.objects.get(email="moi@example.vn")
    assert (hoa.role, hoa.union, hoa.first_name, hoa.has_usable_password()) == (User.Role.LEADER, vuit, "Hoa", False)
    assert not Invitation.objects.open(timezone.now()).exists()


def test_a_withdrawn_invitation_opens_nothing_there_either(office, vuit):
    host = UserFactory(union=vuit, role=User.Role.ADMINISTRATOR)
    row = invite(vuit, host)
    row.withdrawn_at = timezone.now()
    row.save()
    office.person |= {"email": "moi@example.vn", "sub": "2"}
    assert come(browser()).status_code == 403


def test_the_person_is_known_by_the_provider_s_name_for_them_even_when_the_address_moves_on(office, lan, vuit):
    come(browser())
    lan.email = "khac@example.vn"
    lan.save()
    client = browser()
    come(client)
    assert client.get("/").wsgi_request.user == lan


@pytest.mark.parametrize(("has_one", "leads_to"), [(False, "/second-factor/"), (True, None)])
def test_a_leader_is_asked_for_a_second_factor_unless_the_provider_asks(office, lan, settings, has_one, leads_to):
    settings.REQUIRE_SECOND_FACTOR, settings.OIDC_HAS_SECOND_FACTOR = True, has_one
    lan.role = User.Role.LEADER
    lan.set_unusable_password()
    lan.save()
    client = browser()
    come(client)
    assert client.get("/").headers.get("Location") == leads_to
    assert client.get("/second-factor/totp/activate/").status_code == 200  # without a password to prove


def test_somebody_without_a_password_proves_who_they_are_by_coming_again(office, lan):
    lan.set_unusable_password()
    lan.save()
    client = browser()
    come(client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    asked = client.get("/second-factor/totp/activate/")
    assert asked.url.startswith("/sign-in/anew/")
    assert client.get(asked.url).status_code == 200
    back = client.post(asked.url, {"next": "/second-factor/totp/activate/"})
    assert back.url == "/sign-in/?next=%2Fsecond-factor%2Ftotp%2Factivate%2F"


def test_coming_in_leads_only_to_our_own_pages(office, lan):
    for target in ("https://elsewhere.example/", "//elsewhere.example/"):
        assert come(browser(), next=target).url == "/"
    assert come(browser(), next="/help/").url == "/help/"


def test_a_provider_that_fails_is_said_in_a_sentence(office, lan, vuit):
    office.fails = True
    assert come(browser()).status_code == 502


def test_without_a_provider_there_is_no_such_door(db):
    assert "/single-sign-on/" not in browser().get("/sign-in/").content.decode()
    assert browser().get("/single-sign-on/office/login/").status_code == 404
