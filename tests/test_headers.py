"""What every answer says to the browser about itself: nothing inline, nothing from elsewhere, no powers, no frames."""

import pytest
from django.urls import reverse

from tests import factories as make

PAGES = ("home", "delegations-list", "report-index", "help", "due", "imports")
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.fixture
def answers(client, db):
    """Of pages, of a refusal, of a file and of the API."""
    union = make.UnionFactory(code="vuit")
    make.TermFactory(union=union)
    stranger = [client.get(reverse("sign-in")), client.get("/healthz"), client.get("/api/partners/")]
    client.force_login(make.UserFactory(union=union, role="administrator"))
    pages = [client.get(reverse(name)) for name in PAGES]
    others = [client.get("/khong-co/"), client.get("/delegations/?format=xlsx"), client.get("/api/partners/")]
    return [*stranger, *pages, *others, client.post("/sign-out/")]


def parted(policy):
    return {name: value for name, _space, value in (one.strip().partition(" ") for one in policy.split(";"))}


def test_nothing_inline_and_nothing_from_elsewhere(answers):
    assert {one.status_code for one in answers} >= {200, 302, 404}
    for one in answers:
        assert parted(one.headers["Content-Security-Policy"]) == POLICY


def test_no_page_is_framed_and_no_file_is_taken_for_a_page(answers):
    for one in answers:
        assert one.headers["X-Frame-Options"] == "DENY"
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert one.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert one.headers["Referrer-Policy"] == "same-origin"


def test_no_page_can_ask_for_a_power_of_the_browser_that_is_not_used(answers):
    for one in answers:
        allowed = [part.strip() for part in one.headers["Permissions-Policy"].split(",")]
        assert {"camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()"} <= set(allowed)
        assert all(part.endswith("=()") for part in allowed)
