"""Days off, reminders, programmes and talks go out as a spreadsheet and come back as exactly what was changed in it."""

import datetime as dt
import io
import json
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from activities.models import ProgrammeItem, Talk
from tests import factories as make
from tests.doors import RECORDS, enter
from unionrelations.accounts.models import OfficeDay, ReminderSettings, User

pytestmark = pytest.mark.django_db
NEW = {
    "days-off": (OfficeDay, ("Ngày", "Loại", "Tên ngày"), ("02/09/2026", "ngày nghỉ", "Quốc khánh")),
    "reminders": (ReminderSettings, ("Số tháng không liên hệ", "plan_day", "plan_month"), (6, 5, 12)),
    "programme": (
        ProgrammeItem,
        ("Hoạt động", "Ngày", "Từ giờ", "Đến giờ", "Gặp ai", "Nội dung"),
        ("Đoàn đi Lào", "12/6/2023", dt.time(9), "2 giờ chiều", "Bà Bounmy", "Hội đàm"),
    ),
    "talks": (
        Talk,
        ("Hoạt động", "Hội đàm với", "Nội dung", "Đã thống nhất"),
        ("Đoàn đi Lào", "Bà Bounmy", "Lương", "Học hỏi"),
    ),
}


@pytest.fixture
def union():
    union = make.UnionFactory(code="nganh")
    make.DelegationFactory(unions=[(union, 3)], title="Đoàn đi Lào", starts_on=dt.date(2023, 6, 12))
    return union


@pytest.fixture
def administrator(union):
    return enter(make.UserFactory(union=union, role=User.Role.ADMINISTRATOR, language="vi"))


def come_in(tmp_path, book: Workbook, slug: str, *, apply=False) -> dict:
    file, told = tmp_path / f"{slug}.xlsx", StringIO()
    book.save(file)
    asked = {"union": "nganh", "entity": slug, "format": "json", "apply": apply}
    call_command("import_sheet", str(file), stdout=told, **asked)
    return {name: told for name, told in json.loads(told.getvalue()).items() if name != "rows"}


@pytest.mark.parametrize("slug", NEW)
def test_an_export_comes_back_unchanged(tmp_path, union, administrator, slug):
    RECORDS[slug](union)
    book = load_workbook(io.BytesIO(administrator.get(f"/{slug}/", {"format": "xlsx"}).content))
    verdicts = come_in(tmp_path, book, slug)
    assert (verdicts["unchanged"], verdicts["read"]) == (1, 1)


@pytest.mark.parametrize("slug", NEW)
def test_a_list_of_one_s_own_comes_in_once(tmp_path, union, administrator, slug):
    model, headings, row = NEW[slug]
    book = Workbook()
    book.active.append(headings)
    book.active.append(row)
    assert come_in(tmp_path, book, slug, apply=True)["new"] == 1
    assert come_in(tmp_path, book, slug, apply=True)["unchanged"] == 1
    made = model.objects.get()
    if slug == "programme":
        assert (made.begins_at, made.ends_at, made.met) == (dt.time(9), dt.time(14), "Bà Bounmy")
    assert administrator.get(f"/{slug}/").context["total"] == 1
