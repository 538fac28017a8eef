"""A calendar address made, read by a program that never signed in, and revoked, as a browser does it."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.web.browsing import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_an_address_is_made_read_elsewhere_and_revoked(page, context, browser, client, live_server):
    officer = make.UserFactory(union=make.UnionFactory())
    let_in(context, client, officer, live_server.url)
    page.goto(f"{live_server.url}/calendar/feeds/")
    page.locator("main .btn-primary").press("Enter")
    expect(page.locator("input.feed-address")).to_have_count(1)
    address = page.locator("input.feed-address").input_value()
    program = browser.new_context().request
    assert program.get(address).text().startswith("BEGIN:VCALENDAR")
    page.locator("details.menu > summary.btn-late").press("Enter")
    page.locator("details.menu button.btn-late").press("Enter")
    expect(page.locator("input.feed-address")).to_have_count(0)
    assert program.get(address).status == 404
