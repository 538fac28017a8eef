"""How lists of agreements come in, with both sides and who signed for ours."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from partners.models import Agreement, AgreementParty, Partner
from unionrelations.accounts.models import Union
from unionrelations.kit.importing import Column, Importer, New, TextColumn, columns_of
from unionrelations.kit.importing.columns import GatheredText, ask, folded_words
from unionrelations.kit.importing.dates import CellColumn
from unionrelations.kit.importing.drafts import shown
from unionrelations.kit.windows import Precision
from unionrelations.kit.written import read_window, split_names


class PartiesColumn(Column):
    """Both sides of an agreement: ("union", key) and ("partner", key or somebody new)."""

    def read(self, cell, draft, context):
        found = set()
        known = context.names(Partner)
        for words in split_names(cell and shown(cell), is_one=known.knows):
            union = context.names(Union).match(words).key
            party = (
                ("partner", ask(Partner, words, draft, context, may_be_new=True)) if union is None else ("union", union)
            )
            found.add(party)
        return frozenset(found) or None

    def held(self, record, context):
        parties = record.parties.all()
        return frozenset(("union", one.union_id) if one.union_id else ("partner", one.partner_id) for one in parties)

    def together(self, held, said, is_exact):
        said = said or frozenset()
        return said if is_exact else held | said

    def rows(self, record, value, context):
        return [AgreementParty(agreement=record, **{f"{side}_id": key}) for side, key in sorted(value)]

    def amend(self, record, value, context):
        held = self.held(record, context)
        for side, key in held - value:
            record.parties.filter(**{side: key}).delete()
        for row in self.rows(record, value - held, context):
            row.save()

    def in_words(self, value):
        return "; ".join(sorted(self._name(side, key) for side, key in value or ()))

    @staticmethod
    def _name(side: str, key) -> str:
        model = Union if side == "union" else Partner
        return key.words if isinstance(key, New) else str(model._base_manager.get(pk=key))


class SignatoryColumn(TextColumn):
    """Who signed for our union."""

    def held(self, record, context):
        return next((one.signatory or None for one in record.parties.all() if one.union_id == context.union.pk), None)

    def put(self, record, value):
        """Stands in the row of our side."""

    def amend(self, record, value, context):
        for one in record.parties.filter(union=context.union):
            one.signatory = value or ""
            one.save()


class AgreementImporter(Importer):
    model = Agreement
    owner = ""
    said_by = "thỏa thuận quốc tế | thoả thuận quốc tế | thỏa thuận | agreements | văn bản hợp tác | ký kết"
    in_words = "cơ quan, địa phương đề xuất ký | nước ký | tình trạng hiệu lực"
    ignored = (
        "hiệu lực hôm nay | standing today | ngày cuối đã biết | last day known | người ký của các bên | "
        "signed by, all sides"
    )
    identified_by = (("code",), ("title", "signed_from"))
    columns = (
        TextColumn("title", "tên văn bản | tên thỏa thuận | agreement", longest=300, label=_("Title"), is_needed=True),
        CellColumn("signed", "ngày ký | thời gian ký | ký ngày | signed on", label=_("Signed on")),
        PartiesColumn("parties", "tên đối tác | đối tác | các bên | đối tác ký", label=_("Parties")),
        SignatoryColumn("signatory", "người ký | signed by", longest=120, label=_("Signed by")),
        *columns_of(
            Agreement,
            (
                "kind",
                "content",
                "signed_from",
                "signed_to",
                "signed_words",
                "signed_at",
                "languages",
                *("in_name_of", "approved_by", "is_authorised", "authority"),
                *("in_force_from", "in_force_to", "duration"),
                *("renewal_started_on", "renewal_by", "renewal_note"),
                "code",
            ),
            kind="loại văn bản | hình thức văn bản",
            content="nội dung | lĩnh vực | nội dung hợp tác",
            signed_at="nơi ký | địa điểm ký",
            in_name_of="danh nghĩa ký | danh nghĩa",
            approved_by="cấp có thẩm quyền phê duyệt | cấp phê duyệt | thẩm quyền | phê duyệt",
            is_authorised="có ủy quyền | có uỷ quyền | ủy quyền",
            authority="văn bản ủy quyền | ủy quyền ký",
            in_force_from="ngày hiệu lực | ngày có hiệu lực | hiệu lực từ",
            in_force_to="ngày hết hiệu lực | hiệu lực đến | hết hạn",
            duration="thời hạn hiệu lực | thời hạn",
        ),
        GatheredText("note", "ghi chú | remark", label=_("Remark")),
    )

    def stored(self, context):
        parties = AgreementParty.objects.filter(union=context.union)
        return self.writable(context).filter(pk__in=parties.values("agreement_id"))

    def writable(self, context):
        return super().writable(context).prefetch_related("parties__union", "parties__partner")

    def identities(self, draft):
        """An agreement without a day of signing is told by its title and its parties."""
        yield from super().identities(draft)
        if not draft.values.get("signed_from") and draft.values.get("title"):
            yield "undated", folded_words(draft.values["title"]), draft.values.get("parties")

    def identities_of(self, record, context):
        yield from super().identities_of(record, context)
        if record.signed_from is None:
            yield "undated", folded_words(record.title), self.by_name["parties"].held(record, context)

    def complete(self, draft, table, context):
        cell, values = draft.values.pop("signed", None), draft.values
        if cell is not None:
            reading = self.told(draft, "signed", cell, read_window, context.period)
            if reading is not None:
                is_day = reading.precision == Precision.DAY
                values["signed_from"] = reading.starts_on
                values["signed_to"] = reading.starts_on if is_day else reading.ends_on
                if not is_day:
                    values["signed_words"] = reading.words
                draft.headings |= dict.fromkeys(("signed_from", "signed_to", "signed_words"), draft.headings["signed"])
        parties = values.get("parties")
        if not draft.is_exact:
            values["parties"] = frozenset(parties or ()) | {("union", context.union.pk)}
        super().complete(draft, table, context)

    def rows(self, record, draft, context) -> Iterable:
        for row in super().rows(record, draft, context):
            if row.union_id == context.union.pk:
                row.signatory = draft.values.get("signatory") or ""
            yield row
