"""Logging in a real browser, with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.web.test_journey import sign_in, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def officer(transactional_db):
    union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")
    make.PartnerFactory(name="Trung ương Liên hiệp Công đoàn Lào")
    return make.UserFactory(username="lan", union=union)


def test_a_delegation_is_logged_with_the_keyboard_alone(page, live_server, officer):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/delegations/new/?direction=out")
    expect(page.locator("#id_partners_type")).to_be_focused()
    page.keyboard.type("cong doan lao")
    page.locator("#id_partners_list [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".chip", has_text="Trung ương")).to_have_count(1)
    tab_to(page, name="when")
    page.keyboard.type("6-10/11/2023")
    tab_to(page, name="title")
    page.keyboard.press("Control+A")
    page.keyboard.type("Việc với bạn Lào")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Việc với bạn Lào")
