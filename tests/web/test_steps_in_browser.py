"""A trip from its plan to its closed record, by an officer and a leader, with the keyboard alone and in Vietnamese."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from activities.models import Delegation, Overstep, RuleSet
from tests import factories as make
from tests.web.browsing import follow, grave, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def people(transactional_db):
    union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")
    make.TermFactory(union=union)
    RuleSet.objects.create(union=union, by_steps=True)
    return {role: make.UserFactory(union=union, role=role, language="vi") for role in ("officer", "leader")}


@pytest.fixture
def be(people, context, client, live_server):
    """Takes the place of one of the people."""

    def _be(role):
        context.clear_cookies()
        let_in(context, client, people[role], live_server.url)

    return _be


def go_on(page, words, **typed):
    """Takes the step of these words from the activity's page, typing what it asks for."""
    follow(page, page.locator("#steps").get_by_role("link", name=words, exact=True))
    assert grave(page) == []
    for name, value in typed.items():
        field = page.locator(f"[name={name.replace('_', '-')}]")
        field.focus()
        page.keyboard.type(value)
    page.locator(".save-bar .btn-primary").press("Enter")
    expect(page.locator("#history")).to_contain_text(words)


def test_from_the_plan_to_the_closed_record(page, live_server, be):
    house = live_server.url
    be("officer")
    start = timezone.localdate() + dt.timedelta(days=40)
    page.goto(f"{house}/delegations/new/?direction=out")
    for name, value in (
        ("when", f"{start:%d/%m/%Y} - {start + dt.timedelta(days=13):%d/%m/%Y}"),
        ("title", "Đoàn trao đổi về chuyển dịch công bằng"),
    ):
        page.locator(f"[name={name}]").focus()
        page.keyboard.type(value)
    page.locator("[name=status][value=planned]").press("Space")
    page.locator(".save-bar .btn-primary").press("Enter")
    reason = page.locator("[name=overstep_reason]")
    expect(reason).to_be_visible()
    assert grave(page) == []
    reason.focus()
    page.keyboard.type("Bạn mời dự thêm hội nghị")
    page.locator(".save-bar .btn-primary").press("Enter")
    expect(page.locator("h1")).to_have_text("Đoàn trao đổi về chuyển dịch công bằng")
    assert Overstep.objects.get().reason == "Bạn mời dự thêm hội nghị"
    address = page.url
    assert grave(page) == []
    go_on(page, "Trình duyệt", paper_number="12/CĐCT")

    be("leader")
    page.goto(house)
    follow(page, page.get_by_role("link", name="Đoàn trao đổi về chuyển dịch công bằng").first)
    expect(page.locator("#oversteps")).to_contain_text("Bạn mời dự thêm hội nghị")
    go_on(page, "Trả lại", reason="Rút xuống 10 ngày")

    be("officer")
    page.goto(address)
    expect(page.locator("#history")).to_contain_text("Rút xuống 10 ngày")
    go_on(page, "Trình duyệt")

    be("leader")
    page.goto(address)
    go_on(page, "Duyệt", paper_number="7/QĐ-CĐCT")

    be("officer")
    page.goto(address)
    go_on(page, "Bắt đầu", paper_number="Chương trình")
    go_on(page, "Ghi đã diễn ra")
    go_on(page, "Đóng hồ sơ", paper_number="30/BC")
    trip = Delegation.objects.get()
    assert (trip.status, trip.closed_at is not None) == ("held", True)
    assert list(trip.steps.order_by("pk").values_list("step", flat=True)) == [
        *("submit", "return", "submit", "approve", "begin", "hold", "close"),
    ]
