"""Pages as Chromium shows them: nothing for axe to find, nothing scrolls sideways, nothing a strict policy refuses."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.seeded import seed
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DESK, PHONE, SMALL_PHONE = 1440, 390, 320  # CSS pixels
NOWHERE = "/no-such-page/"
ERROR_ANSWER = re.compile(r"the server responded with a status of")


@pytest.fixture
def house(live_server, context, client):
    """The seeded house, entered by somebody who may do everything; gives its address."""
    seed()
    keeper = User.objects.create_superuser("keeper", union=Union.objects.get(code="vgcl"), role=User.Role.ADMINISTRATOR)
    client.force_login(keeper, backend="unionrelations.accounts.roles.RoleBackend")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return live_server.url


def addresses():
    yield from (reverse(name) for name in ("home", "search", "report-index"))
    yield reverse("search") + "?q=lao"
    yield "/reports/vuit/2018-2023/"
    yield "/reports/vgcl/2018-2023/?under=1"
    yield "/delegations/?figure=delegations_in&union=vuit&under=0&since=2018-09-26&until=2023-12-02"
    for entity in ENTITIES:
        yield reverse(f"{entity.slug}-list")
        if entity.form:
            yield reverse(f"{entity.slug}-new")
        if record := entity.model._default_manager.first():
            yield reverse(f"{entity.slug}-detail", args=[record.pk])
            if entity.form:
                yield reverse(f"{entity.slug}-edit", args=[record.pk])
    yield NOWHERE


def look(page, house, width, light, *, closely=True):
    """What is wrong on each page, by its address; `closely` lets axe read it too, at a second or two a page."""
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.context.add_cookies([{"name": "theme", "value": light, "url": house}])
    wrong = {}
    for address in addresses():
        complaints.clear()
        answer = page.goto(house + address)
        found = [] if answer.ok or address == NOWHERE else [f"answers {answer.status}"]
        if closely:
            seen = Axe().run(page, options=RULES).response["violations"]
            found += [f"{one['id']}: {one['nodes'][0]['target']}" for one in seen]
        found += [one for one in complaints if not ERROR_ANSWER.search(one)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("scrolls sideways")
        if found:
            wrong[address] = found
    return wrong


@pytest.mark.parametrize(("width", "light"), [(DESK, "light"), (PHONE, "dark")])
def test_every_page_is_readable_by_everybody(page, house, width, light):
    assert look(page, house, width, light) == {}


def test_no_page_scrolls_sideways_on_the_smallest_phone(page, house):
    assert look(page, house, SMALL_PHONE, "light", closely=False) == {}


def test_a_list_narrows_while_one_types_and_the_address_keeps_it(page, house):
    page.goto(house + reverse("partners-list"))
    page.get_by_role("searchbox").fill("khong co ai ten nhu the nay")
    page.wait_for_url("**q=khong*")
    assert page.locator("#rows table").count() == 0
    page.go_back()
    page.wait_for_selector("#rows table")
    assert page.locator("main h1").count() == 1  # the whole page again, not the part of it that was fetched


def test_a_long_list_of_choices_is_typed_into_without_accents(page, house):
    page.goto(house + reverse("delegations-new"))
    page.locator("#id_countries_type").fill("lao")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#id_countries").evaluate("one => one.selectedOptions.length") == 1


def test_light_and_language_change_without_losing_the_page(page, house):
    page.goto(house + reverse("report-index"))
    page.locator("[data-theme-switch] button").first.click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.locator("button[name=lang]").first.click()
    page.wait_for_selector("html[lang=en]")
    assert page.url == house + reverse("report-index")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_lists_and_forms_work_without_a_script(browser, house, context):
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(house + reverse("delegations-list"))
    page.get_by_role("searchbox").fill("lao")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**q=lao*")
    assert page.locator("#rows tbody tr").count() > 0
    page.goto(house + reverse("delegations-new"))
    assert page.locator("select#id_countries").is_visible()
    plain.close()
