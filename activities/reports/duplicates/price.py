"""What a merge costs: which figures of which reports move by how much. Found by merging, measuring, and taking back.

The price is exact because the merge is really done, in a transaction that is never kept. Never merges for good, never
knows who asks: doors say whose figures they show.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Q

from activities.models import Activity, ActivityScope, Term
from activities.reports.findings import Finding
from activities.reports.identities import key_of
from activities.reports.many import measure_all
from activities.reports.models import TermReport
from activities.reports.questions import Question
from partners.models import Agreement, Partner
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import between

from .merging import merge

MOST_YEARS = 12  # calendar years measured beside the terms, the newest ones


@dataclass(frozen=True)
class Span:
    """A period a report is asked for, with the name it goes by."""

    period: Period
    name: str
    term: Term | None = None


@dataclass(frozen=True)
class Moved:
    """One figure of one report, before and after."""

    question: Question
    span: Span
    before: Finding
    after: Finding

    @property
    def union(self) -> Union:
        return self.question.union

    @property
    def label(self) -> str:
        return self.after.indicator.label

    @property
    def code(self) -> str:
        return self.after.indicator.code.value

    @property
    def by(self) -> int | None:
        """By how much the number moves; None where one of the two is not known."""
        if self.before.logged is None or self.after.logged is None:
            return None
        return self.after.logged - self.before.logged


@dataclass(frozen=True)
class Price:
    moved: tuple[Moved, ...]
    signed: tuple[int, ...]  # signed reports that will show a change
    payload: dict = field(repr=False)  # of the merge, as it would be kept

    @property
    def digest(self) -> str:
        """Names the price, so that what is agreed to is what was shown."""
        said = [[_said(one) for one in self.moved], sorted(self.signed), self.payload["twins"]]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:24]


class _Enough(Exception):
    """Ends the transaction without keeping it."""


def price(
    model: type[models.Model], kept: int, gone: int, by, now: datetime, today: date, choices: dict[str, str]
) -> Price:
    """What merging would move, of every union touched and those above. Raises Refused where it cannot be merged."""
    unions = touched(model, kept, gone)
    asked = dict(_questions(unions, _years(model, kept, gone, today)))
    signed = tuple(signed_touched(model, kept, gone).values_list("pk", flat=True))
    try:
        with transaction.atomic():
            before = measure_all(asked)
            payload = merge(model, kept, gone, by, now, choices).payload
            after = measure_all(asked)
            raise _Enough
    except _Enough:
        pass
    moved = (
        Moved(question, span, before[question][code], found)
        for question, span in asked.items()
        for code, found in after[question].items()
        if found != before[question][code]
    )
    return Price(tuple(moved), signed, payload)


def touched(model: type[models.Model], *pks: int) -> list[Union]:
    """The unions that either record counts for, and all above them, in the order of the tree."""
    if issubclass(model, Activity):
        near = Q(activity_scopes__activity__in=pks)
    elif model is Partner:
        near = Q(activity_scopes__activity__partner_roles__partner__in=pks)
    elif model is Agreement:
        near = Q(agreement_parties__agreement__in=pks) | Q(inherited_agreements__agreement__in=pks)
    else:
        return []  # officers stand in no figure
    found = Union.objects.filter(pk__in=Union.objects.filter(near).values("pk"))
    above = {key for one in found for key in one.ancestor_ids()}
    return list(Union.objects.filter(Q(pk__in=found.values("pk")) | Q(pk__in=above)).order_by("path"))


def signed_touched(model: type[models.Model], kept: int, gone: int):
    """Signed reports one of whose rows is one of the two."""
    label = model._meta.label_lower
    keys = [key_of({"model": label, "pk": pk}) for pk in (kept, gone)]
    frozen = Q(rows__records__has_any_keys=keys)
    if model is Partner:
        frozen |= Q(partner__in=(kept, gone))
    return TermReport.objects.filter(frozen, state=TermReport.State.SIGNED)


def _years(model: type[models.Model], kept: int, gone: int, today: date) -> list[Period]:
    """The current year, and those in which either record may count."""
    if issubclass(model, Activity):
        rows = ActivityScope.objects.filter(activity__in=(kept, gone))
    elif model is Partner:
        rows = ActivityScope.objects.filter(activity__partner_roles__partner__in=(kept, gone))
    else:
        rows = ActivityScope.objects.none()
    days = rows.filter(long_window=False).order_by()
    found = {day.year for column in ("window_first", "window_last") for day in days.dates(column, "year")}
    long = rows.filter(long_window=True).order_by().values_list("window_first", "window_last").distinct()
    found |= {year for first, last in long for year in range(first.year, last.year + 1)}  # undetermined in each
    if model is Agreement:
        found |= {day.year for day in Agreement.objects.filter(pk__in=(kept, gone)).dates("signed_from", "year")}
    return [Period.years(year) for year in sorted(found | {today.year}, reverse=True)[:MOST_YEARS]]


def _questions(unions: list[Union], years: Iterable[Period]) -> Iterator[tuple[Question, Span]]:
    """Each union's own report and, where unions stand below it, the one with these; for its terms and the years."""
    above = {key for one in unions for key in one.ancestor_ids()}
    above |= set(Union.objects.filter(parent__in=unions).values_list("parent_id", flat=True))
    in_years = [Span(one, between(one.start, one.end)) for one in years]
    for union, terms in Term.objects.of_each(unions):
        of_terms = [Span(Period(one.first_day, one.last_day), str(one), one) for one in terms]
        for span in (*of_terms, *in_years):
            for under in (False, True) if union.pk in above else (False,):
                yield Question(union, span.period, under), span


def _said(one: Moved) -> list:
    numbers = [(found.logged, found.undetermined, found.unknown_people) for found in (one.before, one.after)]
    question = one.question
    return [question.union.pk, question.period.start, question.period.end, question.under, one.code, numbers]
