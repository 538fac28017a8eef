"""Plans and activities that somebody submitted and nobody decided yet, as one who decides finds them on the first page.

Never knows who may decide; the record's own page does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property

from activities.entities import ACTIVITIES, PLANS
from activities.entities.common import kind_in_words
from activities.models import Activity, Plan
from activities.reports.due.activities import page_of

from .counted import Counted

AT_ONCE = 5  # of each kind
SUBMITTED = Activity.Status.SUBMITTED.value


@dataclass(frozen=True)
class Awaited:
    title: str
    sub: str
    url: str
    icon: str


class Waiting:
    def __init__(self, request):
        self.request, self.user = request, request.user

    @cached_property
    def activities(self) -> Counted:
        return Counted.of(self.request, ACTIVITIES, status=SUBMITTED)

    @cached_property
    def plans(self) -> Counted:
        """Those of the reader's own union and the ones below: one handed down waits for somebody above."""
        own = {"union": self.user.union.code} if self.user.union else {}
        return Counted.of(self.request, PLANS, state=Plan.State.SUBMITTED.value, **own)

    @cached_property
    def rows(self) -> list[Awaited]:
        """Plans, then activities, of each those that start first."""
        return [*self._plans(), *self._activities()]

    def __bool__(self) -> bool:
        return bool(self.rows)

    def _plans(self) -> Iterator[Awaited]:
        submitted = Plan.objects.reached_by(self.user).filter(state=Plan.State.SUBMITTED)
        for one in submitted.select_related("union").order_by("first_day", "pk")[:AT_ONCE]:
            yield Awaited(one.title, str(one.union), reverse("plans-detail", args=[one.pk]), "plan")

    def _activities(self) -> Iterator[Awaited]:
        submitted = Activity.objects.visible_to(self.user).filter(status=SUBMITTED)
        for one in submitted.order_by("starts_on", "pk")[:AT_ONCE]:
            yield Awaited(one.title, f"{one.when}, {kind_in_words(one)}", page_of(one), "flag")
