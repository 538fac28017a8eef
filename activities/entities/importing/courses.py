"""Lists of courses given and received, as offices keep them."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from activities.models import Course
from unionrelations.kit.importing import ChoiceColumn, TextColumn
from unionrelations.kit.importing.columns import folded_words

from .activities import ActivityImporter
from .columns import GuestsColumn, OwnPeopleColumn
from .shared import shared_columns

field = Course._meta.get_field
COHORT = re.compile(r"\bkh[óo][aá]\s+([IVXLC]+|\d{1,3})\b", re.IGNORECASE)
STEP = re.compile(r"\bb[ưu][ớo]c\s+([IVX]+|\d{1,2})\b", re.IGNORECASE)
TRAINEES = (
    "số lượng đại biểu | số học viên | học viên | số lượng học viên | số người | số lượng | số lượng người | trainees"
)


class TraineesColumn(GuestsColumn):
    """Ours, unless the list is one of our own: that shows the trainees of both sides as one number."""

    def says_already(self, record, value):
        return value == record.trainees

    def put(self, record, value):
        theirs_alone = record.trainees_ours is None and record.trainees_theirs is not None
        setattr(record, "trainees_theirs" if theirs_alone else "trainees_ours", value)


class CourseImporter(ActivityImporter):
    model = Course
    told_by = ("cohort", "step")
    said_by = "lớp đào tạo | lớp | đào tạo | tập huấn | bồi dưỡng | courses | course | training | khóa học"
    columns = (
        ChoiceColumn(
            field("direction"), "chiều", synonyms={"given": ("tổ chức", "mở lớp"), "received": ("cử đi học", "tham dự")}
        ),
        TextColumn("cohort", "khóa | cohort", longest=40, label=field("cohort").verbose_name),
        TextColumn("step", "bước | stage | step", longest=40, label=field("step").verbose_name),
        ChoiceColumn(field("level"), "trình độ", synonyms={"basic": ("cơ bản",), "advanced": ("nâng cao",)}),
        TraineesColumn(field("trainees_ours"), TRAINEES),
        GuestsColumn(
            field("trainees_theirs"),
            "học viên nước ngoài | học viên bạn | học viên quốc tế | số học viên nước ngoài",
        ),
        GuestsColumn(field("certificates"), "số chứng chỉ | chứng chỉ | certificates"),
        OwnPeopleColumn("people", "số cán bộ | giảng viên | số lượt cán bộ", label=_("Own people")),
        *shared_columns(title="tên lớp | tên khóa học | tên lớp đào tạo | lớp | khóa đào tạo | tên khóa"),
    )

    def complete(self, draft, table, context):
        values, title = draft.values, draft.values.get("title") or ""
        if not draft.is_exact:
            for name, pattern in (("cohort", COHORT), ("step", STEP)):
                if not values.get(name) and (found := pattern.search(title)):
                    values[name] = found[1]
        super().complete(draft, table, context)

    def turn_of(self, values):
        return folded_words(f"{values.get('cohort') or ''} {values.get('step') or ''}")

    def title_of(self, draft, context):
        return (draft.values.get("content") or "").split("\n")[0]
