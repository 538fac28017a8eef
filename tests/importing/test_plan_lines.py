"""The office's sheet of a year's plan comes in as it is, and the list of lines goes out and comes back unchanged."""

import datetime as dt
import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from activities.entities.plan_lines import OFFICE_COLUMNS, PlanLineTable
from activities.models import Plan, PlanLine
from partners.models import Country, Partner
from tests import factories as make
from tests.doors import enter
from tests.imports import stored
from tests.plans import NOW, a_house, became, line_of
from tests.spreadsheets.test_shapes import rows_of_every_table
from unionrelations.accounts.models import Union
from unionrelations.importing.undo import undo

pytestmark = pytest.mark.django_db
HEADINGS = (
    "STT", "Tên hoạt động", "Đối tác", "Nước", "Thời gian/Quý", "Số người", "Kinh phí (dự toán)", "Nguồn kinh phí",
    "Đơn vị chủ trì", "Đơn vị phối hợp",
)  # fmt: skip
ROWS = (
    ("I", "Đoàn ra", None, None, None, None, None, None, None, None),
    (1, "Thăm và làm việc với Liên hiệp Công đoàn Lào", "Liên hiệp Công đoàn Lào", "Lào", "Quý II", 6, 300_000_000,
     "Tài chính công đoàn", "Ban Quan hệ quốc tế", "Văn phòng; Ban Tài chính"),
    (2, "Dự hội nghị tại Nhật Bản", None, "Nhật Bản", "Tháng 9", None, None, None, None, None),
    ("II", "Đoàn vào", None, None, None, None, None, None, None, None),
    (3, "Đón đoàn Tổng Công đoàn Hàn Quốc", None, None, None, 5, "60 triệu", None, None, None),
)  # fmt: skip


@pytest.fixture
def house():
    for code, name, english in (("LA", "Lào", "Laos"), ("JP", "Nhật Bản", "Japan")):
        make.CountryFactory(code=code, name=name, name_en=english)
    return a_house()


def sheet(folder, title="KẾ HOẠCH ĐỐI NGOẠI NĂM 2026", rows=ROWS):
    book = Workbook()
    for row in ((title,), (), HEADINGS, *rows):
        book.active.append(row)
    path = folder / "ke-hoach.xlsx"
    book.save(path)
    return path


def bring(path, **options) -> dict:
    written = StringIO()
    call_command("import_sheet", str(path), format="json", stdout=written, **options)
    return json.loads(written.getvalue())


def test_the_offices_sheet_begins_a_draft_of_its_year(house, tmp_path):
    path = sheet(tmp_path)
    told = bring(path, union="giua")
    assert (told["read"], told["new"], told["refused"]) == (3, 3, 0), told
    assert not Plan.objects.exists()
    bring(path, union="giua", apply=True)
    plan = Plan.objects.get()
    assert (plan.union, plan.state) == (house.union, "draft")
    assert (plan.first_day, plan.last_day) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    lao, japan, korea = PlanLine.objects.order_by("pk")
    assert (lao.kind, lao.direction, lao.quarter, lao.people) == ("delegation", "out", dt.date(2026, 4, 1), 6)
    assert (lao.partner.name, lao.country.code) == ("Liên hiệp Công đoàn Lào", "LA")
    assert (lao.estimate, lao.currency, lao.paid_from) == (300_000_000, "VND", "union")
    assert (lao.lead_unit, lao.cooperating_units) == ("Ban Quan hệ quốc tế", "Văn phòng\nBan Tài chính")
    assert (japan.starts_on, japan.precision, japan.people, japan.estimate) == (
        dt.date(2026, 9, 1),
        "month",
        None,
        None,
    )
    assert (korea.direction, korea.starts_on, korea.estimate) == ("in", None, 60_000_000)
    again = bring(path, union="giua", apply=True)
    assert again["unchanged"] == 3, again


def test_taking_an_import_back_takes_the_plan_it_began_along(house, tmp_path):
    before = rows_of_every_table()
    batch = stored(house.officer, sheet(tmp_path).read_bytes())
    assert (Plan.objects.count(), PlanLine.objects.count(), Partner.objects.count()) == (1, 3, 1)
    assert undo(batch, NOW) == 0
    after = rows_of_every_table()
    assert {
        name: number
        for name, number in after.items()
        if before[name] != number and not re.search("mport|history", name)
    } == {}
    assert bring(sheet(tmp_path), union="giua")["new"] == 3


@pytest.mark.parametrize("way", ["a line was added", "submitted", "realised"])
def test_a_plan_somebody_worked_on_since_stays_and_says_so(house, tmp_path, way):
    batch = stored(house.officer, sheet(tmp_path).read_bytes())
    plan = Plan.objects.get()
    if way == "submitted":
        plan.submit(house.officer, NOW)
    elif way == "realised":
        became(plan.lines.first())
    else:
        line_of(plan, "Thêm một việc")
    assert undo(batch, NOW) > 0
    kept = set(batch.records.exclude(kept_because="").values_list("model", flat=True))
    assert "activities.plan" in kept
    assert Plan.objects.filter(pk=plan.pk).exists()
    assert ("activities.planline" in kept) == (way == "realised")
    assert undo(batch, NOW, even_edited=True) == 0
    assert not Plan.objects.exists()


def test_rows_go_to_the_plan_of_that_year_and_never_into_an_approved_one(house, tmp_path):
    plan = house.plan()
    bring(sheet(tmp_path), union="giua", apply=True)
    assert Plan.objects.get() == plan
    house.approved(plan)
    assert bring(sheet(tmp_path), union="giua")["unchanged"] == 3
    more = (*ROWS, (4, "Một việc nữa", *[None] * 8))
    told = bring(sheet(tmp_path, rows=more), union="giua")
    assert (told["unchanged"], told["refused"]) == (3, 1)


def test_a_sheet_that_tells_no_year_is_refused_with_the_way_out(house, tmp_path):
    told = bring(sheet(tmp_path, title="KẾ HOẠCH ĐỐI NGOẠI", rows=ROWS[-1:]), union="giua")
    assert told["refused"] == 1
    assert "2026" in told["rows"][0]["problems"][0]["reason"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("columns", ["", "office", "every"])
def test_the_list_of_lines_comes_back_without_a_change(house, tmp_path, language, columns):

    plan = house.plan()
    partner = make.PartnerFactory(name="Liên hiệp Công đoàn Lào", country=Country.objects.get(code="JP"))
    became(
        line_of(
            plan,
            "Thăm Lào",
            quarter=2,
            people=6,
            estimate=300_000_000,
            partner=partner,
            country=partner.country,
            cooperating_units="Văn phòng\nBan Tài chính",
            paid_from="union",
        ),
        spent=7,
    )
    line_of(plan, "Đào tạo", kind="course", direction="", completion=dt.date(2026, 11, 30), completion_words="tháng 11")
    line_of(plan, "Ngày rõ", starts_on=dt.date(2026, 6, 1), ends_on=dt.date(2026, 6, 5), estimate=20, currency="USD")
    house.approved(plan)
    chosen = {"office": ",".join(OFFICE_COLUMNS), "every": ",".join(PlanLineTable.names())}.get(columns)
    person = make.UserFactory(union=house.union, language=language)
    asked = {"format": "xlsx"} | ({"columns": chosen} if chosen else {})
    answer = enter(person, **{"accept-language": language}).get("/plan-lines/", asked)
    path = tmp_path / "lines.xlsx"
    path.write_bytes(answer.content)
    told = bring(path, union=Union.objects.get(pk=house.union.pk).code, entity="plan-lines")
    assert [row["problems"] for row in told["rows"] if row["verdict"] != "unchanged"] == []
    assert told["unchanged"] == 3
