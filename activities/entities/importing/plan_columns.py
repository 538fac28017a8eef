"""Columns of the office's sheet of a plan: whose plan, what kind, with whom, for how much, when. Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activities.models import Activity, Delegation, Plan
from partners.models import Country
from unionrelations.kit.importing import ChoiceColumn, FieldColumn, RecordColumn
from unionrelations.kit.importing.columns import ask, folded_words
from unionrelations.kit.importing.dates import WhenColumn
from unionrelations.kit.importing.drafts import shown
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import Precision
from unionrelations.kit.written import Misread, read_amount

from .activities import title_said
from .columns import counted
from .papers_and_money import payer_beside, payer_in

KINDS = Activity.Kind
# The words of a group or a title → what its rows are.
SIGNS = (
    ("đoàn ra | outbound", KINDS.DELEGATION, Delegation.Direction.OUT),
    ("đoàn vào | inbound", KINDS.DELEGATION, Delegation.Direction.IN),
    ("hội nghị | hội thảo | tọa đàm | diễn đàn | conference | workshop", KINDS.CONFERENCE, ""),
    ("đào tạo | tập huấn | bồi dưỡng | khóa học | lớp | course | training", KINDS.COURSE, ""),
)


@dataclass(frozen=True)
class NewPlan:
    """A plan that is not there yet: the draft the rows of a sheet begin."""

    title: str
    period: Period


class PlanColumn(FieldColumn):
    """Whose line it is: the union's plan by its title."""

    def read(self, cell, draft, context):
        if cell is None:
            return None
        wanted = folded_words(shown(cell))
        for one in plans_of(context):
            if folded_words(one.title) == wanted:
                return one.pk
        raise Misread(_("This union has no plan called “%(typed)s”. Enter the plan first.") % {"typed": shown(cell)})

    def held(self, record, context):
        return record.plan_id

    def put(self, record, value):
        if isinstance(value, NewPlan):
            record.plan = Plan(title=value.title, first_day=value.period.start, last_day=value.period.end)
        else:
            record.plan = Plan._base_manager.select_related("union").get(pk=value)

    def in_words(self, value):
        return value.title if isinstance(value, NewPlan) else str(Plan._base_manager.filter(pk=value).first() or "")


def plans_of(context) -> list[Plan]:
    """Those whoever hands the file in may change: of their union first, then of those below it."""
    rows = Plan.objects.all() if context.reader is None else Plan.objects.writable_by(context.reader)
    rows = rows.filter(union__path__startswith=context.union.path).select_related("union")
    return sorted(rows, key=lambda one: (one.union_id != context.union.pk, not one.is_open, one.pk))


class KindColumn(ChoiceColumn):
    """What kind; "đoàn ra" says the direction too."""

    def read(self, cell, draft, context):
        kind, direction = kind_said(shown(cell)) if cell is not None else ("", "")
        if direction:
            draft.values.setdefault("direction", direction)
        return kind or super().read(cell, draft, context)


class PartnerColumn(RecordColumn):
    """The first partner named; further ones are kept as a remark."""

    def read(self, cell, draft, context):
        if cell is None:
            return None
        first, *others = [one for one in map(str.strip, re.split(r"[;\n]", shown(cell))) if one] or [""]
        if others:
            draft.remarks.append(f"{draft.headings[self.name][0]}: {'; '.join(others)}")
        meant = ask(self.model, first, draft, context, may_be_new=True) if first else None
        if isinstance(meant, str):
            raise Misread(self.unknown % {"typed": first}, suggestion=meant)
        return meant


class CountryColumn(RecordColumn):
    """By its name, else by its code."""

    def read(self, cell, draft, context):
        code = shown(cell).strip()
        if re.fullmatch(r"[A-Z]{2}", code):
            found = context.rows(Country).filter(code=code).values_list("pk", flat=True).first()
            if found:
                return found
        return super().read(cell, draft, context)


class PeopleColumn(FieldColumn):
    def read(self, cell, draft, context):
        return counted(cell, draft, self.name)


class EstimateColumn(FieldColumn):
    """An amount; its currency and who pays, where the same cell says so."""

    def read(self, cell, draft, context):
        if cell is None:
            return None
        if payer := payer_in(cell):
            draft.values.setdefault("paid_from", payer.source)
            return None
        if payer := payer_beside(cell):
            draft.values.setdefault("paid_from", payer)
        amount = read_amount(cell, draft.headings[self.name][0])
        if amount is None:
            return None
        if not draft.is_exact:
            draft.values.setdefault("currency", amount.currency)
        return amount.value


class PaidFromColumn(ChoiceColumn):
    """One of the sources, in the many words offices use; others are kept as a remark."""

    def read(self, cell, draft, context):
        if cell is None:
            return None
        if payer := payer_in(cell):
            return payer.source
        try:
            return super().read(cell, draft, context)
        except Misread:
            draft.remarks.append(f"{draft.headings[self.name][0]}: {shown(cell)}")
            return None


class PlannedColumn(WhenColumn):
    """When it is planned for, which may be open."""

    def held(self, record, context):
        return None if record.starts_on is None else super().held(record, context)

    def together(self, held, said, is_exact):
        return said if held is None or said is None else super().together(held, said, is_exact)

    def put(self, record, value):
        if value is not None:
            super().put(record, value)
        else:
            record.starts_on, record.ends_on, record.precision, record.date_words = None, None, Precision.DAY, ""

    def in_words(self, value):
        return "" if value is None else super().in_words(value)


def kind_said(words: str) -> tuple[str, str]:
    """(kind, direction) that words such as "Đoàn ra" tell; empty where they tell neither."""
    return next(((kind, way) for signs, kind, way in SIGNS if title_said(words, signs)), ("", ""))
