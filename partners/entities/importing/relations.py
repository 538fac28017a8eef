"""How lists of relations and twinnings come in. A twinning of two places is none of unions."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from partners.models import Partner, RelationEvent
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import fold
from unionrelations.kit.importing import Draft, RecordColumn, TextColumn, columns_of
from unionrelations.kit.importing.columns import GatheredText, ask, folded_words
from unionrelations.kit.importing.dates import CellColumn, DatedImporter, date_columns

BEGINS_LIKE_A_UNION = re.compile(r"(?:tong )?(?:cong doan|lien hiep cong doan|lien doan|union|federation|trade union)")
OURS = re.compile(r"ldld|lien doan lao dong|cong doan (?:nganh|khu|tinh|thanh pho)")
TWO_PLACES = re.compile(r"\s+(?:-|–|—|và|với|and)\s+|\s*[–—]\s*")


class RelationImporter(DatedImporter):
    """Events of relations; the lists of twinned localities tell of places, not of unions."""

    model = RelationEvent
    said_by = "ký kết hữu nghị | kết nghĩa | hữu nghị | quan hệ | relations"
    ignored = "union | công đoàn"
    identified_by = (("partner", "kind", "when"), ("pair", "kind", "when"))
    columns = (
        TextColumn(
            "pair",
            "tên cặp địa phương ký kết hữu nghị | cặp địa phương | tên cặp địa phương | cặp kết nghĩa",
            label=_("The two localities"),
        ),
        RecordColumn(RelationEvent._meta.get_field("partner"), "đối tác | tên đối tác"),
        *columns_of(RelationEvent, ("kind",), kind="loại quan hệ | sự kiện"),
        CellColumn("twinned", "ngày ký kết | ngày ký | thời gian ký kết", label=_("Twinned on")),
        *date_columns(),
        TextColumn("date_words", longest=120, label=RelationEvent._meta.get_field("date_words").verbose_name),
        GatheredText(
            "note",
            "ghi chú | tình hình ký kết | kết quả triển khai ký kết | kết quả triển khai | remark",
            label=_("Remark"),
        ),
    )

    def complete(self, draft, table, context):
        values = draft.values
        if (twinned := values.pop("twinned", None)) is not None:
            values["period"] = twinned
            draft.headings["period"] = draft.headings["twinned"]
        if pair := values.pop("pair", None):
            values["note"] = "\n".join(filter(None, (pair, values.get("note"))))
            draft.headings.setdefault("note", draft.headings["pair"])
            partner = values.get("partner") or self._partner_of(pair, draft, context)
            kinds = RelationEvent.Kind
            values.setdefault("kind", kinds.LOCALITIES_TWINNED if partner is None else kinds.TWINNED)
            values["partner"] = partner
        super().complete(draft, table, context)

    @staticmethod
    def _partner_of(pair: str, draft: Draft, context):
        """The union on the other side, where it is one; a twinning of places is none of unions."""
        for side in (one.strip() for one in TWO_PLACES.split(pair)):
            is_union = BEGINS_LIKE_A_UNION.match(fold(side)) and not OURS.match(fold(side))
            if is_union and context.names(Union).match(side).key is None:
                return ask(Partner, side, draft, context, may_be_new=True)
        return None

    def identities(self, draft):
        values = draft.values
        if values.get("when") is not None:
            note = (values.get("note") or "").split("\n")[0]
            yield values.get("partner") or folded_words(note), values.get("kind"), values["when"].starts_on

    def known(self, drafts, context):
        return self.index(context)

    def identities_of(self, record, context):
        first = folded_words((record.note or "").split("\n")[0])
        yield record.partner_id or first, record.kind, record.starts_on
