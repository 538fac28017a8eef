"""The keyboard alone: find without accents, walk a list, undo with one chord; and what a lost connection says."""

import pytest
from playwright.sync_api import expect

from activities.models import Delegation
from tests import factories as make
from tests.web.browsing import grave, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def officer(transactional_db):
    union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")
    make.TermFactory(union=union)
    for title in ("Thăm Trung ương Liên hiệp Công đoàn Lào", "Thăm JAW"):
        make.DelegationFactory(unions=[(union, 3)], title=title)
    return make.UserFactory(union=union)


@pytest.fixture
def house(live_server, context, client, officer):
    let_in(context, client, officer, live_server.url)
    return live_server.url


def test_the_palette_finds_without_accents_and_opens_the_first_answer(page, house):
    page.goto(house)
    page.keyboard.press("/")
    expect(page.locator("#palette-q")).to_be_focused()
    expect(page.locator("#palette-found [data-hit]").first).to_be_visible()
    page.keyboard.type("lien hiep cong doan lao")
    hit = page.locator("#palette-found [data-hit]", has_text="Thăm Trung ương Liên hiệp Công đoàn Lào")
    expect(hit).to_be_visible()
    assert grave(page) == []
    page.keyboard.press("ArrowDown")
    expect(page.locator("#palette-found [data-hit]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Liên hiệp Công đoàn Lào")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_letters_are_commands_outside_fields_only_and_can_be_turned_off(page, house, officer):
    page.goto(f"{house}/delegations/")
    page.keyboard.press("j")
    expect(page.locator("tbody a.row-link").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("tbody a.row-link").nth(1)).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys-found kbd").first).to_be_visible()
    assert grave(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("2")
    page.wait_for_url("**/delegations/new/?direction=in")
    page.locator("form input[type=text]:visible").first.focus()
    page.keyboard.type("gb n1")
    assert "/delegations/new/" in page.url
    officer.keys_on = False
    officer.save()
    page.goto(f"{house}/delegations/")
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()


def test_what_was_deleted_comes_back_with_one_chord(page, house):
    trip = Delegation.objects.get(title="Thăm JAW")
    page.goto(f"{house}/delegations/{trip.pk}/delete/")
    page.locator("main form button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-undo]")).to_be_visible()
    assert not Delegation.objects.filter(pk=trip.pk).exists()
    assert grave(page) == []
    page.keyboard.press("Alt+z")
    expect(page.locator("h1")).to_contain_text("Thăm JAW")
    assert Delegation.objects.filter(pk=trip.pk).exists()


def test_a_lost_connection_says_what_is_safe_and_how_to_go_on(page, house, context):
    page.goto(f"{house}/delegations/")
    page.set_viewport_size({"width": 390, "height": 844})
    context.set_offline(True)
    expect(page.locator("#failed")).to_be_visible()
    said = page.locator("#failed").bounding_box()
    assert 0 < said["x"] < said["x"] + said["width"] < 390  # whole, on a phone
    context.set_offline(False)
    expect(page.locator("#failed")).to_be_hidden()


def test_an_answer_that_was_still_on_its_way_takes_no_lost_connection_back(page, house, context):
    held = []
    page.route("**/due/late/", lambda asked: held.append(asked))
    with page.expect_request("**/due/late/"):
        page.goto(f"{house}/delegations/")
    context.set_offline(True)
    expect(page.locator("#failed")).to_be_visible()
    with page.expect_response("**/due/late/"):
        held[0].fulfill(status=200, body="")
    page.wait_for_function("!document.documentElement.classList.contains('is-waiting')")
    expect(page.locator("#failed")).to_be_visible()


def test_without_script_the_search_is_a_page_and_undo_a_button(browser, house, context):
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(house)
    page.locator(".side-find").click()
    page.locator("main input[name=q]").fill("jaw")
    page.keyboard.press("Enter")
    page.locator(".found a", has_text="Thăm JAW").click()
    expect(page.locator("h1")).to_contain_text("Thăm JAW")
    trip = Delegation.objects.get(title="Thăm JAW")
    page.goto(f"{house}/delegations/{trip.pk}/delete/")
    page.locator("main form button[type=submit]").click()
    page.locator("[data-undo]").click()
    expect(page.locator("h1")).to_contain_text("Thăm JAW")
    plain.close()
