"""A passkey in Chromium, by its virtual authenticator, under the house's own content security policy."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.factories import PASSWORD, UnionFactory, UserFactory
from unionrelations.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def leader(transactional_db):
    return UserFactory(username="lanhdao", union=UnionFactory(code="vuit"), role=User.Role.LEADER)


@pytest.fixture
def house(live_server):
    """Under a name: addresses of numbers have no passkeys."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def key(page):
    """A device that asks for a finger, as laptops and phones have it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    name = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def verified(is_it):
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": is_it})

    return verified


@pytest.fixture
def refused(page):
    """What the browser's policy refused, or a script stumbled over."""
    said = []
    page.on("console", lambda one: said.append(one.text) if "Content Security Policy" in one.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def sign_in(page, house):
    page.goto(f"{house}/sign-in/")
    page.fill("[name=username]", "lanhdao")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def sign_out(page, house):
    page.goto(f"{house}/")
    page.evaluate("document.querySelector('form[action=\"/sign-out/\"]').submit()")
    page.wait_for_url(re.compile("/sign-in/"))


def test_a_leader_makes_a_passkey_and_signs_in_with_it_alone(page, house, leader, key, refused, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(page, house)
    page.wait_for_url(f"{house}/second-factor/")
    page.click("a[href='/second-factor/webauthn/add/']")
    assert page.is_checked("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(f"{house}/second-factor/recovery-codes/")
    expect(page.locator(".codes li")).to_have_count(10)
    assert Authenticator.objects.filter(user=leader, type="webauthn").count() == 1
    sign_out(page, house)
    page.click("#passkey_login")
    page.wait_for_url(f"{house}/")
    expect(page.locator(".who:visible, .tabbar:visible").first).to_be_visible()
    assert refused == []


def test_a_passkey_is_the_second_step_after_a_password(page, house, leader, key, refused):
    sign_in(page, house)
    page.wait_for_url(f"{house}/")
    page.goto(f"{house}/second-factor/webauthn/add/")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile("recovery-codes"))
    sign_out(page, house)
    sign_in(page, house)
    page.wait_for_url(f"{house}/second-factor/authenticate/")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(f"{house}/")
    assert refused == []


def test_a_device_that_does_not_know_its_person_opens_nothing_and_says_so(page, house, leader, key):
    sign_in(page, house)
    page.wait_for_url(f"{house}/")
    page.goto(f"{house}/second-factor/webauthn/add/")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile("recovery-codes"))
    sign_out(page, house)
    key(False)
    page.click("#passkey_login")
    page.wait_for_selector("#passkey-problem:not([hidden])")
    page.goto(f"{house}/")
    assert "/sign-in/" in page.url
