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
COLOURS = "color-contrast"
OF_COLOURS = {"type": "rule", "values": [COLOURS]}
PHONE, SMALL_PHONE = 390, 320  # CSS pixels
DESK_WINDOW = {"viewport": {"width": 1440, "height": 900}}
PHONE_WINDOW = {"viewport": {"width": PHONE, "height": 844}, "has_touch": True}
ERROR_ANSWER = re.compile(r"the server responded with a status of")

# What colours follow from: of each element that is shown, its own classes and states and those of all it stands in.
KINDS = """() => {
  const told = ['class', 'role', 'aria-current', 'aria-selected', 'aria-pressed', 'aria-invalid', 'disabled',
    'readonly', 'open']
  const chains = new Map()
  window.kinds = new Map()
  for (const one of document.querySelectorAll('body, body *')) {
    const own = [one.tagName, ...told.map(name => one.getAttribute(name))]
    const chain = `${chains.get(one.parentElement) ?? ''}>${own}`
    chains.set(one, chain)
    if (!kinds.has(chain) && one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) kinds.set(chain, one)
  }
  return [...kinds.keys()]
}"""
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LIGHT = "document.documentElement.dataset.bsTheme"
TURN_THE_LIGHT = f"{LIGHT} = {LIGHT} === 'dark' ? 'light' : 'dark'"
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
    """One window on the house, opened at a desk or on a phone; `wrong` gathers what is wrong on each page, by its
    address, as `closely` looks at it. Where `then` does too, each page is held in the hand afterwards."""

    def __init__(self, browser, house, window, *, closely, then=()):
        self.window, self.house, self.closely, self.then = window, house, closely, then
        self.wrong, self.said, self.known = {}, [], set()
        self.context = browser.new_context(locale="vi-VN", reduced_motion="reduce", **window)
        self.context.add_init_script(AXE)  # once, and not sent to each page anew

    def over(self, addresses) -> dict[str, list[str]]:
        self.page = self.context.new_page()
        self.hand = self.context.new_cdp_session(self.page)
        self.page.on("console", lambda one: self.said.append(one.text) if one.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        for address in addresses:
            self.at(address)
        self.context.close()
        return self.wrong

    def at(self, address):
        self.said.clear()
        answer = self.page.goto(self.house + address)
        found = [] if answer.ok or address == NOWHERE else [f"answers {answer.status}"]
        for problem in self.closely:
            found += problem(self)
        if self.then:
            self.hold(PHONE_WINDOW)
            for problem in self.then:
                found += [f"{one}, in the hand" for one in problem(self)]
            self.hold(self.window)
        found += [one for one in self.said if not ERROR_ANSWER.search(one)]
        if found:
            self.wrong[address] = found

    def hold(self, window):
        self.hand.send("Emulation.setTouchEmulationEnabled", {"enabled": window.get("has_touch", False)})
        self.page.set_viewport_size(window["viewport"])

    def new_kinds(self) -> list[str]:
        """Kinds of elements that no page before has shown."""
        found = [one for one in self.page.evaluate(KINDS) if one not in self.known]
        self.known.update(found)
        return found

    def axe(self, rules, *, kinds=(), without=()) -> list[str]:
        """What axe finds on the page, or in the first element of each of these kinds that is shown still."""
        options = {"runOnly": rules, "resultTypes": ["violations"], "reporter": "no-passes"}
        options["rules"] = {rule: {"enabled": False} for rule in without}
        run = """([kinds, options]) => {
          const shown = kinds.map(one => window.kinds.get(one)).filter(one => one?.isConnected)
          if (kinds.length && !shown.length) return {violations: []}
          return axe.run(kinds.length ? {include: shown} : document, options)
        }"""
        if kinds:
            self.page.evaluate(KINDS)  # a part of the page may have been fetched anew since
        seen = self.page.evaluate(run, [list(kinds), options])["violations"]
        return [f"{one['id']}: {one['nodes'][0]['target']}" for one in seen]


def reads_well(look) -> list[str]:
    """Whatever axe finds; colours in what no page before has shown."""
    return look.axe(RULES, without=[COLOURS]) + has_contrast(look, look.new_kinds())


def reads_well_besides(look) -> list[str]:
    """The same, but only where the page shows something that none has shown yet."""
    kinds = look.new_kinds()
    return look.axe(RULES, without=[COLOURS]) + has_contrast(look, kinds) if kinds else []


def has_contrast(look, kinds) -> list[str]:
    """In either light; the page keeps its own."""
    found = []
    for _light in range(2) if kinds else ():
        light = look.page.evaluate(LIGHT)
        found += [f"{one}, {light}" for one in look.axe(OF_COLOURS, kinds=kinds)]
        look.page.evaluate(TURN_THE_LIGHT)
    return found


def fits(look) -> list[str]:
    """Nothing scrolls sideways, neither here nor on the smallest phone."""
    page, shown = look.page, look.page.viewport_size
    found = [f"scrolls sideways at {shown['width']}"] if page.evaluate(SCROLLS_SIDEWAYS) else []
    if shown["width"] == PHONE:
        page.set_viewport_size({"width": SMALL_PHONE, "height": shown["height"]})
        found += [f"scrolls sideways at {SMALL_PHONE}"] if page.evaluate(SCROLLS_SIDEWAYS) else []
        page.set_viewport_size(shown)
    return found


def is_touched(look) -> list[str]:
    """Controls a thumb misses; links inside sentences and rows are text, not controls."""
    return [f"too small to touch: {one}" for one in look.page.evaluate(SMALL_TARGETS)]


@pytest.mark.parametrize("half", [0, 1], ids=["one half", "the other"])  # so that two processes share the work
@pytest.mark.parametrize(
    ("window", "language", "closely", "then"),
    [
        (DESK_WINDOW, "vi", (fits, reads_well), (fits, is_touched, reads_well_besides)),
        (PHONE_WINDOW, "en", (fits, is_touched), ()),
    ],
    ids=["at a desk, then in the hand", "on a phone in English"],
)
def test_every_page_is_fit_to_be_read_and_touched(
    browser, live_server, client, keeper, window, language, closely, then, half
):
    keeper.language = language
    keeper.save()
    look = Look(browser, live_server.url, window, closely=closely, then=then)
    let_in(look.context, client, keeper, live_server.url)
    assert look.over([address for _name, address in pages(keeper)][half::2]) == {}


def test_what_stands_around_every_page_on_a_phone_reads_well(browser, live_server, client, keeper):
    look = Look(browser, live_server.url, PHONE_WINDOW, closely=(reads_well,))
    let_in(look.context, client, keeper, live_server.url)
    assert look.over(map(reverse, ("home", "delegations-list", "delegations-new", "search"))) == {}


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
