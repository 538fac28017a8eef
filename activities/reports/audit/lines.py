"""Which lines of each breakdown one activity stands in, told from its record. Never counts them, never asks SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from activities.models import Conference, Course
from activities.reports.lines import IN_THE_COUNTRY
from activities.reports.questions import Question
from partners.models import Country
from partners.models.countries import HOME

from .records import Deed, Records
from .taken import Taken, window_of

Key = str | None  # None is the line of activities without what the breakdown asks for


def lines(code: str, question: Question, taken: Taken, records: Records) -> dict[Key, Taken]:
    """By line of one breakdown, the activities that stand in it; a line nobody stands in is left out."""
    if code == "union":
        return _by_union(question, taken, records)
    standing: dict[Key, set[int]] = defaultdict(set)
    for one in (*taken.sure, *taken.perhaps):
        for key in LINES[code](question, one):
            standing[key].add(one.activity.pk)
    return {key: taken.only(lambda one, pks=pks: one.activity.pk in pks) for key, pks in standing.items()}


def _by_union(question: Question, taken: Taken, records: Records) -> dict[Key, Taken]:
    """What each union took part in with its own people, under the one that carries on for it; each line has its own
    whole activities."""
    followed: dict[int, set[int]] = defaultdict(set)
    for one in taken.ours:
        followed[records.carrier(one, question.organised_on)].add(one)
    found = {}
    for carrier, group in followed.items():
        unions = frozenset(group)
        theirs = Taken.among(question, records.done_by(unions), unions)
        if theirs.sure or theirs.perhaps:
            found[records.unions[carrier].code] = theirs
    return found


def _year(question: Question, one: Deed) -> set[Key]:
    window = window_of(question, one)
    return {str(window.start.year) if window.start.year == window.last.year else None}


def _month(question: Question, one: Deed) -> set[Key]:
    first, last = (f"{day:%Y%m}" for day in (window_of(question, one).start, window_of(question, one).last))
    return {first if first == last else None}


def _each(keys: Iterable[str]) -> set[Key]:
    return set(keys) or {None}


def _region(country: Country) -> str:
    return IN_THE_COUNTRY if country.code == HOME else country.region


def _format(question: Question, one: Deed) -> set[Key]:
    own = one.activity.own
    return {own.format or None} if isinstance(own, Conference) else set()


def _course(question: Question, one: Deed) -> set[Key]:
    own = one.activity.own
    if not isinstance(own, Course):
        return set()
    return {f"{own.cohort}/{own.step}" if own.cohort or own.step else None}


def _plan(question: Question, one: Deed) -> set[Key]:
    return {{True: "on", False: "off", None: None}[one.activity.on_plan]}


LINES: dict[str, Callable[[Question, Deed], set[Key]]] = {
    "year": _year,
    "month": _month,
    "partner": lambda question, one: _each(partner.code for partner in one.partners),
    "partner-kind": lambda question, one: _each(partner.kind for partner in one.partners),
    "country": lambda question, one: _each(country.code for country in one.countries),
    "region": lambda question, one: _each(_region(country) for country in one.countries),
    "category": lambda question, one: {one.category},
    "format": _format,
    "mode": lambda question, one: {one.activity.mode or None},
    "plan": _plan,
    "course": _course,
}
