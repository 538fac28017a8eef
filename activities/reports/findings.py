"""Indicators measured for one question. Never knows how they are shown, nor who reads them.

An activity counts where it surely started in the period, is undetermined where it may have, and stands in neither
otherwise. An unknown headcount is never 0.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet, Sum

from activities.models.figures import Indicates
from partners.models.countries import HOME

from . import plain
from .indicators import CERTIFICATES, GUESTS, INDICATORS, TRAINEES, Indicator
from .questions import Question
from .remembered import Counts, remembered


@dataclass(frozen=True)
class Finding:
    """One measured indicator. `logged` and `undetermined` are None where people took part and none were counted.

    `unknown_people` says of how many of the logged activities the headcount is missing; 0 where nobody is counted.
    """

    indicator: Indicator
    logged: int | None
    undetermined: int | None
    unknown_people: int

    @property
    def counts(self) -> tuple[int | None, int | None, int]:
        return self.logged, self.undetermined, self.unknown_people


@dataclass
class Tally:
    """Activities of one union in one period, by category and mode: the grouped rows everything else adds up from."""

    groups: list[dict] = field(default_factory=list)

    def finding(self, indicator: Indicator) -> Finding:
        certain = [one for one in self._of(indicator) if one["is_inside"]]
        perhaps = [one for one in self._of(indicator) if not one["is_inside"]]
        unknown = sum(one[f"n_{indicator.sums}_unknown"] for one in certain) if indicator.sums else 0
        return Finding(indicator, self._number(indicator, certain), self._number(indicator, perhaps), unknown)

    def _of(self, indicator: Indicator) -> list[dict]:
        return [
            one
            for one in self.groups
            if one["counts_as"] in indicator.categories and (one["online"] or not indicator.online)
        ]

    @staticmethod
    def _number(indicator: Indicator, groups: list[dict]) -> int | None:
        if indicator.sums is None:
            return sum(one["n_once" if indicator.once else "n_activities"] for one in groups)
        known = [one[f"n_{indicator.sums}"] for one in groups if one[f"n_{indicator.sums}"] is not None]
        return sum(known) if known or not any(one["n_activities"] for one in groups) else None


def measure(question: Question) -> dict[str, Finding]:
    """Every indicator that is asked for, by code."""
    counts = remembered([question], lambda some: {one: count(one) for one in some})[question]
    signed = question.agreements()
    agreements = (
        signed.signed_within(question.period).count(),
        signed.perhaps_signed_within(question.period).count(),
        0,
    )
    asked = (one for one in INDICATORS if one.is_asked(question))
    return {one.code.value: Finding(one, *counts.get(one.code.value, agreements)) for one in asked}


def count(question: Question) -> Counts:
    """What activities bring to every indicator; agreements are none of them."""
    if plain.is_plain(question):
        groups, *whom = plain.count(question)
        return _told(Tally(groups), *whom)
    rows = question.scopes()
    abroad = ~Q(activity__activity_countries__country__code=HOME)
    partners = _once_each(rows, "activity__partner_roles__partner_id", Q())
    return _told(
        Tally(list(grouped(rows))), partners, _once_each(rows, "activity__activity_countries__country_id", abroad)
    )


def _told(tally: Tally, partners: tuple[int, int], countries: tuple[int, int]) -> Counts:
    distinct = {Indicates.PARTNERS: partners, Indicates.COUNTRIES: countries}
    return {
        one.code.value: (*distinct[one.code], 0) if one.code in distinct else tally.finding(one).counts
        for one in INDICATORS
        if one.code != Indicates.AGREEMENTS_SIGNED
    }


def measure_by_line(rows: QuerySet) -> dict[str | None, Tally]:
    """The tally of each `line` that scope rows are annotated with, in one query."""
    tallies: dict[str | None, Tally] = defaultdict(Tally)
    for group in grouped(rows, "line"):
        tallies[group["line"]].groups.append(group)
    return dict(tallies)


def grouped(rows: QuerySet, *by: str) -> QuerySet:
    """At most one row for each category, mode and certainty of what they are grouped by.

    `n_` keeps a sum from shadowing its column.
    """
    return (
        rows.values(*by, "counts_as", "online", "is_inside")
        .annotate(
            n_activities=Count("activity_id"),
            n_once=Count("activity_id", filter=Q(whole_is_logged=False)),
            n_people=Sum("brought"),
            n_people_unknown=Count("activity_id", filter=Q(brought_unknown=True)),
            n_guests=Sum(GUESTS),
            n_guests_unknown=Count("activity_id", filter=Q(guests__isnull=True)),
            n_trainees=Sum(TRAINEES),
            n_trainees_unknown=Count("activity_id", filter=Q(trainees__isnull=True)),
            n_certificates=Sum(CERTIFICATES),
            n_certificates_unknown=Count("activity_id", filter=Q(certificates__isnull=True)),
        )
        .order_by()
    )


def _once_each(rows: QuerySet, column: str, among: Q) -> tuple[int, int]:
    """How many different ones stand with activities that surely belong, and how many more with those that may."""
    sure = Q(is_inside=True) & among
    found = rows.aggregate(
        n_sure=Count(column, distinct=True, filter=sure), n_either=Count(column, distinct=True, filter=among or None)
    )
    return found["n_sure"], found["n_either"] - found["n_sure"]
