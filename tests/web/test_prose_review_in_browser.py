"""A report pasted, read, answered and stored in a real browser by keyboard alone."""

import pytest
from playwright.sync_api import expect

from activities.models import ReportedFigure, SourceDocument
from tests import factories as make
from tests.web.browsing import grave
from tests.web.test_journey import sign_in, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

REPORT = (
    "Kết quả công tác đối ngoại giai đoạn 2018 – 2023\n"
    "Công đoàn ngành đã cử 6 đoàn ra với 17 lượt cán bộ, đón 7 đoàn vào (28 khách quốc tế)."
)
WORDS = "28 khách quốc tế"
GUESTS = REPORT.index(WORDS)


@pytest.fixture
def officer(transactional_db):
    union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")
    return make.UserFactory(username="lan", union=union)


def answered(page, accepted):
    """The page after an answer: so many are accepted, and the focus stands at the next figure."""
    expect(page.locator("[data-cand] .pill-ok")).to_have_count(accepted)
    expect(page.locator("[data-cand][aria-current] [data-main]")).to_be_focused()


def test_a_report_is_pasted_read_and_kept_with_the_keyboard_alone(page, live_server, officer):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/documents/new/")
    tab_to(page, name="title")
    page.keyboard.type("Báo cáo nhiệm kỳ")
    tab_to(page, name="text")
    page.keyboard.insert_text(REPORT)
    page.keyboard.press("Control+Enter")
    answered(page, 0)
    expect(page.locator(".paper-text a.fig")).to_have_count(4)
    assert grave(page) == []
    tab_to(page, name="for_all")
    page.keyboard.press("Enter")
    expect(page.locator(".fig-ask:not(.keys *)")).to_have_count(0)
    answered(page, 0)

    page.keyboard.press("Enter")
    answered(page, 1)
    page.keyboard.press("x")
    expect(page.locator("#c2 .pill-quiet")).to_be_visible()
    answered(page, 1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#c4")).to_have_attribute("aria-current", "true")
    expect(page.locator('.fig[href="#c4"]')).to_have_attribute("aria-current", "true")
    tab_to(page, name=f"f{GUESTS}-{GUESTS + len(WORDS)}-guests_in-value")
    page.keyboard.press("Control+A")
    page.keyboard.type("hơn 28")
    page.keyboard.press("Enter")
    answered(page, 2)
    assert grave(page) == []
    assert not SourceDocument.objects.exists()

    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("Báo cáo nhiệm kỳ")
    kept = ReportedFigure.objects.order_by("low").values_list("printed", "low", "high", "qualifier", "union__code")
    assert list(kept) == [("6 đoàn ra", 6, 6, "exact", "vuit"), (WORDS, 28, None, "gt", "vuit")]
