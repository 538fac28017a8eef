"""Every indicator for many unions and periods at once, in as many questions to the database however many they are.

For plain questions alone: by the day of the start, of all activities, as recorded. Says what measuring each says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Count, F, IntegerField, Q, QuerySet, Value

from activities.models import ActivityScope
from activities.models.figures import Indicates
from partners.models import AgreementParty
from unionrelations.kit.periods import Period

from .findings import Finding, Tally, grouped
from .indicators import INDICATORS
from .plain import COUNTRIES, PARTNERS, Cut, met
from .questions import Question
from .remembered import Counts, remembered

Asked = tuple[int, int]  # which period and way of reading, by number; which union
Group = tuple[int, Period, bool, list[Question]]


def measure_all(questions: Iterable[Question], *, anew: bool = False) -> dict[Question, dict[str, Finding]]:
    """Every indicator of each question, by code; with `anew`, none of what was counted before is believed."""
    groups = list(_groups(questions))
    asked = [one for *_group, some in groups for one in some]
    counted = _count_all(asked) if anew else remembered(asked, _count_all)
    signed = _signed(groups)
    found = {}
    for number, _period, _under, some in groups:
        for one in some:
            agreements = (*signed.get((number, one.union.pk), (0, 0)), 0)
            counts = counted[one]
            found[one] = {
                each.code.value: Finding(each, *counts.get(each.code.value, agreements)) for each in INDICATORS
            }
    return found


def _count_all(questions: Iterable[Question]) -> dict[Question, Counts]:
    """What activities bring to every indicator of each question."""
    groups = list(_groups(questions))
    tallies: dict[Asked, Tally] = defaultdict(Tally)
    for row in _together(groups, lambda rows: grouped(rows, "number", "union_id")):
        tallies[row["number"], row["union_id"]].groups.append(row)
    cuts = [
        Cut.of(number, period, under=under, unions=[one.union for one in some])
        for number, period, under, some in groups
    ]
    distinct = {Indicates.PARTNERS: met(cuts, PARTNERS), Indicates.COUNTRIES: met(cuts, COUNTRIES)}
    return {
        one: {
            each.code.value: (*distinct[each.code].get((number, one.union.pk), (0, 0)), 0)
            if each.code in distinct
            else tallies[number, one.union.pk].finding(each).counts
            for each in INDICATORS
            if each.code != Indicates.AGREEMENTS_SIGNED
        }
        for number, _period, _under, some in groups
        for one in some
    }


def _groups(questions: Iterable[Question]) -> Iterator[Group]:
    """Those of one period, read one way, together."""
    alike: dict[tuple[Period, bool], list[Question]] = defaultdict(list)
    for one in dict.fromkeys(questions):
        alike[one.period, one.under].append(one)
    for number, ((period, under), some) in enumerate(alike.items()):
        yield number, period, under, some


def _together(groups: list[Group], cut: Callable[[QuerySet], QuerySet]) -> Iterable[dict]:
    """The scope rows of each group cut to a few, all of them in one question."""
    parts = []
    for number, period, under, some in groups:
        rows = ActivityScope.objects.filter(union__in=[one.union.pk for one in some]).counting()
        rows = (rows if under else rows.filter(own=True)).bringing(under=under).placed(period, under=under)
        parts.append(cut(rows.annotate(number=Value(number, IntegerField()))).order_by())
    return parts[0].union(*parts[1:], all=True) if parts else ()


def _signed(groups: list[Group]) -> dict[Asked, tuple[int, int]]:
    parts = [
        _agreements(rows.annotate(number=Value(number, IntegerField())), period)
        for number, period, under, some in groups
        for rows in _parties(some, under)
    ]
    rows = parts[0].union(*parts[1:], all=True) if parts else ()
    return {(row["number"], row["asked"]): (row["n_sure"], row["n_perhaps"]) for row in rows}


def _parties(some: list[Question], under: bool) -> Iterator[QuerySet]:
    """Each with `asked`: the union it is counted for."""
    if not under:
        yield AgreementParty.objects.filter(union__in=[one.union.pk for one in some]).annotate(asked=F("union_id"))
        return
    for one in some:
        below = AgreementParty.objects.filter(union__path__startswith=one.union.path)
        yield below.annotate(asked=Value(one.union.pk, IntegerField()))


def _agreements(parties: QuerySet, period: Period) -> QuerySet:
    inside = Q(agreement__signed_from__gte=period.start, agreement__signed_to__lte=period.last)
    touching = Q(agreement__signed_from__lte=period.last, agreement__signed_to__gte=period.start)
    return (
        parties.values("number", "asked")
        .annotate(
            n_sure=Count("agreement", distinct=True, filter=inside),
            n_perhaps=Count("agreement", distinct=True, filter=touching & ~inside),
        )
        .order_by()
    )
