"""What activities cost, by who paid and in which currency. Never adds across currencies, never turns one into another.

Money is its union's own: a union's report adds what stands in its accounts, one with the unions below theirs as well.
An amount nobody wrote down is left out of the sum and counted as missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Cost
from unionrelations.accounts.models import Union

from .questions import Question

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Amount:
    """A column of money: `column` of the costs, added up over the activities that surely belong."""

    code: str
    label: StrOrPromise
    column: str
    model: type[Activity] = Activity
    address: str = "activities"

    def rows(self, question: Question, key: str) -> QuerySet[Activity]:
        """The activities with such an amount of this line."""
        return Activity.objects.filter(pk__in=self.costs(question, key).values("activity_id"))

    def costs(self, question: Question, key: str) -> QuerySet[Cost]:
        source, _slash, currency = key.partition("/")
        return costs(question).filter(source=source, currency=currency, **{f"{self.column}__isnull": False})


ESTIMATED = Amount("costs_estimated", _("Estimate"), "estimate")
SETTLED = Amount("costs_settled", _("Settlement"), "settlement")
AMOUNTS = {one.code: one for one in (ESTIMATED, SETTLED)}


@dataclass(frozen=True)
class Spending:
    """One source in one currency; `unsettled` counts items of which only the estimate is known."""

    source: str
    currency: str
    estimate: Decimal | None
    settlement: Decimal | None
    unsettled: int

    @property
    def key(self) -> str:
        return f"{self.source}/{self.currency}"

    @property
    def label(self) -> str:
        return name_of(self.key)


def name_of(key: str) -> str:
    source, _slash, currency = key.partition("/")
    words = dict(Cost.Source.choices).get(source) or gettext("source not stated")
    return f"{words}, {currency}"


def costs(question: Question) -> QuerySet[Cost]:
    """The costs in the unions' own accounts of activities that surely belong."""
    sure = question.scopes().filter(is_inside=True).values("activity_id")
    ours = Union.objects.filter(question.unions()).values("pk")
    return Cost.objects.filter(activity__in=sure, union__in=ours)


def spending(question: Question) -> list[Spending]:
    """By source and currency, sources in the order forms offer them; in one query."""
    grouped = (
        costs(question)
        .order_by()
        .values("source", "currency")
        .annotate(
            estimates=Sum("estimate"),
            settlements=Sum("settlement"),
            left=Count("pk", filter=Q(settlement__isnull=True)),
        )
    )
    order = [*Cost.Source.values, ""]
    found = [Spending(*row) for row in grouped.values_list("source", "currency", "estimates", "settlements", "left")]
    return sorted(found, key=lambda one: (order.index(one.source), one.currency))
