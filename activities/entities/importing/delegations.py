"""Lists of delegations sent and received, as offices keep them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Delegation
from unionrelations.kit.importing import ChoiceColumn, TextColumn
from unionrelations.kit.importing.columns import folded_words, parted

from .activities import ActivityImporter, title_said
from .columns import GuestsColumn, HeadColumn, OwnPeopleColumn
from .shared import shared_columns

IN, OUT = Delegation.Direction.IN, Delegation.Direction.OUT
SIGNS_OF_IN = "đoàn vào | đón đoàn | đón tiếp đoàn | khách quốc tế | inbound | received | tiếp đoàn"
SIGNS_OF_OUT = "đoàn ra | outbound | sent | ra nước ngoài | đi nước ngoài | đi công tác nước ngoài"
ARRIVES = ("ngày đến", "ngày nhập cảnh", "arrival")
FROM_WHERE = (
    "nước đến | nước đi | đến từ nước | đến từ | nước công tác | nước đi công tác | quốc tịch | country of origin | "
    "destination"
)
HEADS_OF_PEOPLE = (
    "số người | số lượng | số thành viên | số lượng người | số lượng thành viên | "
    "số lượt | lượt người | số lượt người | số khách | "
    "tổng số người | people | members | number of people"
)
SIGNS_IN_HEADINGS = {folded_words(one) for one in (*ARRIVES, "tên đoàn vào", "đến từ nước", "đến từ", "số khách")}
SIGNS_OF_OUT_IN_HEADINGS = {
    folded_words(one) for one in ("ngày về", "nước đến", "nước đi", "nước công tác", "destination")
}
OF_DELEGATION = Delegation._meta.get_field


class DelegationImporter(ActivityImporter):
    model = Delegation
    told_by = ("direction",)
    said_by = "đoàn ra | đoàn vào | delegation | delegations | đoàn công tác nước ngoài"
    columns = (
        TextColumn("group", "tên đoàn vào", label=gettext_lazy("Delegation from abroad")),
        HeadColumn(
            "head",
            "tên trưởng đoàn | trưởng đoàn | họ tên trưởng đoàn | họ và tên trưởng đoàn | họ tên, chức vụ trưởng đoàn",
            "tên, chức vụ trưởng đoàn | họ tên và chức vụ trưởng đoàn",
            "head of delegation | head | leader | delegation leader",
            label=gettext_lazy("Head of delegation"),
        ),
        ChoiceColumn(
            OF_DELEGATION("direction"), "chiều | loại đoàn", synonyms={OUT: ("đoàn ra", "ra"), IN: ("đoàn vào", "vào")}
        ),
        OwnPeopleColumn("people", HEADS_OF_PEOPLE, label=gettext_lazy("People")),
        GuestsColumn(OF_DELEGATION("guests"), "khách quốc tế"),
        *shared_columns(title="tên đoàn | delegation | name of delegation"),
    )

    def spoken_in(self, table):
        """The day a list of guests calls that of going is their last; ours is our first."""
        inbound = self._is_inbound(table)
        comes, goes = ("starts", "ends") if inbound else ("ends", "starts")
        days = {
            "ngày đi": goes,
            "ngày xuất cảnh": goes,
            "ngày khởi hành": goes,
            "ngày về": "ends",
            "ngày nhập cảnh": comes,
        }
        days |= {"ngày đến": "starts", "arrival": "starts", "departure": goes, "return": "ends"}
        where = dict.fromkeys(parted(FROM_WHERE), "countries")
        people = dict.fromkeys(parted(HEADS_OF_PEOPLE), "guests" if inbound else "people")
        spoken = {folded_words(words): name for words, name in (days | where | people).items()}
        return self.spoken | spoken

    def _is_inbound(self, table) -> bool:
        """By what the title or the sheet says, else by its headings."""
        told = " ".join([table.sheet, *table.titles])
        if title_said(told, SIGNS_OF_IN) != title_said(told, SIGNS_OF_OUT):
            return title_said(told, SIGNS_OF_IN)
        headings = {folded_words(one.text) for one in table.headings}
        return bool(headings & SIGNS_IN_HEADINGS)

    def score(self, table):
        """ "Ngày đi" or "trưởng đoàn" stand in lists of delegations alone."""
        said = {folded_words(one.text) for one in table.headings}
        own = {"ngay di", "ngay ve", "ngay den", "ten truong doan", "truong doan", "don vi moi", "ten doan"}
        return super().score(table) + len(said & own)

    def complete(self, draft, table, context):
        values = draft.values
        if values.get("direction") is None and (told := self._direction_told(draft, table)):
            values["direction"] = told
        self._move_people(draft)
        group = values.pop("group", None)
        if group:
            if not values.get("title"):
                values["title"] = group
            elif folded_words(group) != folded_words(values["title"]):
                draft.remarks.append(f"{draft.headings['group'][0]}: {group}")
        super().complete(draft, table, context)

    def _direction_told(self, draft, table) -> str | None:
        """As the group a row stands in says, else its table; None where nothing does."""
        for words in (" ".join(draft.row.groups), " ".join([table.sheet, *table.titles])):
            inbound, outbound = title_said(words, SIGNS_OF_IN), title_said(words, SIGNS_OF_OUT)
            if inbound != outbound:
                return IN if inbound else OUT
        headings = {folded_words(one.text) for one in table.headings}
        if headings & SIGNS_IN_HEADINGS:
            return IN
        return OUT if headings & SIGNS_OF_OUT_IN_HEADINGS else None

    def find(self, drafts, context):
        """A table that does not say which way it goes is of whichever delegation it names; a new one went out."""
        super().find(drafts, context)
        for draft in drafts:
            if draft.values.get("direction") is None:
                draft.values["direction"] = draft.record.direction if draft.record else OUT
                draft.composed.add("direction")
                self._move_people(draft)

    def identities(self, draft):
        if draft.values.get("direction") is not None:
            yield from super().identities(draft)
            return
        for direction in (OUT, IN):
            when, head = draft.values.get("when"), draft.values.get("head")
            if when is not None:
                yield from self._identities(when.starts_on, direction, draft.values.get("title"), head and head[0])

    @staticmethod
    def _move_people(draft) -> None:
        """One column of people serves both directions, where each row says its own."""
        values = draft.values
        if values.get("direction") is None:
            return
        there, wanted = ("guests", "people") if values["direction"] == OUT else ("people", "guests")
        if there in values:
            said = values.pop(there)
            if values.get(wanted) is None:
                values[wanted] = said
                draft.headings.setdefault(wanted, draft.headings[there])

    def turn_of(self, values):
        return values.get("direction") or ""

    def title_of(self, draft, context):
        values = draft.values
        head = values["head"][0] if values.get("head") else ""
        places = self.by_name["countries"].in_words(values.get("countries")) if values.get("countries") else ""
        where = values.get("place") or places.replace("; ", ", ")
        partners = self.by_name["partners"].in_words(
            (values.get("inviting") or frozenset()) | (values.get("partners") or frozenset())
        )
        who = head or partners
        if not who and not where and not values.get("content"):
            return ""
        inbound = values.get("direction") == IN
        if who:
            told = _("Delegation of %(who)s") % {"who": who}
        else:
            told = _("Inbound delegation") if inbound else _("Outbound delegation")
        if where:
            told = (_("%(what)s from %(where)s") if inbound else _("%(what)s to %(where)s")) % {
                "what": told,
                "where": where,
            }
        purpose = (values.get("content") or "").split("\n")[0]
        return f"{told}: {purpose}" if purpose else told
