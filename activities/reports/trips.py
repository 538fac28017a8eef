"""Which officers of ours travelled in a year, for how long and where to. Never asks who reads, nor for today.

Leaders are told by their title, as the rules of their union name the leading ones. A member of a delegation is an
officer by name and union, as `MemberQuerySet.of_officer` says. A date too wide for one year stands in each year it may
belong to, as it does in the list of delegations that each number opens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from activities.models import Activity, Delegation, Member, Rules
from partners.models.countries import HOME
from unionrelations.accounts.models import Officer
from unionrelations.kit.periods import Period


@dataclass(frozen=True)
class Travelled:
    """One officer's trips of a year."""

    officer: Officer
    trips: tuple[Activity, ...]
    most: int | None = None  # trips of a leader in a year, as the rules of the union say; None of who is no leader

    @property
    def is_leader(self) -> bool:
        return self.most is not None

    @property
    def is_beyond(self) -> bool:
        """More trips than a leader makes in a year; of others no rule counts them."""
        return self.most is not None and len(self.trips) > self.most

    @property
    def days(self) -> int | None:
        """Of the trips whose days are known; None where none is."""
        known = [one.days for one in self.trips if one.days is not None]
        return sum(known) if known else None

    @property
    def of_unknown_length(self) -> int:
        return sum(one.days is None for one in self.trips)

    @property
    def countries(self) -> list:
        """Each country abroad once, by its name."""
        met = {row.country for one in self.trips for row in one.activity_countries.all() if row.country.code != HOME}
        return sorted(met, key=lambda one: one.folded)


def trips_of(officers: Iterable[Officer], members, year: int) -> list[Travelled]:
    """The officers who are among these members and went abroad in the year, who travelled most first."""
    named: dict[str, list[Officer]] = defaultdict(list)
    for officer in officers:
        for name in officer.folded.split("\n"):
            named[name].append(officer)
    went: dict[int, dict[int, Activity]] = defaultdict(dict)
    known = {one.pk: one for some in named.values() for one in some}
    for member in _abroad(members, Period.years(year)):
        for officer in named.get(member.folded, ()):
            if _is_of(member, officer):
                went[officer.pk][member.activity_id] = member.activity
    rules = Rules.of_each({known[pk].union for pk in went})
    found = [_travelled(known[pk], tuple(trips.values()), rules[known[pk].union_id]) for pk, trips in went.items()]
    return sorted(found, key=lambda one: (-len(one.trips), -(one.days or 0), one.officer.folded))


def _travelled(officer: Officer, trips: tuple[Activity, ...], rules: Rules) -> Travelled:
    return Travelled(officer, trips, rules["most_trips"] if rules.leads(officer.title) else None)


def _abroad(members, period: Period) -> Iterable[Member]:
    out = Delegation.objects.filter(direction=Delegation.Direction.OUT, status=Activity.Status.HELD)
    rows = members.filter(activity__in=out.touching_start(period).order_by().values("pk"))
    return rows.select_related("activity").prefetch_related(
        "activity__union_roles", "activity__activity_countries__country"
    )


def _is_of(member: Member, officer: Officer) -> bool:
    if member.union_id is not None:
        return member.union_id == officer.union_id
    return any(role.union_id == officer.union_id for role in member.activity.union_roles.all())
