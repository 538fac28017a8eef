"""The office's sheet of what a year is to bring, line by line. Its title tells the year, or the dates of its rows do.

Rows go to the union's plan of that year; where there is none, a draft of it is begun. Never knows where from.
"""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.models import Plan, PlanLine
from unionrelations.kit.importing import ChoiceColumn, TextColumn, columns_of
from unionrelations.kit.importing.columns import GatheredText, folded_words
from unionrelations.kit.importing.dates import CellColumn, DatedImporter
from unionrelations.kit.periods import Period

from .activities import title_said
from .plan_columns import (
    KINDS,
    CountryColumn,
    EstimateColumn,
    KindColumn,
    NewPlan,
    PaidFromColumn,
    PartnerColumn,
    PeopleColumn,
    PlanColumn,
    PlannedColumn,
    kind_said,
    plans_of,
)

fields = PlanLine._meta.get_field
# Headings that stand in plans alone.
OF_PLANS = (
    "kế hoạch | plan | dự toán | kinh phí (dự toán) | kinh phí dự toán | dự toán kinh phí | kinh phí dự kiến | "
    "thời gian/quý | quý | thời gian dự kiến | số người dự kiến | hoạt động dự kiến | money (estimate) | planned for"
)


class PlanLineImporter(DatedImporter):
    model = PlanLine
    owner = ""
    said_by = "kế hoạch đối ngoại | kế hoạch hợp tác quốc tế | kế hoạch hoạt động | lines of plans"
    ignored = (
        "union | công đoàn | what became of it | kết quả | people in fact | spent | activities it became | "
        "steps done, in percent | why it was not approved"
    )
    identified_by = (("plan", "title"),)
    never_asked = frozenset({"version", "folded", "spelled", "plan", "quarter", "refusal"})
    columns = (
        TextColumn(
            "title",
            "tên hoạt động | hoạt động | nội dung hoạt động | nội dung | tên đoàn | tên việc | activity | title",
            "hoạt động dự kiến",
            longest=300,
            label=pgettext_lazy("of a plan", "Activity planned"),
            is_needed=True,
        ),
        PlanColumn(fields("plan"), "kế hoạch | thuộc kế hoạch", is_needed=True),
        KindColumn(
            fields("kind"),
            "loại | loại hoạt động | loại hình",
            synonyms={KINDS.COURSE: ("lớp", "khóa đào tạo"), KINDS.CONFERENCE: ("hội thảo", "hội nghị, hội thảo")},
        ),
        ChoiceColumn(
            fields("direction"), "chiều", synonyms={"out": ("đoàn ra", "ra", "out"), "in": ("đoàn vào", "vào", "in")}
        ),
        PartnerColumn(fields("partner"), "đối tác | đối tác làm việc | đơn vị mời | partner"),
        CountryColumn(fields("country"), "nước | quốc gia | nước đến | nước đi | country"),
        CellColumn(
            "period",
            "thời gian/quý | thời gian | thời gian dự kiến | thời gian thực hiện | quý | tháng | planned for | date",
            label=gettext_lazy("Planned time"),
        ),
        PlannedColumn("when", label=pgettext_lazy("of a plan", "Planned for")),
        PeopleColumn(
            fields("people"),
            "số người | số lượng | số người dự kiến | people",
            label=pgettext_lazy("of a plan", "People"),
        ),
        EstimateColumn(
            fields("estimate"),
            "kinh phí (dự toán) | kinh phí dự toán | dự toán kinh phí | dự toán | kinh phí | kinh phí dự kiến",
            label=pgettext_lazy("of a plan", "Money (estimate)"),
        ),
        TextColumn("currency", "loại tiền | currency", longest=3, label=fields("currency").verbose_name),
        PaidFromColumn(fields("paid_from"), "nguồn kinh phí | nguồn | nguồn tiền"),
        *columns_of(
            PlanLine,
            ("lead_unit", "completion", "completion_words", "place"),
            lead_unit="đơn vị chủ trì | chủ trì | đơn vị thực hiện",
            completion="hoàn thành | thời hạn hoàn thành",
        ),
        TextColumn("cooperating_units", "đơn vị phối hợp | phối hợp | cooperating units", label=_("Cooperating units")),
        GatheredText("note", "ghi chú | remark", label=gettext_lazy("Remark")),
    )

    def score(self, table):
        """Only a table with a heading that stands in plans alone, or called one, is a plan."""
        said = {folded_words(one.text) for one in table.headings}
        own = said & {folded_words(one) for one in OF_PLANS.split("|")}
        is_called = title_said(" ".join([table.sheet, *table.titles]), "kế hoạch | plan")
        return super().score(table) + len(own) if own and (is_called or len(own) > 1) else 0

    def stored(self, context):
        rows = PlanLine.objects.filter(plan__union__path__startswith=context.union.path)
        if context.reader is not None:
            rows = rows.writable_by(context.reader)
        return rows.select_related("plan__union")

    def writable(self, context):
        return super().writable(context).select_related("plan__union")

    def complete(self, draft, table, context):
        values = draft.values
        if not values.get("kind") and not draft.is_exact:
            told = (kind_said(" ".join(draft.row.groups)), kind_said(values.get("title") or ""))
            kind, direction = next((one for one in told if one[0]), ("", ""))
            if kind:
                values["kind"] = kind
                if direction:
                    values.setdefault("direction", direction)
                draft.composed |= {"kind", "direction"}
        if values.get("cooperating_units"):
            units = re.split(r"[;\n]", values["cooperating_units"])
            values["cooperating_units"] = "\n".join(one.strip() for one in units if one.strip())
        super().complete(draft, table, context)
        if values.get("plan") is None and not draft.is_exact:
            self._place(draft, context)

    def _miss(self, draft, ends):
        """When is not always settled yet."""
        if draft.is_exact and "period" in draft.headings:
            draft.values["when"] = None

    def _place(self, draft, context) -> None:
        """The union's plan of the year that the sheet's title tells, else of the year of the row itself."""
        year = self._year(draft, context)
        if year is None:
            draft.refuse("plan", _("No year is told. Write it in the sheet's title, such as “Kế hoạch năm 2026”."))
            return
        whole = Period.years(year)
        own = [one for one in plans_of(context) if one.union_id == context.union.pk and one.period.covers(whole)]
        exact = [one for one in own if one.period == whole]
        draft.headings.setdefault("plan", (str(self.by_name["plan"].label), None))
        with translation.override(settings.LANGUAGE_CODE):
            title = _("External affairs plan of %(year)d") % {"year": year}
        named = next((one.pk for one in [*exact, *own]), None)
        draft.values["plan"] = named or NewPlan(title, whole)

    @staticmethod
    def _year(draft, context) -> int | None:
        if context.period is not None and context.period.start.year == context.period.last.year:
            return context.period.start.year
        when = draft.values.get("when")
        day: date | None = when.starts_on if when else draft.values.get("completion")
        return None if day is None else day.year

    def build(self, draft, context):
        record = super().build(draft, context)
        if record.plan.pk is None:
            record.plan.union = context.union
        return record

    def create(self, drafts, context):
        """Begins the drafts of plans that are not there yet, once each."""
        begun: dict[NewPlan, Plan] = {}
        for draft in drafts:
            wanted = draft.values["plan"]
            if not isinstance(wanted, NewPlan):
                continue
            if wanted not in begun:
                begun[wanted] = self._begin(wanted, context)
            draft.values["plan"] = begun[wanted].pk
        return super().create(drafts, context)

    def _begin(self, wanted: NewPlan, context) -> Plan:
        """The plan, or the one an earlier piece of the same file has begun."""
        of = {"first_day": wanted.period.start, "last_day": wanted.period.end, "changed_by": context.reader}
        plan, is_new = Plan.objects.get_or_create(union=context.union, title=wanted.title, defaults=of)
        if is_new:
            context.made.append(plan)
        return plan
