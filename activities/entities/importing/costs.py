"""How lists of costs come in, item by item. An amount tells its own currency where no column does."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Cost
from unionrelations.kit.importing import FieldColumn, Importer, RecordColumn, columns_of
from unionrelations.kit.importing.columns import GatheredText, folded_words
from unionrelations.kit.importing.drafts import shown
from unionrelations.kit.money import HOME_CURRENCY
from unionrelations.kit.written import read_amount

SAID = "currency an amount says"  # beside it, until the row is put together


class ActivityColumn(RecordColumn):
    """The activity by its title; in a row that says which cost it is, a title several bear stays what it was."""

    def read(self, cell, draft, context):
        if cell is None or draft.key is None:
            return super().read(cell, draft, context)
        meant = context.meant(Activity, shown(cell))
        return meant if isinstance(meant, int) else shown(cell)

    def says_already(self, record, value):
        return isinstance(value, str) and folded_words(value) == folded_words(record.activity.title)

    def in_words(self, value):
        return value if isinstance(value, str) else super().in_words(value)


class AmountColumn(FieldColumn):
    """An amount; "1.200 USD" says its currency too."""

    def read(self, cell, draft, context):
        if cell is None:
            return None
        amount = read_amount(cell, draft.headings[self.name][0])
        if amount is None:
            return None
        if amount.currency != HOME_CURRENCY:
            draft.values[SAID] = amount.currency
        return amount.value


class CostImporter(Importer):
    model = Cost
    said_by = "chi phí | danh sách chi phí | costs | các khoản chi"
    ignored = "union | công đoàn | union whose accounts it stands in | công đoàn hạch toán"
    identified_by = (("activity", "item"),)
    columns = (
        *columns_of(Cost, ("item",), item="khoản chi | nội dung chi"),
        ActivityColumn(Cost._meta.get_field("activity"), "hoạt động | tên hoạt động", is_needed=True),
        AmountColumn(Cost._meta.get_field("estimate"), "dự toán"),
        AmountColumn(Cost._meta.get_field("settlement"), "quyết toán"),
        *columns_of(
            Cost,
            ("source", "currency", "rate", "rate_day", "rate_source", "payer_union", "payer_partner", "over_reason"),
            source="nguồn chi",
            currency="loại tiền | đồng tiền",
            rate="tỷ giá",
        ),
        GatheredText("note", "ghi chú | remark", label=_("Remark")),
    )

    def complete(self, draft, table, context):
        said = draft.values.pop(SAID, None)
        if said and draft.values.get("currency") not in (None, said):
            draft.refuse(
                "currency",
                gettext("The amount is in %(said)s, the column says another currency. Keep one of the two.")
                % {"said": said},
                value=draft.values["currency"],
            )
        elif said:
            draft.values["currency"] = said
            draft.headings.setdefault("currency", draft.headings.get("estimate") or draft.headings["settlement"])
        super().complete(draft, table, context)

    def writable(self, context):
        return super().writable(context).select_related("activity", "changed_by")

    def compare(self, draft, context):
        super().compare(draft, context)
        if isinstance(draft.values.get("activity"), str) and any(one.column == "activity" for one in draft.differences):
            draft.refuse(
                "activity",
                gettext("Several activities bear this title. Change the activity on the page of the cost."),
                value=draft.values["activity"],
            )
