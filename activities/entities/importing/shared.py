"""The columns that lists of every kind of activity share, by the headings offices write.

The headings are those of the lists provinces and unions keep for the Ministry of Foreign Affairs and for themselves.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from activities.models import Activity, Paper, PartnerRole
from unionrelations.kit.importing import ChoiceColumn, Column, TextColumn
from unionrelations.kit.importing.columns import GatheredText
from unionrelations.kit.importing.dates import CellColumn, date_columns

from .columns import CountriesColumn, PartnersColumn
from .papers_and_money import CostColumn, FundingColumn, OnPlanColumn, PapersColumn

LONGEST_TITLE = 500

fields = Activity._meta.get_field


def shared_columns(title: str = "", partners: str = "") -> tuple[Column, ...]:
    """New ones for each kind, which hands in headings of its own for two of them."""
    return (*_what_and_when(title), *_with_whom(partners), *_told_of_it(), *_papers_and_money(), *_kept_of_it())


def _what_and_when(title: str) -> tuple[Column, ...]:
    """What it was and when."""
    return (
        TextColumn(
            "title",
            title,
            "tên hoạt động | hoạt động | activity | tiêu đề | title",
            longest=LONGEST_TITLE,
            label=gettext_lazy("Activity"),
            is_needed=True,
        ),
        *date_columns(),
    )


def _with_whom(partners: str) -> tuple[Column, ...]:
    """With whom, and where to or from."""
    return (
        PartnersColumn(
            "partners",
            partners,
            "đối tác làm việc | đối tác | đối tác nước ngoài | partners | partner | counterpart",
            "cơ quan, tổ chức nước ngoài | đơn vị đối tác",
            label=gettext_lazy("Partners"),
            part=PartnerRole.Part.COUNTERPART,
        ),
        PartnersColumn(
            "inviting",
            "đơn vị mời | cơ quan mời | bên mời | inviting body | invited by",
            label=gettext_lazy("Inviting body"),
            part=PartnerRole.Part.INVITING,
        ),
        CountriesColumn(
            "countries", "nước | quốc gia | các nước | country | countries", label=gettext_lazy("Countries")
        ),
    )


def _told_of_it() -> tuple[Column, ...]:
    """Where it was held, and what it was about."""
    return (
        TextColumn(
            "place",
            "địa điểm | nơi tổ chức | địa điểm tổ chức | place | venue",
            longest=200,
            label=gettext_lazy("Place"),
        ),
        GatheredText(
            "content",
            "mục đích | nội dung | nội dung hoạt động | mục đích, nội dung | purpose | content | topics",
            "nội dung làm việc | mục đích và nội dung",
            label=gettext_lazy("Purpose and content"),
        ),
        TextColumn("field", "lĩnh vực", label=gettext_lazy("Field")),
    )


def _papers_and_money() -> tuple[Column, ...]:
    """Its papers, what it cost and who paid."""
    return (
        PapersColumn(Paper.Kind.REQUEST, "văn bản xin phép | văn bản đề nghị | tờ trình | request document | request"),
        PapersColumn(
            Paper.Kind.PERMISSION,
            "văn bản cho phép | quyết định | văn bản đồng ý | quyết định cử đi | permission document",
            "permission",
        ),
        PapersColumn(
            Paper.Kind.TRIP_REPORT,
            "báo cáo | số, ngày báo cáo | báo cáo kết quả | báo cáo số, ngày báo cáo | trip report",
            "report",
        ),
        CellColumn(
            "amount",
            "số tiền | kinh phí | kinh phí thực hiện | tổng kinh phí | chi phí | cost | amount",
            label=gettext_lazy("Cost"),
        ),
        FundingColumn(
            "funding",
            "nguồn kinh phí | nguồn | nguồn chi | source of money | funding",
            label=gettext_lazy("Source of money"),
        ),
        CostColumn("cost", label=gettext_lazy("Costs")),
    )


def _kept_of_it() -> tuple[Column, ...]:
    """Whether the plan names it, how it was held, and what else is kept."""
    return (
        OnPlanColumn(
            fields("on_plan"), "đoàn trong kh | hoạt động trong kh | trong kế hoạch | trong kh | theo kế hoạch"
        ),
        TextColumn(
            "off_plan_reason", "lý do ngoài kế hoạch | lý do", longest=300, label=fields("off_plan_reason").verbose_name
        ),
        ChoiceColumn(
            fields("mode"),
            "hình thức tổ chức | hình thức",
            synonyms={
                "in_person": ("tập trung", "offline"),
                "online": ("từ xa",),
                "hybrid": ("vừa trực tiếp vừa trực tuyến",),
            },
        ),
        ChoiceColumn(
            fields("status"),
            "tình trạng | kết quả thực hiện",
            synonyms={
                "held": ("đã thực hiện", "hoàn thành", "xong", "đã tổ chức"),
                "planned": ("dự kiến", "chưa thực hiện"),
                "submitted": ("đã trình", "chờ duyệt"),
                "approved": ("được duyệt", "đã phê duyệt"),
                "under_way": ("đang diễn ra", "đang thực hiện"),
                "refused": ("không duyệt", "không được duyệt"),
                "cancelled": ("hủy", "huỷ", "không thực hiện"),
                "postponed": ("hoãn",),
            },
        ),
        TextColumn("code", "mã số | số hiệu | number", longest=60, label=fields("code").verbose_name),
        GatheredText("note", "ghi chú | remark | notes | note", label=gettext_lazy("Remark")),
    )
