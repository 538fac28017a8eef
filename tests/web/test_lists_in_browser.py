"""A list in Chromium: filter, keep, share, take along; the way back; ticked rows; and all of it without script."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.machines import wait_until
from tests.seeded import seed
from unionrelations.accounts.models import Union, User
from unionrelations.web.models import SavedView

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def enter(page, person, address):
    page.goto(f"{address}/sign-in/")
    page.locator("input[name=username]").fill(person.username)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(f"{address}/")


@pytest.fixture
def officer(live_server):
    seed()
    return make.UserFactory(union=Union.objects.get(code="vuit"), role=User.Role.OFFICER)


def test_filter_keep_share_and_take_along(page, live_server, officer):
    enter(page, officer, live_server.url)
    page.goto(f"{live_server.url}/delegations/")
    page.locator("details.filter-fold > summary").click()
    page.get_by_label("đoàn vào").check()
    page.wait_for_url("**/delegations/?direction=in")
    rows = page.locator("tr[data-row]")
    expect(page.locator(".chip")).to_have_count(1)
    seen = rows.count()
    page.keyboard.press("Escape")
    page.locator("#rows details.menu > summary").last.click()
    page.locator("#view-name").fill("Đoàn vào của ta")
    page.locator("#view-name").press("Enter")
    page.wait_for_url("**/delegations/?direction=in")
    expect(page.locator(".tabs [aria-current=page]")).to_have_text("Đoàn vào của ta")

    page.goto(f"{live_server.url}/delegations/views/")
    view = SavedView.objects.get()
    page.locator(f"#view-{view.pk}-shared_with").select_option(str(officer.union_id), force=True)
    page.locator(f"form[action='/delegations/views/{view.pk}/'] button[type=submit]").first.click()
    wait_until(lambda: SavedView.objects.get().shared_with == officer.union, what="the shared view")

    page.goto(f"{live_server.url}/delegations/?direction=in")
    page.locator("#list-acts details.menu > summary").click()
    with page.expect_download() as caught:
        page.locator("#list-acts a", has_text="CSV").click()
    lines = caught.value.path().read_text(encoding="utf-8-sig").strip().splitlines()
    assert len(lines) == seen + 1


def test_the_way_back_brings_the_list_as_it_was(page, live_server, officer):
    enter(page, officer, live_server.url)
    page.goto(f"{live_server.url}/delegations/")
    before = page.locator("tr[data-row]").count()
    page.locator("#filters input[type=search]").fill("lao")
    page.wait_for_url("**/delegations/?q=lao")
    expect(page.locator(".chip")).to_have_count(1)
    found = page.locator("tr[data-row]").count()
    assert 0 < found < before
    page.locator("tr[data-row] a.row-link").first.click()
    page.wait_for_url(re.compile(r"/delegations/\d+/"))
    page.go_back()
    wait_until(lambda: page.locator("tr[data-row]").count() == found, what="the filtered list")
    expect(page.locator("#filters input[type=search]")).to_have_value("lao")
    page.go_back()
    wait_until(lambda: page.locator("tr[data-row]").count() == before, what="the whole list")


def test_ticked_rows_raise_the_bar_and_are_changed_after_a_look(page, live_server, officer):
    enter(page, officer, live_server.url)
    page.goto(f"{live_server.url}/delegations/")
    bar = page.locator(".bulk-bar")
    assert not bar.is_visible()
    page.locator("input[name=pk]").first.check()
    expect(bar.locator("[data-chosen]")).to_contain_text("1")
    bar.locator("button[type=submit]").click()
    page.locator("select[name=set-mode]").select_option("online")
    page.locator("button[value=preview]").last.click()
    page.locator("button[value=apply]").click()
    page.wait_for_url("**/delegations/")
    expect(page.locator("[data-undo]")).to_be_visible()


def test_everything_works_without_script(browser, live_server, officer):
    page = browser.new_context(java_script_enabled=False, locale="vi-VN").new_page()
    enter(page, officer, live_server.url)
    page.goto(f"{live_server.url}/delegations/")
    page.locator("details.filter-fold > summary").click()
    page.locator("details.filter-fold a").click()
    page.get_by_label("đoàn vào").check()
    page.locator("details.filter-fold button[type=submit]").click()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator("#rows details.menu > summary").first.click()
    page.locator("#column-partners").uncheck()
    page.locator("#rows details.menu form[method=get] button[type=submit]").click()
    expect(page).to_have_url(re.compile("columns=unions(,|%2C)countries(,|%2C)when(,|%2C)people(,|%2C)status"))
    expect(page).to_have_url(re.compile("direction=in"))
    page.locator("input[name=pk]").first.check()
    page.locator(".bulk-bar button[type=submit]").click()
    expect(page.locator("select[name=set-status]")).to_be_visible()
    page.context.close()
