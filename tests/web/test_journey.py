"""One morning of an officer, with the keyboard alone: sign in, log a delegation, and see the report rise by one."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.web.browsing import grave

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

REPORT = "/reports/vuit/2018-2023/"


@pytest.fixture
def officer(transactional_db):
    union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")
    make.TermFactory(union=union)
    make.DelegationFactory(unions=[(union, 3)], title="Đoàn đã có từ trước")
    return make.UserFactory(username="lan", union=union)


@pytest.fixture
def complaints(page):
    """What the browser complains of: errors of scripts, and whatever the page's own policy refuses."""
    said = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def tab_to(page, **wanted):
    """Presses Tab until the control stands in focus; a control the keyboard cannot reach fails."""
    test = " && ".join(f"one.{name} === {value!r}" for name, value in wanted.items())
    for _step in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => {{ const one = document.activeElement; return {test} }}"):
            return
    pytest.fail(f"The keyboard never reaches {wanted}.")


def sign_in(page, house):
    page.goto(f"{house}/sign-in/?next=/")
    tab_to(page, name="username")
    page.keyboard.type("lan")
    tab_to(page, name="password")
    page.keyboard.type(make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house}/")


def outbound(page, house) -> int:
    """The report's number of outbound delegations."""
    page.goto(house + REPORT)
    return int(page.locator('table a.figure-link[href*="figure=delegations_out&"]').inner_text())


def test_log_once_and_the_report_knows(page, live_server, officer, complaints):
    house = live_server.url
    sign_in(page, house)
    before = outbound(page, house)
    assert before == 1

    page.goto(f"{house}/delegations/new/?direction=out")
    tab_to(page, name="when")
    page.keyboard.type("6-10/11/2023")
    tab_to(page, name="title")
    page.keyboard.type("Đoàn thăm Liên hiệp Công đoàn Lào")
    tab_to(page, name="rows-0-0-people")
    page.keyboard.type("5")
    save = page.locator(".save-bar .btn-primary").inner_text()
    tab_to(page, type="submit", innerText=save)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Đoàn thăm Liên hiệp Công đoàn Lào")
    assert "06–10/11/2023" in page.locator("dl.facts").first.inner_text()

    page.goto(f"{house}/delegations/")
    assert page.get_by_role("link", name="Đoàn thăm Liên hiệp Công đoàn Lào").is_visible()

    assert outbound(page, house) == before + 1
    page.locator('table a.figure-link[href*="figure=delegations_out&"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/delegations/?figure=delegations_out**")
    rows = page.locator("#rows tbody tr")
    assert rows.count() == before + 1
    assert "Đoàn thăm Liên hiệp Công đoàn Lào" in rows.first.inner_text()
    assert complaints == []


def test_what_was_typed_wrong_is_said_beside_it_and_stays(page, live_server, officer, complaints):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/delegations/new/")
    page.locator("[name=title]").fill("Đoàn đi Lào")
    page.locator("[name=when]").fill("31/02/2023")
    page.locator(".save-bar .btn-primary").click()
    page.wait_for_selector("[role=alert]")
    field = page.locator("[name=when]")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "31/02/2023"
    assert page.locator("[name=title]").input_value() == "Đoàn đi Lào"
    assert complaints == []


def test_a_refused_form_shuts_nobody_out(page, live_server, officer):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/delegations/new/")
    page.locator(".save-bar .btn-primary").click()
    page.wait_for_selector("[role=alert]")
    assert grave(page) == []


def test_enter_saves(page, live_server, officer):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/delegations/new/")
    page.locator("[name=when]").fill("06/11/2023")
    page.locator("[name=title]").fill("Đoàn đi Lào")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Đoàn đi Lào")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_way_in_and_the_pages_of_every_day_shut_nobody_out(page, live_server, officer, complaints, language):
    officer.language = language
    officer.save()
    house = live_server.url
    page.goto(f"{house}/sign-in/")
    assert grave(page) == []
    sign_in(page, house)
    record = officer.union.activities.get().pk
    for address in ("/", "/delegations/", f"/delegations/{record}/", "/delegations/new/", REPORT):
        page.goto(house + address)
        assert (address, grave(page)) == (address, [])
    assert complaints == []
