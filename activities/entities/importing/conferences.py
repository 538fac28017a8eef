"""Lists of conferences and workshops hosted or attended, as offices keep them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from activities.models import Conference
from partners.models import Country
from partners.models.countries import HOME
from unionrelations.kit.importing import ChoiceColumn, FieldColumn
from unionrelations.kit.importing.columns import folded_words

from .activities import IGNORED, ActivityImporter, title_said
from .columns import CountriesColumn, GuestsColumn, OwnPeopleColumn
from .shared import shared_columns

field = Conference._meta.get_field
HOSTED, ABROAD, AT_HOME = Conference.Part.HOSTED, Conference.Part.ABROAD, Conference.Part.HOME
SIGNS_OF_HOSTING = "chủ trì | đăng cai | tổ chức | hosted"
SIGNS_OF_ATTENDING = "tham dự | dự hội nghị | attended | tham gia"
# The first word of a title that names a format says it.
FORMATS = (
    ("hội thảo", Conference.Format.WORKSHOP),
    ("workshop", Conference.Format.WORKSHOP),
    ("diễn đàn", Conference.Format.FORUM),
    ("forum", Conference.Format.FORUM),
    ("tọa đàm", Conference.Format.SEMINAR),
    ("toạ đàm", Conference.Format.SEMINAR),
    ("seminar", Conference.Format.SEMINAR),
    ("đối thoại", Conference.Format.DIALOGUE),
    ("dialogue", Conference.Format.DIALOGUE),
    ("hội đàm", Conference.Format.MEETING),
    ("tiếp xã giao", Conference.Format.MEETING),
    ("gặp gỡ", Conference.Format.MEETING),
    ("làm việc với", Conference.Format.MEETING),
    ("hội nghị", Conference.Format.CONFERENCE),
    ("conference", Conference.Format.CONFERENCE),
)


class ConferenceImporter(ActivityImporter):
    model = Conference
    said_by = "hội nghị | hội thảo | conference | conferences | workshop | workshops | diễn đàn | tọa đàm"
    columns = (
        ChoiceColumn(field("format"), "loại hình | loại", synonyms={"conference": ("hội nghị quốc tế",)}),
        ChoiceColumn(
            field("role"),
            "vai trò",
            synonyms={HOSTED: ("chủ trì", "đăng cai"), ABROAD: ("ngoài nước",), AT_HOME: ("trong nước",)},
        ),
        FieldColumn(field("international"), "quốc tế"),
        GuestsColumn(field("participants_vietnamese"), "người việt nam | đại biểu việt nam | trong nước | việt nam"),
        GuestsColumn(field("participants_resident"), "ở trong nước | người nước ngoài ở trong nước"),
        GuestsColumn(
            field("participants_from_abroad"), "từ nước ngoài | người nước ngoài | đại biểu quốc tế | khách quốc tế"
        ),
        OwnPeopleColumn(
            "people",
            "số cán bộ | số lượt | lượt cán bộ | số cán bộ tham dự | số người | số người tham dự",
            label=gettext_lazy("Own people"),
        ),
        CountriesColumn("from_countries", "đến từ | đến từ các nước", label=gettext_lazy("From which countries")),
        *shared_columns(
            title="tên/chủ đề hội nghị, hội thảo | tên hội nghị, hội thảo | chủ đề | tên hội nghị | tên hội thảo | "
            "hội nghị, hội thảo",
            partners="tên cơ quan/tổ chức nước ngoài phối hợp thực hiện | cơ quan phối hợp | đối tác phối hợp | "
            "đơn vị phối hợp nước ngoài | tổ chức nước ngoài phối hợp",
        ),
    )
    ignored = f"{IGNORED} | số lượng đại biểu"

    def complete(self, draft, table, context):
        values, told = draft.values, " ".join([table.sheet, *table.titles, *draft.row.groups])
        title = values.get("title") or ""
        if not values.get("format") and not draft.is_exact:
            values["format"] = (
                _format_said(title) or _format_said(" ".join(table.titles)) or Conference.Format.CONFERENCE
            )
        if countries := values.pop("from_countries", None):
            values["countries"] = frozenset(values.get("countries") or ()) | countries
            draft.headings.setdefault("countries", draft.headings["from_countries"])
        super().complete(draft, table, context)
        if not values.get("role") and not draft.is_exact:
            values["role"] = self._role(told, values, context)

    def _role(self, told: str, values: dict, context) -> str:
        """Hosted, unless the list says attended; then abroad where the place is one."""
        if title_said(told, SIGNS_OF_ATTENDING) and not title_said(told, "chủ trì", "đăng cai"):
            is_abroad = self._is_abroad(values, context) or title_said(told, "ở nước ngoài | ngoài nước")
            return ABROAD if is_abroad else AT_HOME
        return HOSTED

    @staticmethod
    def _is_abroad(values: dict, context) -> bool:
        home = context.rows(Country).filter(code=HOME).values_list("pk", flat=True).first()
        place = values.get("place") or ""
        for words in (place, *place.split(","), *place.split("-")):
            key = context.names(Country).match(words.strip()).key if words.strip() else None
            if key is not None:
                return key != home
        return False

    def title_of(self, draft, context):
        content = (draft.values.get("content") or "").split("\n")[0]
        return content


def _format_said(words: str) -> str:
    folded = f" {folded_words(words)} "
    places = [(folded.find(f" {folded_words(sign)} "), kind) for sign, kind in FORMATS]
    found = [one for one in places if one[0] >= 0]
    return min(found)[1] if found else ""
