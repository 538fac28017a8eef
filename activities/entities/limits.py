"""Where an activity that is being entered goes beyond its union's rules. Never refuses, and never knows the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz

from activities.models import Activity, Delegation, Member, Overstep, Rules
from partners.models.countries import HOME
from unionrelations.kit.folding import fold

from .likeness import telling_words

Rule, Status = Overstep.Rule, Activity.Status
ON_ONE_SUBJECT = 85  # per cent of the telling letters of two titles from which they are on one subject
LOOKED_THROUGH = 300  # earlier delegations whose titles are compared
TOUCHES: dict[str, tuple[str, ...]] = {  # what tells each rule anew
    Rule.DAYS: ("when", "direction"),
    Rule.PEOPLE: ("members", "direction"),
    Rule.COUNTRIES: ("countries", "direction"),
    Rule.TRIPS: ("members", "when", "direction"),
    Rule.APART: ("members", "direction"),
    Rule.AGAIN: ("countries", "title", "when", "direction"),
    Rule.LATE: ("when", "status", "direction"),
}
CALLED_OFF = (Status.CANCELLED, Status.REFUSED, Status.POSTPONED)
ASKING = (Status.PLANNED, Status.SUBMITTED)


class Limits:
    """Of an outbound delegation as typed: what goes beyond a rule, whether or not this edit tells it anew."""

    def __init__(self, form, *, days: int, start: date | None, today: date, people: int):
        self.form, self.typed = form, getattr(form, "cleaned_data", {})
        self.days, self.start, self.today, self.people = days, start, today, people

    @cached_property
    def rules(self) -> Rules:
        return Rules.of(self.form.instance.lead or self.form.user.union)

    @cached_property
    def exceeded(self) -> list[Overstep]:
        if self.typed.get("direction") != Delegation.Direction.OUT:
            return []
        return [*self._sizes(), *self._leaders(), *self._again(), *self._late()]

    def _beyond(self, rule: str, number: int) -> Iterator[Overstep]:
        if number > self.rules[rule]:
            yield Overstep(rule=rule, number=number, limit=self.rules[rule])

    def _sizes(self) -> Iterator[Overstep]:
        yield from self._beyond(Rule.DAYS, self.days)
        yield from self._beyond(Rule.PEOPLE, self.people)
        yield from self._beyond(Rule.COUNTRIES, len(self._abroad))

    @property
    def _abroad(self) -> list:
        return [one for one in self.typed.get("countries") or () if one.code != HOME]

    # --- Leaders

    @cached_property
    def _leading(self) -> list[str]:
        """The names of those whose title is a leading one."""
        return [one.name for one in getattr(self.form, "people", []) if self.rules.leads(one.title)]

    def _leaders(self) -> Iterator[Overstep]:
        if self.start is not None and self._leading:
            trips = {fold(name): 1 for name in self._leading}
            for name in self._earlier_trips(list(trips)):
                trips[name] += 1
            most = max(self._leading, key=lambda name: trips[fold(name)])
            for one in self._beyond(Rule.TRIPS, trips[fold(most)]):
                one.detail = most
                yield one
        if self.rules["leaders_apart"] and len(self._leading) > 1:
            yield Overstep(rule=Rule.APART, number=len(self._leading), detail=", ".join(self._leading)[:500])

    def _earlier_trips(self, names: list[str]) -> list[str]:
        """The folded name of each of them, once for every other trip of that year the reader sees."""
        others = self._others.filter(starts_on__year=self.start.year)
        rows = Member.objects.filter(activity__in=others.values("pk"), folded__in=names)
        return [name for name, _trip in rows.order_by().values_list("folded", "activity_id").distinct()]

    @property
    def _others(self):
        seen = Delegation.objects.visible_to(self.form.user).filter(direction=Delegation.Direction.OUT)
        return seen.exclude(pk=self.form.instance.pk).exclude(status__in=CALLED_OFF)

    # --- The same again, and too late

    def _again(self) -> Iterator[Overstep]:
        if self.start is None or not self._abroad or not self.typed.get("title"):
            return
        years = self.rules["years_between"]
        back = self.start.replace(year=max(self.start.year - years, 1), day=min(self.start.day, 28))
        rows = self._others.filter(starts_on__gte=back, starts_on__lt=self.start, countries__in=self._abroad)
        mine = telling_words(fold(self.typed["title"]))
        for one in rows.order_by("-starts_on").distinct()[:LOOKED_THROUGH]:
            if fuzz.token_sort_ratio(mine, telling_words(one.folded.split("\n")[0])) >= ON_ONE_SUBJECT:
                detail = f"{one}, {one.when}"[:500]
                yield Overstep(rule=Rule.AGAIN, number=one.starts_on.year, limit=years, detail=detail)
                return

    def _late(self) -> Iterator[Overstep]:
        if self.start is None or self.typed.get("status") not in ASKING:
            return
        left = (self.start - self.today).days
        if 0 <= left < self.rules["days_ahead"]:
            yield Overstep(rule=Rule.LATE, number=left, limit=self.rules["days_ahead"])
