"""What a plan says of each placeholder of a paper, to one reader, in the language in force. Never fills any in."""

from __future__ import annotations

from functools import cached_property

from activities.models import Plan, PlanLine
from unionrelations.kit.money import money
from unionrelations.kit.windows import between, day_in_words
from unionrelations.kit.writers.filled import BLANK

from .saying import joined, numbered, told


class OfPlan:
    """A plan as a reader sees it."""

    def __init__(self, plan: Plan, reader):
        self.plan, self.reader, self.union = plan, reader, plan.union
        self.title, self.standing_unit = told(plan.title), told(plan.standing_unit)

    @cached_property
    def _lines(self) -> list[PlanLine]:
        seen = PlanLine.objects.visible_to(self.reader).filter(plan=self.plan.pk)
        return list(seen.for_reader(self.reader).select_related("partner", "country").order_by("pk"))

    @property
    def when(self):
        return between(self.plan.first_day, self.plan.last_day)

    @property
    def year(self):
        first, last = self.plan.first_day, self.plan.last_day
        return str(first.year) if first.year == last.year else BLANK

    @property
    def first_day(self):
        return day_in_words(self.plan.first_day)

    @property
    def last_day(self):
        return day_in_words(self.plan.last_day)

    @property
    def listed(self):
        return told(len(self._lines) or None)

    def lines(self) -> list[dict]:
        return numbered(
            {
                "what": told(one.title),
                "whom": joined(filter(None, (one.partner, one.country))),
                "when": told(one.when),
                "people": told(one.people),
                "estimate": told(f"{money(one.estimate)} {one.currency}" if one.in_reach and one.estimate else ""),
                "lead_unit": told(one.lead_unit),
                "cooperating_units": told(one.cooperating_units.strip()),
                "completion": told(one.completion_words or (day_in_words(one.completion) if one.completion else "")),
            }
            for one in self._lines
        )
