"""Which activities wait for something to be written down. Never knows today, nor how patient an office is."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from unionrelations.kit.probing import Probe
from unionrelations.kit.records import no_history


class DueQuerySet(models.QuerySet):
    """The day is the caller's; the last day of a window counts as the day it was over."""

    NOT_YET = ("planned", "submitted", "approved", "under_way")

    # What scope rows say of them, for `of`.
    @staticmethod
    def known_unsettled(day: date) -> Q:
        return Q(awaits__in=("", "outcome"), window_last__lt=day)

    @staticmethod
    def known_coming(day: date) -> Q:
        return Q(awaits__in=("", "outcome"), window_last__gte=day)

    @staticmethod
    def known_report_missing(day: date, counts_as: str) -> Q:
        return Q(awaits__in=("", "report"), held=True, window_last__lt=day, counts_as=counts_as)

    def over_before(self, day: date):
        """Those surely over before this day, the first over first."""
        rows = self.annotate(last_day=Coalesce("ends_on", "starts_on"))
        return rows.filter(last_day__lt=day).order_by("last_day", "pk")

    def unsettled(self, day: date):
        """On their way, and over before this day: nobody has said whether they were held."""
        return self.over_before(day).filter(status__in=self.NOT_YET)

    def coming(self, day: date, within: timedelta):
        """On their way, and starting from this day on, `within` that time at the latest; the first one first."""
        return self.filter(status__in=self.NOT_YET, starts_on__range=(day, day + within)).order_by("starts_on", "pk")

    def report_missing(self, day: date):
        """Held, over before this day, no trip report there, and entered while somebody could still write one."""
        papers = self.model._meta.get_field("papers").related_model._default_manager.all()
        reported = papers.filter(kind="trip_report", activity=OuterRef("pk")).order_by()
        over = self.over_before(day).filter(no_history("last_day"), status="held")
        return over.filter(~Probe(reported))

    def with_lead(self):
        """Each with `lead_id`, the union that leads it, else one that cooperates."""
        roles = self.model._meta.get_field("union_roles").related_model._default_manager.all()
        of_each = roles.filter(activity=OuterRef("pk")).order_by("-part", "pk")
        return self.annotate(lead_id=Subquery(of_each.values("union_id")[:1]))
