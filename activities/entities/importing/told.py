"""How documents, published figures, proposals, plans and terms come in from spreadsheets. Never knows where from."""

from __future__ import annotations

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from activities.models import Plan, Proposal, ReportedFigure, SourceDocument, Term
from unionrelations.kit.folding import fold
from unionrelations.kit.importing import Importer, columns_of
from unionrelations.kit.importing.columns import GatheredText
from unionrelations.kit.importing.dates import CellColumn
from unionrelations.kit.windows import Precision
from unionrelations.kit.written import read_window

WHOSE = "union | công đoàn | đơn vị | union it tells of | công đoàn được nói tới"
LONGEST_CODE = 60


def remark() -> GatheredText:
    return GatheredText("note", "ghi chú | remark", label=_("Remark"))


class DocumentImporter(Importer):
    model = SourceDocument
    said_by = "tài liệu | documents | tài liệu nguồn | source documents"
    ignored = WHOSE
    identified_by = (("code",), ("title",))
    columns = (
        *columns_of(
            SourceDocument,
            (
                *("title", "code", "kind", "publisher", "author", "published_on", "published_words"),
                *("language", "first_day", "last_day"),
            ),
            title="tên tài liệu | tiêu đề | tài liệu | document",
            code="mã",
            kind="loại",
            publisher="nơi đăng | cơ quan ban hành | nhà xuất bản",
            author="tác giả",
            published_on="ngày đăng | ngày ban hành",
        ),
        remark(),
    )

    def require(self, draft):
        if draft.record is None and draft.values.get("title") and not draft.values.get("code"):
            draft.values["code"] = slugify(fold(draft.values["title"]))[:LONGEST_CODE].strip("-") or "document"
        super().require(draft)

    def stored(self, context):
        rows = context.rows(SourceDocument)
        return rows.filter(union__isnull=True) | rows.filter(union=context.union)


class FigureImporter(Importer):
    """Published figures, each with its document; the words as printed stand where no others do."""

    model = ReportedFigure
    said_by = "số liệu công bố | published figures | figures"
    ignored = f"{WHOSE} | explanations of the gap | giải thích chênh lệch"
    identified_by = (("document", "place", "indicator", "printed"),)
    columns = (
        *columns_of(
            ReportedFigure,
            (
                *("document", "place", "printed", "indicator", "qualifier", "low", "high"),
                *("first_day", "last_day", "period_printed"),
            ),
            document="tài liệu | nguồn",
            place="chỗ trong tài liệu | vị trí",
            indicator="chỉ tiêu",
        ),
        CellColumn("period", "kỳ | giai đoạn | period", label=_("Period")),
        remark(),
    )

    def complete(self, draft, table, context):
        values, cell = draft.values, draft.values.pop("period", None)
        told = values.get("period_printed") or cell
        is_open = values.get("first_day") is None or values.get("last_day") is None
        if told is not None and is_open and not draft.is_exact:
            reading = self.told(
                draft, "period" if cell is not None else "period_printed", told, read_window, context.period
            )
            if reading is not None and reading.precision != Precision.DAY:
                values["first_day"], values["last_day"] = reading.starts_on, reading.ends_on
                values.setdefault("period_printed", str(told)[:60])
        super().complete(draft, table, context)


class ProposalImporter(Importer):
    model = Proposal
    said_by = "kiến nghị | đề xuất | proposals"
    ignored = f"{WHOSE} | made at | activity | nêu tại"
    identified_by = (("document", "text"),)
    columns = (
        *columns_of(
            Proposal,
            ("document", "place", "speaker", "speaker_title", "text", "outcome", "outcome_on", "outcome_note"),
            document="tài liệu | nguồn",
            place="chỗ trong tài liệu | vị trí",
            speaker="người phát biểu | người kiến nghị",
            text="nội dung | kiến nghị | đề xuất | proposal",
        ),
        remark(),
    )


class PlanImporter(Importer):
    model = Plan
    said_by = "kế hoạch | plans"
    ignored = WHOSE
    identified_by = (("title",),)
    columns = (
        *columns_of(
            Plan,
            ("title", "first_day", "last_day", "standing_unit", "document", "place"),
            title="tên kế hoạch | kế hoạch | plan",
            first_day="từ ngày | from",
            last_day="đến ngày | to",
            standing_unit="đơn vị thường trực",
        ),
        remark(),
    )


class TermImporter(Importer):
    model = Term
    said_by = "nhiệm kỳ | terms"
    ignored = WHOSE
    identified_by = (("name",),)
    columns = (
        *columns_of(
            Term,
            ("name", "congress", "first_day", "last_day"),
            name="nhiệm kỳ | term",
            congress="đại hội",
            first_day="từ ngày | ngày đầu",
            last_day="đến ngày | ngày cuối",
        ),
        remark(),
    )

    def build(self, draft, context):
        record = super().build(draft, context)
        record.name = record.name.replace("–", "-")
        return record
