"""How programmes and talks come in as lists: whom one met at which activity, when, where and of what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.entities.programme import read_hour
from activities.models import ProgrammeItem, Talk
from unionrelations.kit.importing import FieldColumn, Importer, TextColumn, columns_of
from unionrelations.kit.importing.columns import folded_words
from unionrelations.kit.importing.drafts import shown
from unionrelations.kit.written import Misread


class HourColumn(FieldColumn):
    """An hour of the day, as people write it or as a spreadsheet keeps it."""

    def read(self, cell, draft, context):
        if cell is None or isinstance(cell, time):
            return cell
        try:
            found = read_hour(shown(cell))
        except ValidationError as problem:
            raise Misread(" ".join(problem.messages)) from None
        if found is None:
            raise Misread(_("“%(typed)s” is not an hour of the day.") % {"typed": shown(cell)})
        return found

    def in_words(self, value):
        return f"{value:%H:%M}" if value else ""


class OfAnActivity(Importer):
    """Rows of activities that stand here already; a row that says the same is the same, whatever it leaves open."""

    owner = ""
    ignored = "đối tác tham gia | partners | đối tác"
    told_by: tuple[str, ...]

    def known(self, drafts, context):
        activities = {draft.values.get("activity") for draft in drafts} - {None}
        rows = self.stored(context).filter(activity__in=[one for one in activities if isinstance(one, int)])
        return {self._told(lambda name, of=one: self.by_name[name].held(of, context)): one.pk for one in rows}

    def identities(self, draft):
        yield self._told(draft.values.get)

    def _told(self, value: Callable[[str], Any]) -> tuple:
        told = (value(name) for name in self.told_by)
        return tuple(folded_words(one) or None if isinstance(one, str) else one for one in told)


class ProgrammeImporter(OfAnActivity):
    model = ProgrammeItem
    said_by = "chương trình làm việc | chương trình | programme | dòng chương trình | lines of the programme"
    told_by = ("activity", "day", "begins_at", "topic", "met", "place")
    columns = (
        *columns_of(
            ProgrammeItem,
            ("activity", "day", "place", "met", "topic"),
            activity="hoạt động | tại hoạt động",
            place="địa điểm | nơi làm việc",
            met="người gặp | gặp ai | làm việc với",
            topic="nội dung | nội dung làm việc",
        ),
        HourColumn(ProgrammeItem._meta.get_field("begins_at"), "giờ bắt đầu | từ giờ"),
        HourColumn(ProgrammeItem._meta.get_field("ends_at"), "giờ kết thúc | đến giờ"),
    )


class TalkImporter(OfAnActivity):
    model = Talk
    said_by = "hội đàm | biên bản hội đàm | talks | minutes of talks"
    ignored = ""
    told_by = ("activity", "day", "with_whom", "topics", "agreed")
    columns = (
        *columns_of(
            Talk,
            ("activity", "day", "partner", "with_whom"),
            activity="hoạt động | tại hoạt động",
            with_whom="hội đàm với | làm việc với",
        ),
        TextColumn("topics", "nội dung hội đàm | nội dung", label=Talk._meta.get_field("topics").verbose_name),
        TextColumn("agreed", "kết quả hội đàm | đã thống nhất", label=Talk._meta.get_field("agreed").verbose_name),
    )
