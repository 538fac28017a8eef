"""The number of what is late comes into the menu once the page is there."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories as make
from tests.web.browsing import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_the_number_comes_after_the_page(page, context, client, live_server):
    union = make.UnionFactory(code="vuit")
    over = timezone.localdate() - dt.timedelta(days=3)
    make.DelegationFactory(title="Sang Lào", status="planned", starts_on=over, unions=[(union, 3)])
    let_in(context, client, make.UserFactory(union=union, language="vi"), live_server.url)
    page.goto(live_server.url + reverse("help"))
    expect(page.locator(".side-count.is-late").first).to_have_text("1 quá hạn")
    page.goto(live_server.url + reverse("help"))
    assert page.locator("[hx-get='/due/late/']").count() == 0
