"""Which activities wait for something to be written down. Never knows today, nor how patient an office is."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models.functions import Coalesce

from unionrelations.kit.windows import Precision


class DueQuerySet(models.QuerySet):
    """The day is the caller's; the last day of a window counts as the day it was over."""

    NOT_YET = ("planned", "approved")

    def over_before(self, day: date):
        """Those surely over before this day, the first over first."""
        return self.annotate(last_day=Coalesce("ends_on", "starts_on")).filter(last_day__lt=day).order_by("last_day")

    def unsettled(self, day: date):
        """Planned or approved, and over before this day: nobody has said whether they were held."""
        return self.over_before(day).filter(status__in=self.NOT_YET)

    def coming(self, day: date, within: timedelta):
        """Planned or approved, and starting from this day on, `within` that time at the latest; the first one first."""
        return self.filter(status__in=self.NOT_YET, starts_on__range=(day, day + within)).order_by("starts_on", "pk")

    def report_missing(self, day: date, patience: timedelta, since: date):
        """Held, known to the day, over for longer than `patience` yet not before `since`, and no trip report there."""
        papers = self.model._meta.get_field("papers").related_model._default_manager.all()
        reported = papers.filter(kind="trip_report").values("activity_id")
        over = self.over_before(day - patience).filter(status="held", precision=Precision.DAY, last_day__gte=since)
        return over.exclude(pk__in=reported)
