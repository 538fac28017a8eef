"""The page of an officer: who it is, what they learnt and look after, and their trips year by year."""

from __future__ import annotations

from activities.entities import DELEGATIONS
from activities.models import Activity, Delegation, Member

from .numbers import Listed, listed
from .pages import EntityDetail


def trips_in(request, officer, year: int) -> Listed:
    """The delegations abroad of an officer's year; a date too wide for one year stands in each it may belong to."""
    days = {"since": f"{year}-01-01", "until": f"{year}-12-31"}
    return listed(DELEGATIONS, request, officer=officer.pk, direction="out", status="held", **days)


class OfficerPage(EntityDetail):
    template_name = "records/officer.html"

    def get_context_data(self, **context):
        return super().get_context_data(years=list(self.years()), **context)

    def years(self):
        """(year, number of trips, where they are listed), newest first."""
        went = Member.objects.visible_to(self.request.user).of_officer(self.object).order_by().values("activity_id")
        trips = Delegation.objects.visible_to(self.request.user).filter(pk__in=went, status=Activity.Status.HELD)
        trips = trips.filter(direction=Delegation.Direction.OUT)
        spans = [range(one.window.start.year, one.window.last.year + 1) for one in trips]
        for year in sorted({year for span in spans for year in span}, reverse=True):
            yield year, sum(year in span for span in spans), trips_in(self.request, self.object, year).url
