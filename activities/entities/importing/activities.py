"""What the rows of all kinds of activity share: the date from its cells, a title where none is given, storing many.

The headings are those of the lists provinces and unions keep for the Ministry of Foreign Affairs and for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, ActivityScope, Member, Rules, UnionRole
from unionrelations.kit.folding import fold
from unionrelations.kit.importing import Draft
from unionrelations.kit.importing.columns import folded_words, in_house_words, parted
from unionrelations.kit.importing.dates import DatedImporter
from unionrelations.kit.written import read_amount

from .alike import tell_alike
from .columns import status_on
from .papers_and_money import (
    Money,
    payer_beside,
    payer_in,
)
from .shared import LONGEST_TITLE
from .storing import store_many, store_rows

NOT_STATED = gettext_lazy("not stated in the spreadsheet")


UNITS = "đơn vị | đơn vị xin phép | đơn vị, địa phương làm việc | đơn vị thực hiện | tên đơn vị | cấp cho phép"
IGNORED = "unions | công đoàn | own people | days | số ngày | counts as | tính vào"


class ActivityImporter(DatedImporter):
    """A kind of activity. Every row belongs to the union that hands it in; columns of units are words."""

    owner = ""
    ignored = IGNORED
    in_words = UNITS
    never_asked = frozenset({"version", "kind", "counts_as", "folded", "spelled"})
    told_by: tuple[str, ...] = ()  # what `turn_of` asks

    def complete(self, draft, table, context):
        values = draft.values
        if field := values.pop("field", None):
            heading = draft.headings["field"][0]
            values["content"] = "\n".join(
                filter(None, (values.get("content"), f"{capfirst(heading.lower())}: {field}"))
            )
        if values.get("on_plan") is False and not values.get("off_plan_reason"):
            values["off_plan_reason"] = in_house_words(NOT_STATED)
        self._date(draft, context)
        self._money(draft, context)
        self._keep_remarks(draft)
        if not values.get("title") and not draft.is_exact and "when" in values:
            with translation.override(settings.LANGUAGE_CODE):
                title = self.title_of(draft, context)
            if title:
                values["title"] = title[:LONGEST_TITLE]
                draft.composed.add("title")

    def title_of(self, draft: Draft, context) -> str:
        """A title made of what the row does say."""
        raise NotImplementedError

    def _money(self, draft: Draft, context) -> None:
        cell, funding = draft.values.pop("amount", None), draft.values.pop("funding", None)
        if cell is not None and (payer := payer_in(cell)):
            funding, cell = funding or payer, None
            draft.headings.setdefault("funding", draft.headings["amount"])
        if cell is None:
            if funding is not None:
                draft.remarks.append(f"{draft.headings['funding'][0]}: {funding.words}")
            return
        amount = self.told(draft, "amount", cell, read_amount, draft.headings["amount"][0])
        if amount is None:
            return
        when = draft.values.get("when")
        is_settled = when is not None and status_on(when.starts_on, context.today) == Activity.Status.HELD
        source = funding.source if funding else payer_beside(cell)
        draft.values["cost"] = Money(amount.value.normalize(), amount.currency, source, is_settled)
        draft.headings.setdefault("cost", draft.headings["amount"])

    # --- Which record it is

    def stored(self, context):
        return self.writable(context).filter(
            pk__in=self.model.objects.filter(union_roles__union=context.union).values("pk")
        )

    def writable(self, context):
        rows = super().writable(context)
        related = ("union_roles", "partner_roles__partner", "activity_countries__country", "members", "papers", "costs")
        return rows.select_related("changed_by").prefetch_related(*related)

    def find(self, drafts, context):
        super().find(drafts, context)
        new = [one for one in drafts if one.record is None and one.values.get("status")]
        if any(one.values["status"] not in Activity.ENTERED for one in new) and Rules.of(context.union)["by_steps"]:
            for draft in new:
                self._refuse_unasked(draft, context)

    def _refuse_unasked(self, draft, context) -> None:
        """Where activities ask for leave, no sheet says that they have it."""
        status = draft.values["status"]
        if status not in Activity.ENTERED:
            sentence = _("In this union an activity comes in as planned or held; the rest are steps on its page.")
            draft.refuse("status", sentence, value=Activity.Status(status).label)

    def tell_alike(self, drafts, context):
        tell_alike(self.model, drafts, context)

    def compare(self, draft, context):
        super().compare(draft, context)
        changes_cost = any(one.column == "cost" for one in draft.differences) and draft.values["cost"] is not None
        if changes_cost and self.by_name["cost"].is_over(draft.record, draft.values["cost"], context):
            sentence = _("More was spent than estimated. Enter the settlement and its reason on the activity's page.")
            draft.refuse("cost", sentence, value=draft.values["cost"].amount)
        roles = draft.record.union_roles.all() if draft.record is not None else ()
        if len(roles) > 1 and any(one.column == "people" for one in draft.differences):
            sentence = _("Several unions took part. Change their own people on the page of the record.")
            draft.refuse("people", sentence, value=draft.values["people"])

    def known(self, drafts, context):
        """Of the days of these rows alone, and no more of a record than tells it."""
        days = {one.values["when"].starts_on for one in drafts if "when" in one.values and one.key is None}
        head = Member.objects.filter(activity=OuterRef("pk"), is_head=True).values("name")[:1]
        rows = self.stored(context).filter(starts_on__in=days).order_by("pk").annotate(head=Subquery(head))
        found: dict[tuple, int] = {}
        for one in rows.values("pk", "starts_on", "title", "head", *self.told_by) if days else ():
            for identity in self._identities(one["starts_on"], self.turn_of(one), one["title"], one["head"]):
                found.setdefault(identity, one["pk"])
        return found

    def identities(self, draft):
        """The same record where union, kind, direction, title or head, and start agree; headcounts do not tell."""
        when, values = draft.values.get("when"), draft.values
        if when is not None:
            head = values.get("head")
            yield from self._identities(when.starts_on, self.turn_of(values), values.get("title"), head and head[0])

    def _identities(self, day, turn, title, head):
        if title:
            yield "title", day, turn, folded_words(title)
        if head:
            yield "head", day, turn, folded_words(head)

    def turn_of(self, values: dict) -> str:
        """What tells two activities of a kind apart besides: the direction of a delegation."""
        return ""

    # --- Storing

    def build(self, draft, context):
        record = super().build(draft, context)
        record.kind = self.model.KIND
        if "status" not in draft.values:
            record.status = status_on(record.starts_on, context.today)
        record.code = record.code or None
        return record

    def rows(self, record, draft, context) -> Iterable:
        people = draft.values.get("people")
        yield UnionRole(activity_id=record.pk, union=context.union, people=people, part=UnionRole.Part.LEAD)
        told = {"partners": draft.values.get("partners") or frozenset()}
        inviting = draft.values.get("inviting") or frozenset()
        for name, value in draft.values.items():
            if value is not None and name not in ("partners", "inviting"):
                yield from self.by_name[name].rows(record, value, context)
        yield from self.by_name["partners"].rows(record, told["partners"] - inviting, context)
        if inviting:
            yield from self.by_name["inviting"].rows(record, inviting, context)

    def create(self, drafts: Sequence[Draft], context) -> list:
        """A thousand at a time: their common rows, their own, what belongs to them; then what is derived from all."""
        made = [self.build(draft, context) for draft in drafts]
        store_many(self.model, made)  # type: ignore[arg-type]
        rows = chain.from_iterable(self.rows(one, draft, context) for one, draft in zip(made, drafts, strict=True))
        store_rows(rows)
        ActivityScope.objects.derive([one.pk for one in made])
        return made


def title_said(words: str, *signs: str) -> bool:
    """Whether one of the signs, parted by bars, stands in the words."""
    folded = f" {folded_words(words)} "
    return any(f" {fold(one).strip()} " in folded for one in parted(*signs))
