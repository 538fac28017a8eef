"""A row under a record, entered in a real browser: the form opens in the page, and without script on its own page."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.web.browsing import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def trip(transactional_db):
    return make.DelegationFactory(unions=[(make.UnionFactory(code="vuit"), 3)])


@pytest.fixture
def officer(trip):
    return make.UserFactory(union=trip.unions.get(), language="en")


def test_a_promise_is_entered_in_the_page_with_the_keyboard(page, context, client, live_server, trip, officer):
    let_in(context, client, officer, live_server.url)
    page.goto(f"{live_server.url}/delegations/{trip.pk}/")
    page.locator("#follow-ups a").first.press("Enter")
    form = page.locator("#follow-ups-form form")
    expect(form.locator("[name=what]")).to_be_focused()
    page.keyboard.type("Send the handbook")
    page.keyboard.press("Enter")
    expect(page.locator("#follow-ups td.first")).to_contain_text("Send the handbook")


def test_without_script_the_form_is_a_page_of_its_own(browser, client, live_server, trip, officer):
    context = browser.new_context(java_script_enabled=False)
    try:
        let_in(context, client, officer, live_server.url)
        page = context.new_page()
        page.goto(f"{live_server.url}/delegations/{trip.pk}/")
        page.locator("#follow-ups a").first.click()
        page.locator("[name=what]").fill("Send the handbook")
        page.locator("main button[type=submit]").last.click()
        expect(page.locator("#follow-ups td.first")).to_contain_text("Send the handbook")
    finally:
        context.close()
