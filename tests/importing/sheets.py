"""Spreadsheets made for a test, and what the house holds before and after. Never knows what a row should become."""

from __future__ import annotations

import datetime as dt
import io

from django.apps import apps
from hypothesis import strategies as st
from openpyxl import Workbook

from activities.models import ScopeChange
from unionrelations.importing.plan import Asked, Plan, read_plan
from unionrelations.importing.standing import BOOKKEEPING, kept
from unionrelations.kit.importing import Context

TODAY = dt.date(2024, 6, 1)
OUT = (
    *("STT", "Tên đoàn", "TÊN TRƯỞNG ĐOÀN", "NGÀY ĐI", "NGÀY VỀ", "NƯỚC ĐẾN", "Đối tác làm việc", "MỤC ĐÍCH"),
    *("Số người", "SỐ TIỀN", "NGUỒN KINH PHÍ", "VĂN BẢN XIN PHÉP", "Đoàn trong KH (X)", "GHI CHÚ"),
)


def workbook(*rows: tuple, headings=OUT, titles=("DANH SÁCH ĐOÀN RA NĂM 2023",)) -> bytes:
    book = Workbook()
    for one in (*((title,) for title in titles), headings, *rows):
        book.active.append(one)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def planned(content: bytes, union, *, reader=None, answers=None, name="doan-ra.xlsx", asked=None) -> Plan:
    context = Context(
        union=union, today=TODAY, reader=reader, answers=answers or {}, file_name=name, file_code="sheet-test"
    )
    return read_plan(content, name, context, asked or Asked())


def house() -> dict[str, list]:
    """Every row of every table of records, without who saved it when."""
    models = [
        one for label in ("accounts", "partners", "activities") for one in apps.get_app_config(label).get_models()
    ]
    models.remove(ScopeChange)  # only ever grows
    return {model._meta.label: [_plain(row) for row in kept(model._base_manager.order_by("pk"))] for model in models}


def _plain(row: dict) -> tuple:
    fields = {name: value for name, value in row["fields"].items() if name not in BOOKKEEPING}
    # Scope rows are derived anew, under new keys, whenever what they follow from is saved.
    return (None if row["model"] == "activities.activityscope" else row["pk"]), tuple(sorted(fields.items(), key=str))


def same(before: dict[str, list], after: dict[str, list]) -> list[str]:
    """The tables that differ."""
    return [label for label, rows in before.items() if sorted(rows, key=str) != sorted(after[label], key=str)]


DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2023, 11, 30))
WORDS = st.text("abc đêôăư 12-,.", min_size=1, max_size=25).map(lambda words: f"Đoàn {words}")


@st.composite
def rows_of_delegations(draw, number: int) -> tuple:
    """A row as offices write it, now and then with a cell nobody can read."""
    starts = draw(DAYS)
    ends = starts + dt.timedelta(draw(st.integers(0, 12)))
    day = draw(st.sampled_from([starts, f"{starts:%d/%m/%Y}", f"{starts.day}/{starts.month}", "31/02/2023", "?", None]))
    return (
        number,
        draw(st.one_of(st.none(), WORDS)),
        draw(st.sampled_from(["Nguyễn Văn An, Phó Chủ tịch", "Trần Thị Bình", None])),
        day,
        draw(st.sampled_from([ends, f"{ends:%d/%m/%Y}", None])),
        draw(st.sampled_from(["Lào", "Lào, Đức", "Sao Hỏa", None])),
        draw(st.sampled_from(["IG Metall; ILO", "Công đoàn chưa ai biết", None])),
        draw(st.sampled_from(["Thăm và làm việc", "Hội đàm\nKý kết", None])),
        draw(st.sampled_from([8, "08", "2A và 6B (8 người)", "2A và 6B (9 người)", "hơn 20", None])),
        draw(st.sampled_from([120000000, "45,5 triệu", "1,2.50", None])),
        draw(st.sampled_from(["NSNN", "phía bạn đài thọ", None])),
        draw(st.sampled_from(["45/TLĐ-QT ngày 3/4/2023", None])),
        draw(st.sampled_from(["X", None])),
        draw(st.sampled_from(["ghi chú", None])),
    )


@st.composite
def sheets_of_delegations(draw) -> bytes:
    count = draw(st.integers(1, 6))
    return workbook(*(draw(rows_of_delegations(number)) for number in range(1, count + 1)))
