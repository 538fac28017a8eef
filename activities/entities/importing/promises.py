"""How lists of promises come in: what was promised by whom, at which activity, by when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activities.models import FollowUp
from unionrelations.kit.importing import Importer, TextColumn, columns_of
from unionrelations.kit.importing.columns import ChoiceColumn, GatheredText

SIDES = {
    "us": ("ta", "ta hứa", "phía ta", "we", "us"),
    "them": ("bạn", "bạn hứa", "phía bạn", "đối tác", "they", "them"),
}


class PromiseImporter(Importer):
    """Promises of activities that stand here already; the list names them by their number or title."""

    model = FollowUp
    owner = ""
    said_by = "việc hứa | lời hứa | cam kết | promises"
    ignored = "đối tác | partners | người phụ trách | in whose hands | trong tay ai | partner"
    identified_by = (("activity", "what", "side"),)
    columns = (
        TextColumn(
            "what",
            "việc hứa | nội dung hứa | lời hứa | promise",
            longest=300,
            label=_("what was promised"),
            is_needed=True,
        ),
        ChoiceColumn(FollowUp._meta.get_field("side"), "bên hứa | ai hứa", synonyms=SIDES),
        *columns_of(
            FollowUp,
            ("activity", "officer", "union", "their_person", "due_on", "done_on"),
            activity="hứa tại | hứa ở hoạt động",
            officer="cán bộ phụ trách",
            union="công đoàn phụ trách",
            their_person="người của đối tác",
            due_on="hạn | hạn chót | hạn thực hiện",
            done_on="ngày thực hiện xong | đã xong ngày",
        ),
        GatheredText("note", "ghi chú | remark", longest=300, label=_("Remark")),
    )
