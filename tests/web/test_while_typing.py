"""In the browser: the date is said back and warnings stand on the page before anything is saved."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from activities.models import Delegation, Overstep
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_what_is_typed_is_said_back_and_warned_of_and_then_saved_at_once(page, live_server):
    union = make.UnionFactory(code="vuit")
    make.TermFactory(union=union)
    make.DelegationFactory(unions=[(union, 3)], title="Đoàn đi Lào", starts_on=dt.date(2022, 6, 7))
    make.UserFactory(username="lan", union=union, language="en")
    page.goto(f"{live_server.url}/sign-in/?next=/delegations/new/")
    page.locator("[name=username]").fill("lan")
    page.locator("[name=password]").fill(make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/delegations/new/")
    outbound = page.locator("[name=direction][type=radio]").first
    if outbound.count():
        outbound.check()
    page.locator("[name=title]").fill("doan di lao")
    page.locator("[name=when]").fill("tháng 6/2022")
    expect(page.locator("#id_when_notes .is-vague")).to_contain_text("It belongs to the term 2018–2023.")
    page.locator("[name=when]").fill("1-12/6/2022")
    expect(page.locator("#id_when_notes")).to_contain_text("12 days")
    page.locator("[name=when]").press("Tab")
    warned = page.locator(".while-typing .note-warn")
    expect(warned).to_contain_text("This may be recorded already: Đoàn đi Lào")
    expect(warned).to_contain_text("the rule is at most 10")
    page.locator("[name=overstep_reason]").fill("Bạn mời ở thêm hai ngày")
    page.locator("[name=members]").press_sequentially("Ông An\nBà Hoa")
    expect(page.locator(".while-typing")).to_contain_text("2 people in the list")  # while the field is still typed in
    expect(page.locator("[name=overstep_reason]")).to_have_value("Bạn mời ở thêm hai ngày")
    page.locator(".save-bar button[type=submit].btn-primary").click()
    expect(page.locator("h1")).to_have_text("doan di lao")
    assert Delegation.objects.count() == 2
    assert Overstep.objects.get().reason == "Bạn mời ở thêm hai ngày"
