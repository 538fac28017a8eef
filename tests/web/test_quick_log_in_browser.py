"""Logging in a real browser by keyboard alone: each kind, a partner made on the way, a draft, two at one record."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from activities.models import Activity, Conference, Course, Delegation
from partners.models import Partner
from tests import factories as make
from tests.machines import wait_until
from tests.web.browsing import follow, grave, let_in
from tests.web.test_journey import sign_in, tab_to
from unionrelations.web.models import Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

LAO = "Trung ương Liên hiệp Công đoàn Lào"
# Kind by the digit that opens it: what is typed besides partner, date and title, by field, and what is then held.
KINDS = {
    "1": ({"rows-0-0-people": "5"}, Delegation, {"direction": "out"}),
    "2": ({"guests": "7"}, Delegation, {"direction": "in", "guests": 7}),
    "3": ({"participants_from_abroad": "40"}, Conference, {"role": "hosted", "participants_from_abroad": 40}),
    "4": ({"trainees_theirs": "30", "certificates": "28"}, Course, {"trainees_theirs": 30, "certificates": 28}),
}


@pytest.fixture
def officer(transactional_db):
    union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")
    make.PartnerFactory(name=LAO)
    return make.UserFactory(username="lan", union=union)


def choose(page, field, words, chosen):
    """Types into a field that finds records and takes the first that answers."""
    expect(page.locator(f"#id_{field}_type")).to_be_focused()
    page.keyboard.type(words)
    page.locator(f"#id_{field}_list [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".chip", has_text=chosen)).to_have_count(1)


@pytest.mark.parametrize("digit", KINDS)
def test_each_kind_is_logged_with_the_keyboard_alone(page, live_server, officer, digit):
    typed, model, held = KINDS[digit]
    sign_in(page, live_server.url)
    page.keyboard.press("n")
    page.keyboard.press(digit)
    choose(page, "partners", "cong doan lao", LAO)
    tab_to(page, name="when")
    page.keyboard.type("6-10/11/2023")
    if "role" in held:
        tab_to(page, name="role")
        page.keyboard.press("ArrowRight")  # from none of them, the last, to the first
    tab_to(page, name="title")
    page.keyboard.press("Control+A")
    page.keyboard.type("Việc với bạn Lào")
    for name, value in typed.items():
        tab_to(page, name=name)
        page.keyboard.type(value)
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Việc với bạn Lào")
    one = model.objects.get()
    assert {name: getattr(one, name) for name in held} == held
    assert (one.starts_on.isoformat(), one.days, str(one.partners.get())) == ("2023-11-06", 5, LAO)


def test_a_missing_partner_is_made_in_the_form_with_the_keyboard_alone(page, live_server, officer):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/delegations/new/?direction=out")
    expect(page.locator("#id_partners_type")).to_be_focused()
    page.keyboard.type("Công đoàn Bưu điện Pháp")
    expect(page.locator("#field-partners [role=status]").first).not_to_be_empty()
    tab_to(page, localName="summary")
    page.keyboard.press("Enter")
    expect(page.locator("[name=new-partners-name]")).to_be_focused()
    expect(page.locator("[name=new-partners-name]")).to_have_value("Công đoàn Bưu điện Pháp")
    tab_to(page, id="id_new-partners-kind_type")
    page.keyboard.type("cong doan nganh")
    page.keyboard.press("Enter")
    tab_to(page, name="make")
    page.keyboard.press("Enter")
    expect(page.locator("#field-partners .chip")).to_contain_text("Công đoàn Bưu điện Pháp")
    assert grave(page) == []
    tab_to(page, name="when")
    page.keyboard.type("tháng 6/2022")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("Bưu điện Pháp")
    assert Delegation.objects.get().partners.get() == Partner.objects.get(name="Công đoàn Bưu điện Pháp")


def test_a_draft_comes_back_after_a_session_that_was_lost(page, context, live_server, officer):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/delegations/new/?direction=out")
    choose(page, "partners", "cong doan lao", LAO)
    tab_to(page, name="place")
    page.keyboard.type("Viêng Chăn")
    expect(page.locator("#draft-state .ico")).to_be_visible()  # which the partner alone may have brought about
    wait_until(lambda: "Viêng Chăn" in str(Draft.objects.values().get()), what="the draft with the place")
    context.clear_cookies()
    sign_in(page, live_server.url)
    follow(page, page.locator("section[aria-labelledby=drafts] a.title"))
    expect(page.locator("[name=place]")).to_have_value("Viêng Chăn")
    expect(page.locator("#field-partners .chip")).to_contain_text(LAO)
    assert grave(page) == []
    tab_to(page, name="when")
    page.keyboard.type("6-10/11/2023")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dl.facts").first).to_contain_text("Viêng Chăn")
    assert Activity.objects.count() == 1
    assert not Draft.objects.exists()


def test_two_at_one_record_see_what_came_between_and_the_second_chooses(browser, live_server, officer):
    union = officer.union
    trip = make.DelegationFactory(unions=[(union, 3)], title="Thăm Lào", place="Viêng Chăn", note="")
    address = f"{live_server.url}/delegations/{trip.pk}/edit/"
    desks = []
    for person in (officer, make.UserFactory(username="hoa", union=union)):
        context = browser.new_context(locale="vi-VN")
        let_in(context, Client(), person, live_server.url)
        desks.append(context.new_page())
        desks[-1].goto(address)
    mine, theirs = desks
    theirs.locator("[name=place]").fill("Luông Pha-băng")
    theirs.locator("[name=title]").fill("Thăm bạn Lào")
    theirs.locator("[name=title]").press("Control+Enter")
    expect(theirs.locator("h1")).to_have_text("Thăm bạn Lào")

    mine.locator("[name=place]").fill("Pạc-xế")
    mine.locator("[name=place]").press("Control+Enter")
    asked = mine.locator("fieldset.clash")
    expect(asked).to_have_count(1)  # the title changed on one side alone and is taken over by itself
    expect(asked).to_contain_text("Luông Pha-băng")
    expect(asked).to_contain_text("Pạc-xế")
    assert grave(mine) == []
    asked.locator("[value=theirs]").check()
    mine.locator("[name=place]").press("Control+Enter")
    expect(mine.locator("h1")).to_have_text("Thăm bạn Lào")
    trip.refresh_from_db()
    assert (trip.title, trip.place) == ("Thăm bạn Lào", "Luông Pha-băng")
    for page in desks:
        page.context.close()
