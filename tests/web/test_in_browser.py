"""Pages as Chromium shows them: nothing for axe to find, nothing scrolls sideways, nothing a strict policy refuses."""

import re
from threading import Event

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories as make
from tests.machines import wait_until
from tests.seeded import seed
from tests.web.browsing import let_in
from tests.web.pages import NOWHERE, furnish, pages
from unionrelations.accounts.models import Union, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
DESK, PHONE, SMALL_PHONE = 1440, 390, 320  # CSS pixels
ON_A_PHONE = {"viewport": {"width": PHONE, "height": 844}, "has_touch": True}
ERROR_ANSWER = re.compile(r"the server responded with a status of")

SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TURN_THE_LIGHT = """() => {
  const page = document.documentElement
  page.dataset.bsTheme = page.dataset.bsTheme === 'dark' ? 'light' : 'dark'
  return page.dataset.bsTheme
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
  'main .btn, main button, main summary, main select, main input:not([type=hidden], [type=checkbox], [type=radio]), ' +
  'main textarea, main .seg label, main .seg a, main .tabs a, main .form-check, .topbar a, .tabbar a'
)].filter(one => {
  const box = one.getBoundingClientRect()
  return one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && box.width > 1 && box.height > 1
    && box.height < 43.5
}).map(one => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 30)}`).slice(0, 5)"""


@pytest.fixture
def keeper(transactional_db):
    """The seeded house's own administrator, who may do everything."""
    seed()
    union = Union.objects.get(code="vgcl")
    furnish(union)
    return User.objects.create_superuser("keeper", union=union, role=User.Role.ADMINISTRATOR)


@pytest.fixture
def house(live_server, context, client, keeper):
    """The seeded house, entered by its keeper; gives its address."""
    let_in(context, client, keeper, live_server.url)
    return live_server.url


class Look:
    """One window on the house; `wrong` gathers what is wrong on each page, by its address."""

    def __init__(self, page, house, *, closely):
        self.page, self.house, self.closely, self.wrong, self.said = page, house, closely, {}, []
        page.on("console", lambda one: self.said.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def at(self, address):
        self.said.clear()
        answer = self.page.goto(self.house + address)
        found = [] if answer.ok or address == NOWHERE else [f"answers {answer.status}"]
        for problem in self.closely:
            found += problem(self.page)
        found += [one for one in self.said if not ERROR_ANSWER.search(one)]
        if found:
            self.wrong[address] = found


def axe(page, rules) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"], "reporter": "no-passes"}
    seen = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in seen]


def reads_well(page) -> list[str]:
    """Whatever axe finds in the light of the page."""
    return axe(page, RULES)


def reads_well_in_the_other_light(page) -> list[str]:
    """Only what light can change."""
    other = page.evaluate(TURN_THE_LIGHT)
    return [f"{one} when {other}" for one in axe(page, CONTRAST)]


def fits(page) -> list[str]:
    """Nothing scrolls sideways, neither here nor on the smallest phone."""
    shown = page.viewport_size
    found = [f"scrolls sideways at {shown['width']}"] if page.evaluate(SCROLLS_SIDEWAYS) else []
    if shown["width"] == PHONE:
        page.set_viewport_size({"width": SMALL_PHONE, "height": shown["height"]})
        found += [f"scrolls sideways at {SMALL_PHONE}"] if page.evaluate(SCROLLS_SIDEWAYS) else []
        page.set_viewport_size(shown)
    return found


def is_touched(page) -> list[str]:
    """Controls a thumb misses; links inside sentences and rows are text, not controls."""
    return [f"too small to touch: {one}" for one in page.evaluate(SMALL_TARGETS)]


@pytest.mark.parametrize("half", [0, 1], ids=["one half", "the other"])  # so that two processes share the work
@pytest.mark.parametrize(
    ("window", "language", "closely"),
    [
        ({"viewport": {"width": DESK, "height": 900}}, "vi", (fits, reads_well, reads_well_in_the_other_light)),
        (ON_A_PHONE, "vi", (fits, is_touched, reads_well)),
        (ON_A_PHONE, "en", (fits, is_touched)),
    ],
    ids=["desk", "phone", "phone in English"],
)
def test_every_page_is_fit_to_be_read_and_touched(
    browser, live_server, client, keeper, window, language, closely, half
):
    keeper.language = language
    keeper.save()
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce", **window)
    if reads_well in closely:
        context.add_init_script(AXE)  # once, and not sent to each page anew
    let_in(context, client, keeper, live_server.url)
    look = Look(context.new_page(), live_server.url, closely=closely)
    for _name, address in list(pages(keeper))[half::2]:
        look.at(address)
    context.close()
    assert look.wrong == {}


def test_what_only_a_phone_shows_reads_well_in_either_light(browser, live_server, client, keeper):
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce", **ON_A_PHONE)
    context.add_init_script(AXE)
    let_in(context, client, keeper, live_server.url)
    look = Look(context.new_page(), live_server.url, closely=(reads_well, reads_well_in_the_other_light))
    for name in ("home", "delegations-list", "delegations-new", "search"):
        look.at(reverse(name))
    context.close()
    assert look.wrong == {}


def test_a_list_narrows_while_one_types_and_the_address_keeps_it(page, house):
    page.goto(house + reverse("partners-list"))
    page.get_by_role("searchbox").fill("khong co ai ten nhu the nay")
    page.wait_for_url("**q=khong*")
    expect(page.locator("#rows table")).to_have_count(0)
    page.go_back()
    page.wait_for_selector("#rows table")
    expect(page.locator("main h1")).to_have_count(1)  # the whole page again, not the part of it that was fetched


def test_a_long_list_of_choices_is_typed_into_without_accents(page, house):
    page.goto(house + reverse("delegations-new"))
    page.locator("#id_countries").press_sequentially("lao")
    page.locator("#id_countries_list [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=countries] option:checked")).to_have_count(1)


def test_light_and_language_change_without_losing_the_page(page, house):
    page.goto(house + reverse("report-index"))
    page.locator("[data-theme-switch] button").first.click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.locator("button[name=lang]").first.click()
    page.wait_for_selector("html[lang=en]")
    expect(page).to_have_url(house + reverse("report-index"))
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_lists_and_forms_work_without_a_script(browser, house, context):
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(house + reverse("delegations-list"))
    page.get_by_role("searchbox").fill("lao")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**q=lao*")
    expect(page.locator("#rows tbody tr")).not_to_have_count(0)
    page.goto(house + reverse("delegations-new"))
    assert page.locator("input#id_countries").is_visible()
    plain.close()


def test_a_request_that_outlives_its_page_is_known_until_it_is_answered(
    page, context, client, live_server, under_way, monkeypatch
):
    """Left alone, it would meet the rows of the next test, or hold the database when the last one is over."""
    let_in(context, client, make.UserFactory(union=make.UnionFactory(code="vuit")), live_server.url)
    with page.expect_response("**/due/late/"):
        page.goto(live_server.url + reverse("delegations-list"))
    wait_until(lambda: under_way.number == 0, what="what the page asks by itself")
    gate = Event()
    monkeypatch.setattr("unionrelations.web.context.late_in_menu", lambda request: "" if gate.wait(60) else "late")
    page.evaluate("() => { fetch('/partners/') }")
    wait_until(lambda: under_way.number == 1, what="the request to begin")
    page.close()
    assert under_way.number == 1
    gate.set()
    wait_until(lambda: under_way.number == 0, what="its answer")
