"""Money added up along one cut: by its source, by who pays, by union, by activity, by the plan it realises.

Never guesses a rate, nor who pays.

The rows are handed in as a reader sees them, so no sum holds another's money. Every line says how its rows are asked
for; a sum is rounded by whoever shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db import models
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.entities.payers import payer_key, payers
from activities.models import Cost, Realisation
from unionrelations.accounts.models import Union
from unionrelations.kit.documents import UNKNOWN, Document, Grid
from unionrelations.kit.filters import NOT_STATED
from unionrelations.kit.money import Amount, Total, rounded

NO_PLAN = "null"  # as the list is asked for what realises no plan


class Cut(models.TextChoices):
    """What the sums are told apart by."""

    SOURCE = "source", gettext_lazy("paid from")
    PAYER = "payer", pgettext_lazy("a cut of sums", "who pays")
    UNION = "union", gettext_lazy("union")
    ACTIVITY = "activity", pgettext_lazy("a cut of sums", "activity")
    PLAN = "plan", pgettext_lazy("a cut of sums", "plan")


class Item(NamedTuple):
    """What summing reads of a cost."""

    activity: int
    union: int
    source: str
    currency: str
    rate: Decimal | None
    estimate: Decimal | None
    settlement: Decimal | None
    title: str
    payer_union: int | None = None
    payer_partner: int | None = None

    READ = (  # type: ignore[misc]
        *("activity_id", "union_id", "source", "currency", "rate", "estimate", "settlement", "activity__title"),
        *("payer_union_id", "payer_partner_id"),
    )

    @property
    def payer(self) -> str:
        return payer_key(self.payer_union, self.payer_partner)


@dataclass
class Line:
    """Some items and their sums; `asked` is what the list of costs is asked for them."""

    label: str
    asked: dict[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)

    @cached_property
    def estimate(self) -> Total:
        return Total.of(Amount(one.estimate, one.currency, one.rate) for one in self.items if one.estimate is not None)

    @cached_property
    def settlement(self) -> Total:
        return Total.of(
            Amount(one.settlement, one.currency, one.rate) for one in self.items if one.settlement is not None
        )

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def unsettled(self) -> int:
        return sum(one.settlement is None for one in self.items)

    @property
    def over(self) -> int:
        """Items settled above their estimate."""
        return sum(
            one.estimate is not None and one.settlement is not None and one.settlement > one.estimate
            for one in self.items
        )


class Ledger:
    """The costs a reader asked for, cut one way. What realises two plans stands under both, and once in the whole."""

    def __init__(self, costs: QuerySet[Cost], cut: Cut, reader):
        self.cut, self.reader = cut, reader
        self.items = [Item(*row) for row in costs.values_list(*Item.READ)]
        self.whole = Line(_("Total"), items=self.items)

    @cached_property
    def lines(self) -> list[Line]:
        found: dict[Hashable, list[Item]] = defaultdict(list)
        for one in self.items:
            for key in self._keys(one):
                found[key].append(one)
        return [Line(label, asked, found[key]) for key, label, asked in self._named(found)]

    @property
    def is_doubled(self) -> bool:
        """Whether an item stands in more than one line."""
        return sum(one.count for one in self.lines) > self.whole.count

    def _keys(self, item: Item) -> Iterable[Hashable]:
        if self.cut == Cut.PLAN:
            return self._plans_of.get(item.activity, {None: ""})
        return (getattr(item, self.cut.value),)

    def _named(self, found: dict[Hashable, list[Item]]) -> Iterator[tuple[Hashable, str, dict[str, str]]]:
        """(key, label, what the list is asked) of each line, in the order a reader looks for them."""
        if self.cut == Cut.SOURCE:
            for key, label in (*Cost.Source.choices, ("", _("source not stated"))):
                if key in found:
                    yield key, capfirst(str(label)), {"source": key or NOT_STATED}
        elif self.cut == Cut.PAYER:
            for key, label in payers(str(key) for key in found):
                yield key, capfirst(label), {"payer": key}
        elif self.cut == Cut.UNION:
            for union in Union.objects.filter(pk__in=list(found)).order_by("path"):
                yield union.pk, str(union), {"union": union.code, "under": "0"}
        elif self.cut == Cut.ACTIVITY:
            for key, items in found.items():  # in the order of the list
                yield key, items[0].title, {"activity": str(key)}
        else:
            titles = {key: title for plans in self._plans_of.values() for key, title in plans.items()}
            known = sorted((key for key in found if isinstance(key, int)), key=lambda one: (titles[one], one))
            yield from ((key, titles[key], {"plan": str(key)}) for key in known)
            if None in found:
                yield None, _("in no plan"), {"plan": NO_PLAN}

    @cached_property
    def _plans_of(self) -> dict[int, dict[int, str]]:
        """Activity → the plans of which it realises a line."""
        plans: dict[int, dict[int, str]] = defaultdict(dict)
        rows = Realisation.objects.visible_to(self.reader).order_by()
        for activity, plan, title in rows.values_list("activity_id", "line__plan_id", "line__plan__title"):
            plans[activity][plan] = title
        return dict(plans)

    # --- As a file

    def as_document(self) -> Document:
        headers = (
            capfirst(str(self.cut.label)),
            _("Items"),
            _("Estimate in VND"),
            _("Estimate by currency"),
            _("Settlement in VND"),
            _("Settlement by currency"),
            _("Items not settled"),
            _("Items above the estimate"),
        )
        rows = tuple(self._row(one) for one in (*self.lines, self.whole))
        return Document(_("Money by %(cut)s") % {"cut": self.cut.label}, (Grid(headers, rows, wide=True),))

    @staticmethod
    def _row(line: Line) -> tuple:
        return (
            line.label,
            line.count,
            in_dong(line.estimate),
            line.estimate.in_words(),
            in_dong(line.settlement),
            line.settlement.in_words(),
            line.unsettled,
            line.over,
        )


def in_dong(total: Total):
    """To the whole đồng; UNKNOWN where a part has no rate, None where nothing was added up."""
    if not total.parts:
        return None
    return UNKNOWN if total.in_dong is None else rounded(total.in_dong)
