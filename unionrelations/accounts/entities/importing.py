"""How unions, their officers, days off and reminders come in from spreadsheets. Never knows where a file was read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import OfficeDay, Officer, ReminderSettings, Union
from unionrelations.kit.importing import FieldColumn, Importer, TextColumn, columns_of
from unionrelations.kit.importing.columns import GatheredText, NameColumn, folded_words


class UnionImporter(Importer):
    """Unions at or below the one whose file it is; a new one stands right below it unless the row says otherwise."""

    model = Union
    owner = ""
    said_by = "danh sách công đoàn | unions | danh sách đơn vị"
    identified_by = (("code",), ("name",))
    columns = (
        NameColumn("name", "công đoàn | tên công đoàn | tên đơn vị | tên tiếng việt", label=_("Name"), is_needed=True),
        NameColumn("name_en", "union | tên tiếng anh", label=_("name in English")),
        *columns_of(
            Union,
            ("short_name", "aliases", "code", "kind", "parent", "valid_from", "valid_to"),
            short_name="tên ngắn | viết tắt",
            kind="loại | loại hình",
            parent="công đoàn cấp trên | cấp trên",
        ),
        GatheredText("note", "ghi chú | remark", label=_("Remark")),
    )

    def stored(self, context):
        return context.rows(Union).filter(path__startswith=context.union.path)

    def build(self, draft, context):
        record = super().build(draft, context)
        record.parent_id = record.parent_id or context.union.pk
        return record


class FullTimeColumn(FieldColumn):
    """Full-time or part-time, in the words for it or as a mark under one of them."""

    WORDS = {"chuyen trach": True, "full time": True, "fulltime": True, "kiem nhiem": False, "part time": False}

    def read(self, cell, draft, context):
        said = self.WORDS.get(folded_words(cell or ""))
        if said is not None:
            return said
        mark = super().read(cell, draft, context)
        is_of_part_time = "kiem nhiem" in folded_words(draft.headings[self.name][0])
        return not mark if is_of_part_time and mark is not None else mark


class OfficerImporter(Importer):
    model = Officer
    said_by = "cán bộ đối ngoại | danh sách cán bộ | officers | cán bộ"
    ignored = "union | công đoàn"
    in_words = "đơn vị"
    identified_by = (("name",),)
    columns = (
        *columns_of(
            Officer,
            ("name", "name_plain", "title"),
            name="họ tên | họ và tên | tên | cán bộ | officer | full name",
            title="chức vụ | chức danh | position",
        ),
        FullTimeColumn(Officer._meta.get_field("full_time"), "chuyên trách | kiêm nhiệm"),
        TextColumn(
            "trainings", "đào tạo | tập huấn | lớp đã học", label=Officer._meta.get_field("trainings").verbose_name
        ),
        GatheredText("note", "ghi chú | remark", label=_("Remark")),
    )


class OfficeDayImporter(Importer):
    """Days off are the house's own, whichever union's file they come in."""

    model = OfficeDay
    owner = ""
    remark = ""
    said_by = "ngày nghỉ | ngày nghỉ và ngày làm bù | days off"
    identified_by = (("day",),)
    columns = columns_of(
        OfficeDay,
        ("day", "kind", "name"),
        day="ngày nghỉ",
        kind="loại | nghỉ hay làm",
        name="dịp | tên ngày | lý do",
    )


class ReminderImporter(Importer):
    """A union has one set of reminders, so the union says which it is."""

    model = ReminderSettings
    said_by = "nhắc việc | reminders"
    ignored = "union | công đoàn"
    columns = columns_of(ReminderSettings, ("quiet_months", "plan_day", "plan_month"))

    def known(self, drafts, context):
        own = self.stored(context).first()
        return {self.model._meta.label_lower: own.pk} if own else {}

    def identities(self, draft):
        yield self.model._meta.label_lower
