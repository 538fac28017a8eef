"""The year in Chromium, by an officer, a leader and an administrator, in Vietnamese: once as it should go, once with
everything refused that can be. What each page shows of the step before is looked at on the way.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from activities.models import Delegation, FollowUp, Plan, PlanEvent, PlanLine, RuleSet
from activities.reports.models import PaperTemplate
from tests import factories as make
from tests.kit.test_templates import template
from tests.web.browsing import follow, grave, let_in
from tests.web.test_steps_in_browser import go_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TODAY = timezone.localdate()
START = TODAY + dt.timedelta(days=40)  # with time enough to ask for leave
NOW = timezone.now()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CUBA, LAOS = "Thăm Trung tâm Công đoàn Cuba", "Thăm Liên hiệp Công đoàn Lào"


class Office:
    """Three people at one desk: `be` says who sits there, everything else is done by hand on the page."""

    def __init__(self, page, context, client, house):
        self.page, self.context, self.client, self.house = page, context, client, house
        self.union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")
        make.TermFactory(union=self.union)
        laos = make.CountryFactory()
        self.partner = make.PartnerFactory(name="Liên hiệp Công đoàn Lào", country=laos)
        self.people = {
            role: make.UserFactory(union=self.union, role=role, language="vi", username=role)
            for role in ("officer", "leader", "administrator")
        }
        self.said = []
        # Drafts have tests of their own; kept here they would meet the next request at SQLite's one table in memory.
        page.route("**/drafts/**", lambda route: route.fulfill(status=204))
        page.on("console", lambda one: self.said.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def be(self, role):
        self.context.clear_cookies()
        let_in(self.context, self.client, self.people[role], self.house)

    def go(self, address):
        self.page.goto(address if address.startswith("http") else self.house + address)

    def type(self, **typed):
        for name, value in typed.items():
            self.page.locator(f"#main [name={name.replace('__', '-')}]").fill(value)

    def pick(self, **chosen):
        """One of a few choices, in whatever way the page offers them."""
        for name, value in chosen.items():
            select = self.page.locator(f"#main select[name={name}]")
            if select.count():
                select.select_option(value)
            else:
                self.page.locator(f"#main label:has([name={name}][value={value}])").click()

    def save(self):
        with self.page.expect_navigation():
            self.page.locator(".save-bar .btn-primary").click()

    def press(self, words, within="#main"):
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("button", name=words, exact=True).click()

    def opened(self, words):
        """Folds open what hides behind these words."""
        self.page.locator("summary", has_text=words).first.click()

    def choose(self, label, typed):
        """Of records found while one types, the first."""
        self.page.get_by_role("combobox", name=label).press_sequentially(typed)
        self.page.locator("#main [role=listbox]:visible [role=option]").first.wait_for()
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def sees(self, words, within="#main"):
        expect(self.page.locator(within)).to_contain_text(words)

    def line(self, title, when, **more):
        """A line of the plan whose page is open; ends on the page of the line."""
        follow(self.page, self.page.get_by_role("link", name="Thêm việc", exact=True).first)
        self.pick(kind="delegation", direction="out")
        self.type(title=title, when=when, **more)
        self.save()
        expect(self.page.locator("h1")).to_have_text(title)


@pytest.fixture
def office(page, context, client, live_server, transactional_db):
    return Office(page, context, client, live_server.url)


def the_plan(office):
    """A plan of the year with two lines, submitted; gives its address."""
    office.be("officer")
    office.go("/plans/new/")
    year = START.year
    office.type(title=f"Kế hoạch đối ngoại năm {year}", first_day=f"01/01/{year}", last_day=f"31/12/{year}")
    office.save()
    expect(office.page.locator("h1")).to_have_text(f"Kế hoạch đối ngoại năm {year}")
    assert grave(office.page) == []
    plan = office.page.url
    office.line(LAOS, f"{START:%d/%m/%Y}", people="6", estimate="300000000")
    office.go(plan)
    office.line(CUBA, "quý IV", people="4")
    office.go(plan)
    office.press("Trình kế hoạch")
    office.sees("Đã trình duyệt.", "body")
    return plan


def test_a_year_from_its_rules_to_the_closed_record(office):
    page = office.page
    office.be("administrator")
    office.go("/rules/new/")
    office.pick(by_steps="true")
    office.type(most_people="5")
    office.save()
    assert RuleSet.objects.get().most_people == 5
    office.go("/templates/submission/vi/")
    own = {"name": "to-trinh.docx", "mimeType": DOCX, "buffer": template("Tờ trình của ngành: {{ title }}", body=None)}
    page.locator("input[type=file]").set_input_files(own)
    office.press("Dùng tệp này")
    office.sees("Từ nay", "body")
    assert PaperTemplate.objects.get().union == office.union
    assert grave(page) == []

    plan = the_plan(office)

    office.be("leader")
    office.go("/")
    follow(page, page.locator("#main").get_by_role("link", name=f"Kế hoạch đối ngoại năm {START.year}"))
    office.go(plan)
    assert grave(page) == []
    office.opened("Trả lại, không duyệt")
    page.locator("#return-note").fill("Ghi rõ kinh phí đi Cuba")
    office.press("Trả lại bản nháp")

    office.be("officer")
    office.go(plan)
    office.sees("Ghi rõ kinh phí đi Cuba")
    follow(page, page.get_by_role("link", name=CUBA))
    follow(page, page.get_by_role("link", name="Sửa", exact=True))
    office.type(estimate="200.000.000")
    office.save()
    office.go(plan)
    office.press("Trình kế hoạch")

    office.be("leader")
    office.go(plan)
    office.opened("Không duyệt một số việc")
    page.get_by_label(CUBA).fill("Chưa có nguồn kinh phí")
    office.press("Duyệt kế hoạch")
    office.sees("Chưa có nguồn kinh phí", "#lines")
    assert PlanEvent.objects.filter(number=1).count() == 1

    office.be("officer")
    office.go(plan)
    follow(page, page.get_by_role("link", name=LAOS))
    follow(page, page.get_by_role("link", name="Ghi kết quả thực hiện", exact=True))
    office.pick(status="planned")
    office.choose("Đối tác", "lien hiep")
    office.type(when=f"{START:%d/%m/%Y} - {START + dt.timedelta(days=4):%d/%m/%Y}", rows__0__0__people="6")
    office.save()
    page.locator("[name=overstep_reason]").fill("Bạn mời thêm một cán bộ trẻ")
    office.save()
    expect(page.locator("h1")).to_have_text(LAOS)
    trip = page.url
    go_on(page, "Trình duyệt", paper_number="12/CĐCT")

    office.be("leader")
    office.go(trip)
    office.sees("Bạn mời thêm một cán bộ trẻ", "#oversteps")
    go_on(page, "Duyệt", paper_number="7/QĐ-CĐCT")

    office.be("officer")
    office.go(trip)
    go_on(page, "Bắt đầu", paper_number="Chương trình")
    go_on(page, "Ghi đã diễn ra")
    page.goto(re.sub(r"/$", "/talks/new/", trip))
    office.type(topics="Trao đổi đoàn hằng năm", ours="Mời bạn dự hội nghị tháng 6", theirs="Gửi danh sách học viên")
    office.save()
    office.sees("Mời bạn dự hội nghị tháng 6", "#follow-ups")
    go_on(page, "Đóng hồ sơ", paper_number="30/BC")

    follow(page, page.locator("#follow-ups").get_by_role("link", name="Mời bạn dự hội nghị tháng 6"))
    office.type(done_on=f"{TODAY:%d/%m/%Y}")
    office.save()
    office.go("/promises/?state=open")
    office.sees("Gửi danh sách học viên")
    expect(page.locator("#main")).not_to_contain_text("Mời bạn dự hội nghị tháng 6")

    made = Delegation.objects.get()
    assert (made.status, made.closed_at is not None) == ("held", True)
    assert FollowUp.objects.open().get().side == FollowUp.Side.THEM
    office.go(plan)
    office.sees("1 đã làm, 0 còn lại, 1 không thực hiện")
    assert grave(page) == []
    assert office.said == []


def test_what_is_refused_says_why_and_a_revised_plan_keeps_what_held_before(office):
    page, union = office.page, office.union
    RuleSet.objects.create(union=union, by_steps=True)
    first, last = dt.date(START.year, 1, 1), dt.date(START.year, 12, 31)
    plan = Plan.objects.create(union=union, title="Kế hoạch năm", first_day=first, last_day=last)
    line = PlanLine.objects.create(plan=plan, title=LAOS, kind="delegation", direction="out", people=6)
    plan.submit(office.people["officer"], NOW)
    plan.approve(office.people["leader"], NOW)
    trip = make.DelegationFactory(unions=[(union, 4)], title="Đi dự đại hội bạn", status="planned", starts_on=START)

    office.be("officer")
    office.go(f"/delegations/{trip.pk}/")
    go_on(page, "Trình duyệt", paper_number="15/CĐCT")
    office.be("leader")
    office.go("/")
    follow(page, page.get_by_role("link", name="Đi dự đại hội bạn"))
    follow(page, page.locator("#steps").get_by_role("link", name="Không duyệt", exact=True))
    page.locator(".save-bar .btn-primary").click()
    office.sees("Hãy ghi ngắn gọn lý do")
    office.type(reason="Trùng với hội nghị ban chấp hành")
    office.save()
    office.be("officer")
    office.go("/delegations/?status=refused")
    follow(page, page.get_by_role("link", name="Đi dự đại hội bạn"))
    office.sees("Trùng với hội nghị ban chấp hành", "#history")
    assert grave(page) == []

    office.go(f"/plans/{plan.pk}/")
    office.opened("Điều chỉnh kế hoạch")
    page.locator("#revise-note").fill("Bạn đề nghị lùi sang quý III")
    office.press("Mở để điều chỉnh")
    office.sees("Đang điều chỉnh")
    follow(page, page.get_by_role("link", name=LAOS))
    follow(page, page.get_by_role("link", name="Sửa", exact=True))
    office.type(people="8", when="quý III")
    office.save()
    office.go(f"/plans/{plan.pk}/")
    follow(page, page.get_by_role("link", name="Đọc bản duyệt 1"))
    office.sees(LAOS)
    expect(page.locator("#main tbody td.num").first).to_have_text("6")
    office.go(f"/plans/{plan.pk}/")
    office.press("Trình kế hoạch")

    office.be("leader")
    office.go(f"/plans/{plan.pk}/")
    office.opened("Trả lại, không duyệt")
    page.locator("#return-note").fill("Quý III đã kín lịch")
    office.press("Trả lại bản nháp")
    office.be("officer")
    office.go(f"/plans/{plan.pk}/")
    office.sees("Quý III đã kín lịch")
    office.go(f"/plan-lines/{line.pk}/edit/")
    office.type(when="quý IV")
    office.save()
    office.go(f"/plans/{plan.pk}/")
    office.press("Trình kế hoạch")
    office.be("leader")
    office.go(f"/plans/{plan.pk}/")
    office.press("Duyệt kế hoạch")
    office.opened("Các bản")
    assert grave(page) == []
    follow(page, page.get_by_role("link", name="Bản duyệt 1"))
    expect(page.locator("#main tbody td.num").first).to_have_text("6")
    follow(page, page.get_by_role("link", name="Kế hoạch năm").first)
    office.sees("8", "#lines")

    events = list(plan.events.order_by("pk").values_list("kind", "number"))
    assert events == [
        *(("submitted", None), ("approved", 1), ("revised", None), ("submitted", None), ("returned", None)),
        *(("submitted", None), ("approved", 2)),
    ]
    assert [one.is_whole for one in plan.versions] == [True, True]
    assert office.said == []
