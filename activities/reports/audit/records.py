"""The records a recount reads: each table once, without a derived row or column. Never counts them.

Categories are asked of the activities themselves, the tree of unions is followed from union to union above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from activities.models import Activity, ActivityCountry, Attendance, Cost, Paper, PartnerRole, Proposal, UnionRole
from partners.models import Agreement, AgreementEvent, AgreementParty, Country, Partner, RelationEvent
from unionrelations.accounts.models import Officer, OfficerLanguage, Union, UnionSuccession
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import Precision


@dataclass(frozen=True, eq=False)
class Deed:
    """One activity as it was recorded, with who took part. Two are the same only where they are one record."""

    activity: Activity
    category: str
    shares: tuple[UnionRole, ...]
    partners: tuple[Partner, ...]  # each once, whatever parts it played
    countries: tuple[Country, ...]

    @cached_property
    def counts(self) -> bool:
        return self.activity.status == Activity.Status.HELD and self.category != ""

    @cached_property
    def started(self) -> Period:
        """The days on which it can have started."""
        return self._days(self.activity.starts_on)

    @cached_property
    def ended(self) -> Period:
        """The days its end can lie on, as far as it is known: a window says no more of the end than of the start."""
        return self._days(self.activity.ends_on or self.activity.starts_on)

    def _days(self, day: date) -> Period:
        if self.activity.precision == Precision.DAY:
            return Period(day, day)
        return Period(self.activity.starts_on, self.activity.ends_on)


class Records:
    def __init__(self):
        self.unions = {one.pk: one for one in Union.objects.all()}
        self.countries = {one.pk: one for one in Country.objects.all()}
        self.partners = {one.pk: one for one in Partner.objects.all()}
        self.deeds = {one.activity.pk: one for one in _deeds(self.partners, self.countries)}
        self.costs = _by("activity_id", Cost)
        self.agreements = list(Agreement.objects.all())
        self.parties = _by("agreement_id", AgreementParty)
        self.agreement_events = _by("agreement_id", AgreementEvent)
        self.relations = list(RelationEvent.objects.all())
        self.officers = list(Officer.objects.all())
        self.languages = _by("officer_id", OfficerLanguage)
        self.attendances = _by("officer_id", Attendance)
        self.proposals = list(Proposal.objects.unrestricted().select_related("document"))
        self._successions = list(UnionSuccession.objects.all())
        self._carriers: dict[date, dict[int, int]] = {}
        self._below = defaultdict(list)
        for one in self.unions.values():
            self._below[one.parent_id].append(one.pk)
        self._done_by: dict[int, list[Deed]] = defaultdict(list)
        for deed in self.deeds.values():
            for share in deed.shares:
                self._done_by[share.union_id].append(deed)
        told = (self.relations, self.officers, self.proposals, *self.parties.values())
        others = (row.union_id for rows in told for row in rows)
        self.speaking = {*self._done_by, *others}  # unions anything at all is recorded of

    def done_by(self, unions: frozenset[int]) -> list[Deed]:
        """What these unions took part in, each once: no other activity is looked at."""
        found = {deed.activity.pk: deed for union in unions for deed in self._done_by.get(union, ())}
        return [found[pk] for pk in sorted(found)]

    def branch(self, union: int) -> Iterator[int]:
        """The union and every one below it."""
        yield union
        for one in self._below[union]:
            yield from self.branch(one)

    def carrier(self, union: int, on: date | None) -> int:
        """Who answers for a union on a day: itself, or at the end of the line the one that carries on for it."""
        if on is None:
            return union
        carriers = self._carriers.setdefault(on, {})
        if union not in carriers:
            carriers[union] = self._end_of_the_line(union, on)
        return carriers[union]

    def _end_of_the_line(self, union: int, on: date) -> int:
        line = [union]
        while (heir := self._heir(line[-1], on)) is not None:
            if heir in line:
                return union  # the line leads back into itself, so it says nothing
            line.append(heir)
        return line[-1]

    def _heir(self, union: int, on: date) -> int | None:
        """The one union that follows; None where there is none, or more than one way is recorded."""
        kinds = UnionSuccession.Kind
        follows = [one for one in self._successions if one.predecessor_id == union and one.day <= on]
        heirs = {None if one.kind in (kinds.SPLIT, kinds.DISSOLUTION) else one.successor_id for one in follows}
        return heirs.pop() if len(heirs) == 1 else None


def _deeds(partners: dict[int, Partner], countries: dict[int, Country]) -> Iterator[Deed]:
    parts, touched = _by("activity_id", PartnerRole), _by("activity_id", ActivityCountry)
    activities = Activity.objects.unrestricted().select_related("delegation", "conference", "course", "part_of")
    activities = activities.prefetch_related(
        Prefetch("papers", Paper.objects.unrestricted().filter(kind=Paper.Kind.TRIP_REPORT)),
        "union_roles__union",
        "part_of__union_roles__union",
        "conference__activity_countries__country",
        "conference__partner_roles__partner__country",
    )
    for one in activities:
        met = {role.partner_id: partners[role.partner_id] for role in parts[one.pk]}
        seen = {row.country_id: countries[row.country_id] for row in touched[one.pk]}
        yield Deed(one, one.category(), tuple(one.union_roles.all()), tuple(met.values()), tuple(seen.values()))


def _by(column: str, model) -> dict[int, list]:
    """All rows of a table, by the record they belong to."""
    rows = defaultdict(list)
    for one in model.objects.unrestricted().order_by("pk"):
        rows[getattr(one, column)].append(one)
    return rows
