"""A visit logged twice is found, looked at with its price, merged with the keyboard, and taken apart again."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from activities.models import Delegation
from tests import factories as make
from tests.web.browsing import grave, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def officer(transactional_db):
    top = make.UnionFactory(code="vgcl", name="Tổng Liên đoàn Lao động Việt Nam")
    make.TermFactory(union=top)
    partner = make.PartnerFactory(name="Liên hiệp Công đoàn Lào")
    for number, title in enumerate(("Đón đoàn Công đoàn Lào", "Tiếp đoàn LFTU")):
        union = make.UnionFactory(code=f"don-vi-{number}", parent=top)
        make.DelegationFactory(
            direction="in", title=title, unions=[(union, 2)], partners=[partner], countries=[partner.country]
        )
    return make.UserFactory(union=top, language="vi")


@pytest.fixture
def house(live_server, context, client, officer):
    let_in(context, client, officer, live_server.url)
    return live_server.url


def test_a_visit_logged_twice_is_merged_and_taken_apart(page, house):
    call_command("find_duplicates")
    page.goto(f"{house}/duplicates/?of=activities")
    assert grave(page) == []
    page.locator("a.btn-pen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#price")).to_be_visible()
    expect(page.locator("table")).to_contain_text("2022")
    assert Delegation.objects.count() == 2
    assert grave(page) == []
    page.locator("button.btn-primary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#history")).to_contain_text("Tiếp đoàn LFTU")
    assert Delegation.objects.count() == 1
    page.locator("#history button").click()
    expect(page.locator("h1")).to_contain_text("Tiếp đoàn LFTU")
    assert Delegation.objects.count() == 2
    page.goto(f"{house}/duplicates/?of=activities")
    page.locator("form[action$='/apart/'] button").click()
    expect(page.locator("details.more summary")).to_be_visible()
