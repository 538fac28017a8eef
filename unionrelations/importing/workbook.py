"""The workbook headquarters sends a union for a period: what is recorded already, and rows to fill in offline.

Written in Vietnamese, as offices fill it in. Its headings are those the importers read, and each row says which record
it is, so a workbook that comes back untouched changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db.models import Model
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from activities.entities.importing.columns import ManyRecords
from activities.models import Delegation
from partners.entities.importing import PartiesColumn
from partners.models import Country, Partner
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.importing import ChoiceColumn, Context, FieldColumn, Importer
from unionrelations.kit.importing.dates import When
from unionrelations.kit.importing.identity import HEADING, Identity
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import Precision, day_in_words

EMPTY_ROWS = 200  # to fill in, on each sheet
HEAD_ROW = 4  # of the headings, from 0: above it stand title, union and period
DAYS = ("starts", "ends", "signed_from", "signed_to", "in_force_from", "in_force_to")
WIDE = {"title": 42, "partners": 34, "parties": 40, "content": 40, "note": 30, "countries": 22}
LISTS = "Danh mục"
EARLIEST, LATEST = date(1945, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Sheet:
    """One kind of record: how its sheet and its table are called, which columns it has under which headings."""

    slug: str
    name: str
    title: str
    columns: tuple[tuple[str, str], ...]
    only: Mapping[str, Any] = field(default_factory=dict)

    @property
    def importer(self) -> Importer:
        return next(one.importers[0] for one in ENTITIES if one.slug == self.slug)

    @property
    def day(self) -> str:
        """The column that says which period a record belongs to."""
        return "signed_from" if self.slug == "agreements" else "starts_on"


WHERE_AND_WHO = (("countries", "Nước"), ("partners", "Đối tác làm việc"))
LAST = (("content", "Mục đích, nội dung"), ("mode", "Hình thức tổ chức"), ("status", "Tình trạng"), ("note", "Ghi chú"))
SHEETS = (
    Sheet(
        "delegations",
        "Đoàn ra",
        "DANH SÁCH ĐOÀN RA",
        (
            *(("title", "Tên hoạt động"), ("starts", "Ngày đi"), ("ends", "Ngày về")),
            *WHERE_AND_WHO,
            ("people", "Số người"),
            *LAST,
        ),
        {"direction": Delegation.Direction.OUT},
    ),
    Sheet(
        "delegations",
        "Đoàn vào",
        "DANH SÁCH ĐOÀN VÀO",
        (
            *(("title", "Tên hoạt động"), ("starts", "Từ ngày"), ("ends", "Đến ngày")),
            *WHERE_AND_WHO,
            ("guests", "Số khách"),
            *LAST,
        ),
        {"direction": Delegation.Direction.IN},
    ),
    Sheet(
        "conferences",
        "Hội nghị, hội thảo",
        "DANH SÁCH HỘI NGHỊ, HỘI THẢO",
        (
            *(("title", "Tên hội nghị, hội thảo"), ("format", "Loại hình"), ("role", "Vai trò")),
            *(("starts", "Từ ngày"), ("ends", "Đến ngày"), ("place", "Địa điểm")),
            *WHERE_AND_WHO,
            ("participants_vietnamese", "Đại biểu Việt Nam"),
            ("participants_from_abroad", "Đại biểu quốc tế"),
            ("people", "Số cán bộ tham dự"),
            *LAST,
        ),
    ),
    Sheet(
        "courses",
        "Lớp đào tạo",
        "DANH SÁCH LỚP ĐÀO TẠO",
        (
            *(("title", "Tên lớp đào tạo"), ("direction", "Chiều"), ("cohort", "Khóa"), ("step", "Bước")),
            *(("starts", "Từ ngày"), ("ends", "Đến ngày"), ("place", "Địa điểm")),
            *WHERE_AND_WHO,
            ("trainees_ours", "Số học viên"),
            ("trainees_theirs", "Học viên nước ngoài"),
            ("certificates", "Số chứng chỉ"),
            *LAST,
        ),
    ),
    Sheet(
        "agreements",
        "Thỏa thuận",
        "DANH SÁCH THỎA THUẬN QUỐC TẾ",
        (
            *(("title", "Tên thỏa thuận"), ("kind", "Loại văn bản"), ("parties", "Các bên")),
            *(("signed_from", "Ngày ký"), ("signatory", "Người ký"), ("content", "Nội dung")),
            *(("in_force_from", "Ngày có hiệu lực"), ("in_force_to", "Ngày hết hiệu lực"), ("note", "Ghi chú")),
        ),
    ),
)


def write_workbook(context: Context, period: Period) -> bytes:
    """`context` says whose workbook it is, who issues it and the day."""
    with translation.override("vi"):
        return _Writer(context, period).written()


class _Writer:
    def __init__(self, context: Context, period: Period):
        self.context, self.period, self.buffer = context, period, BytesIO()
        self.book = xlsxwriter.Workbook(
            self.buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        edged = {"border": 1, "border_color": "#C9D1DA", "valign": "top", "text_wrap": True}
        self.open = self.book.add_format(edged | {"locked": False})
        self.day = self.book.add_format(edged | {"locked": False, "num_format": "dd/mm/yyyy", "align": "left"})
        self.head = self.book.add_format(edged | {"bold": True, "bg_color": "#E8EDF3"})
        self.kept = self.book.add_format(edged | {"font_color": "#8A94A0", "bg_color": "#F0F2F4", "font_size": 8})
        self.large = self.book.add_format({"bold": True, "font_size": 14})
        self.words = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.named: dict[type[Model], dict[Any, str]] = {
            model: {one.pk: str(one) for one in context.rows(model).for_choosing()} for model in (Country, Partner)
        }

    def written(self) -> bytes:
        self._instructions()
        pages = [(one, self.book.add_worksheet(one.name)) for one in SHEETS]
        self.lists = self.book.add_worksheet(LISTS)
        self.lists.very_hidden()
        self.listed: dict[tuple, int] = {}
        for sheet, page in pages:
            self._sheet(sheet, page)
        self.book.close()
        return self.buffer.getvalue()

    def _instructions(self) -> None:
        page = self.book.add_worksheet("Hướng dẫn")
        page.hide_gridlines(2)
        page.set_column(0, 0, 100)
        page.write_string(0, 0, str(self.context.union), self.large)
        for number, words in enumerate(_told(self.period), 2):
            page.write_string(number, 0, words, self.words)
            page.set_row(number, 16 * (1 + len(words) // 105))

    def _list_of(self, names: Sequence[str]) -> str:
        """Where these names stand on the sheet out of sight: written once, to choose from in any number of columns."""
        if (place := self.listed.get(tuple(names))) is None:
            place = self.listed[tuple(names)] = len(self.listed)
            for number, name in enumerate(names):
                self.lists.write_string(number, place, name)
        letter = xl_col_to_name(place, True)
        return f"='{LISTS}'!{letter}$1:{letter}${len(names)}"

    def _sheet(self, sheet: Sheet, page) -> None:
        headings = [heading for _name, heading in sheet.columns]
        page.write_string(0, 0, sheet.title, self.large)
        page.write_string(1, 0, str(self.context.union))
        page.write_string(2, 0, _span(self.period))
        for place, heading in enumerate([*headings, str(HEADING)]):
            page.write_string(HEAD_ROW, place, heading, self.head)
        for place, (name, heading) in enumerate(sheet.columns):
            width = WIDE.get(name, 14 if name in DAYS else max(12, len(heading) + 2))
            page.set_column(place, place, width, self.day if name in DAYS else self.open)
        page.set_column(len(headings), len(headings), 24, self.kept)
        number = HEAD_ROW
        for number, record in enumerate(self._records(sheet), HEAD_ROW + 1):
            self._row(sheet, page, number, record)
        last = number + EMPTY_ROWS
        for blank in range(number + 1, last + 1):
            for place, (name, _heading) in enumerate(sheet.columns):
                page.write_blank(blank, place, None, self.day if name in DAYS else self.open)
            page.write_blank(blank, len(headings), None, self.kept)
        for place, (name, _heading) in enumerate(sheet.columns):
            if rule := self._rule(sheet.importer, name):
                page.data_validation(HEAD_ROW + 1, place, last, place, rule)
        page.freeze_panes(HEAD_ROW + 1, 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD_ROW)
        page.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "sort": True})

    def _records(self, sheet: Sheet) -> Iterable[Model]:
        within = {f"{sheet.day}__gte": self.period.start, f"{sheet.day}__lte": self.period.last}
        return sheet.importer.stored(self.context).filter(**within, **sheet.only).order_by(sheet.day, "pk")

    def _row(self, sheet: Sheet, page, number: int, record: Model) -> None:
        cells = [self._cell(sheet.importer, name, record) for name, _heading in sheet.columns]
        for place, value in enumerate(cells):
            if isinstance(value, date):
                page.write_datetime(number, place, value, self.day)
            elif isinstance(value, int):
                page.write_number(number, place, value, self.open)
            elif value is None or value == "":
                page.write_blank(number, place, None, self.open)
            else:
                page.write_string(number, place, value, self.open)
        page.write_string(number, len(cells), str(Identity.of(sheet.slug, record, cells)), self.kept)

    def _cell(self, importer: Importer, name: str, record: Model) -> Any:
        """What the importer reads back as what the record says."""
        if name in ("starts", "ends"):
            return _day(When(record.starts_on, record.ends_on, Precision(record.precision)), name)
        if name == "signed_from" and record.signed_words:
            return record.signed_words
        column = importer.by_name[name]
        held = column.held(record, self.context)
        if isinstance(column, ManyRecords):
            return "; ".join(sorted(self.named[column.model][one] for one in held or ()))
        if isinstance(column, PartiesColumn):
            return "; ".join(str(one) for one in record.parties.all())
        if isinstance(column, ChoiceColumn):
            return capfirst(column.in_words(held)) if held else None
        return held

    def _rule(self, importer: Importer, name: str) -> dict | None:
        """What a cell may say. It warns and lets through: a name nobody listed yet, a date known only roughly."""
        warns = {
            "error_type": "warning",
            "error_title": "Kiểm tra lại",
            "error_message": "Ô này thường chọn trong danh sách hoặc ghi đúng kiểu. Vẫn giữ như đã ghi?",
        }
        if name in DAYS:
            between = {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
            return warns | between | {"input_message": "Ngày/tháng/năm, ví dụ 12/06/2023"}
        column = importer.by_name[name]
        if isinstance(column, ChoiceColumn):
            labels = [capfirst(str(label)) for _key, label in column.field.flatchoices]
            return warns | {"validate": "list", "source": self._list_of(labels)}
        if isinstance(column, ManyRecords) and self.named[column.model]:
            several = {"input_message": "Nhiều tên: cách nhau bằng dấu chấm phẩy"}
            names = list(self.named[column.model].values())
            return warns | several | {"validate": "list", "source": self._list_of(names)}
        if _counts(column, name):
            return warns | {"validate": "integer", "criteria": ">=", "value": 0}
        return None


def _counts(column: Any, name: str) -> bool:
    is_number = isinstance(column, FieldColumn) and column.field.get_internal_type().endswith("IntegerField")
    return name == "people" or is_number


def _day(when: When, name: str) -> date | str | None:
    """A rough date stands in words in the first cell, and the second is empty."""
    if when.precision != Precision.DAY:
        return str(when) if name == "starts" else None
    return when.starts_on if name == "starts" else when.ends_on


def _span(period: Period) -> str:
    return f"Từ ngày {day_in_words(period.start)} Đến ngày {day_in_words(period.last)}"


def _told(period: Period) -> list[str]:
    return [
        _span(period),
        _("Each sheet holds one kind of work. What is recorded already stands there; correct it where it is wrong."),
        _("Enter what is missing in the empty rows below, one activity in each row. Leave sheets without work empty."),
        _("Dates: day/month/year, such as 12/06/2023. If only the month or half-year is known, write it so: “6/2023”."),
        _("Several countries or partners in one cell: put a semicolon between them, such as “Lào; Thái Lan”."),
        _("Choose from the list where a cell offers one. A partner that is not listed may be typed in full."),
        _("A number nobody knows stays empty. Do not write 0 for it."),
        _("Leave the last, grey column as it is: it says which record a row is. New rows have nothing there."),
        _("When you have finished, send this file back as it is. It needs no account; an officer hands it in."),
    ]
