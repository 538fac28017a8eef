"""The activities a question takes, found one by one, and what they bring to each indicator. Never asks the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from activities.models import Activity, Course, Delegation
from activities.models.figures import Indicates
from activities.reports.indicators import CERTIFICATES, GUESTS, PEOPLE, TRAINEES, Indicator
from activities.reports.questions import Question, Rule
from partners.models.countries import HOME
from unionrelations.kit.periods import Period

from .records import Deed, Records


@dataclass(frozen=True)
class Taken:
    """Those that surely belong, those that may, and whose own people are counted.

    `wholes` are the keys of the activities whose parts the total leaves out.
    """

    sure: tuple[Deed, ...]
    perhaps: tuple[Deed, ...]
    ours: frozenset[int]
    wholes: frozenset[int]

    @classmethod
    def of(cls, question: Question, records: Records) -> Taken:
        return cls.among(question, records.done_by(ours(question, records)), ours(question, records))

    @classmethod
    def among(cls, question: Question, deeds: Iterable[Deed], ours: frozenset[int]) -> Taken:
        asked = [one for one in deeds if one.counts and _is_asked(question, one)]
        sure = tuple(one for one in asked if question.period.covers(window_of(question, one)))
        certain = frozenset(one.activity.pk for one in sure)
        perhaps = (one for one in asked if question.period.overlaps(window_of(question, one)))
        return cls(sure, tuple(one for one in perhaps if one.activity.pk not in certain), ours, certain)

    def only(self, belongs) -> Taken:
        """Some of them; what the total leaves out stays what it was for all."""
        sure, perhaps = (tuple(one for one in some if belongs(one)) for some in (self.sure, self.perhaps))
        return Taken(sure, perhaps, self.ours, self.wholes)

    def finding(self, indicator: Indicator) -> tuple[int | None, int | None, int]:
        """(logged, undetermined, unknown headcounts)."""
        sure, perhaps = (self._counted(indicator, some) for some in (self.sure, self.perhaps))
        if indicator.code in (Indicates.PARTNERS, Indicates.COUNTRIES):
            met = _met(indicator, sure)
            return len(met), len(_met(indicator, perhaps) - met), 0
        if indicator.sums is None:
            return len(sure), len(perhaps), 0
        known = [self._people(indicator, one) for one in sure]
        maybe = [self._people(indicator, one) for one in perhaps]
        return _added(known), _added(maybe), sum(missing for _number, missing in known)

    def _counted(self, indicator: Indicator, some: tuple[Deed, ...]) -> list[Deed]:
        return [
            one
            for one in some
            if one.category in indicator.categories
            and not (indicator.online and one.activity.mode != Activity.Mode.ONLINE)
            and not (indicator.once and one.activity.part_of_id in self.wholes)
        ]

    def _people(self, indicator: Indicator, one: Deed) -> tuple[int | None, bool]:
        """(known number or None, whether any of it is missing)."""
        stated: list[int | None]
        own = one.activity.own
        if indicator.sums == PEOPLE:
            stated = [share.people for share in one.shares if share.union_id in self.ours]
        elif indicator.sums == GUESTS:
            stated = [own.guests] if isinstance(own, Delegation) else []
        elif not isinstance(own, Course):
            stated = []
        elif indicator.sums == CERTIFICATES:
            stated = [own.certificates]
        else:
            assert indicator.sums == TRAINEES  # noqa: S101  the last kind of headcount there is
            sides = [own.trainees_ours, own.trainees_theirs]
            stated = [number for number in sides if number is not None] or sides[:1]
        known = [number for number in stated if number is not None]
        return (sum(known) if known else None), len(known) < len(stated)


def ours(question: Question, records: Records) -> frozenset[int]:
    """Whose records belong: of the unions asked for, or of those they carry on for on the day asked for."""
    asked = set(records.branch(question.union.pk)) if question.under else {question.union.pk}
    return frozenset(one for one in records.unions if records.carrier(one, question.organised_on) in asked)


def _is_asked(question: Question, one: Deed) -> bool:
    only = question.only
    return (
        only.kind in ("", one.activity.kind)
        and only.mode in ("", one.activity.mode)
        and (only.partner is None or only.partner in one.partners)
        and (only.country is None or only.country in one.countries)
    )


def window_of(question: Question, one: Deed) -> Period:
    return one.started if question.rule == Rule.START else one.ended


def _met(indicator: Indicator, some: Iterable[Deed]) -> set[int]:
    if indicator.code == Indicates.PARTNERS:
        return {partner.pk for one in some for partner in one.partners}
    return {country.pk for one in some for country in one.countries if country.code != HOME}


def _added(people: list[tuple[int | None, bool]]) -> int | None:
    known = [number for number, _missing in people if number is not None]
    return sum(known) if known or not people else None
