"""Scope rows written so far are told what is left to write down of their activities; told twice, they say the same.

The release before writes rows that say nothing, which hides nothing. But its back office does not note where a trip
report was deleted, or is one no more: the audit of the night names such a row, and "derive again" there mends it.
"""

from datetime import timedelta

from django.db import migrations
from django.db.models import Case, DateTimeField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

AT_ONCE = 2000  # activities: nobody waits long for a row
NOT_YET = ("planned", "submitted", "approved", "under_way")
A_YEAR_LATE = timedelta(days=366)


def say(apps, schema_editor):
    activities, scopes = (apps.get_model("activities", name).objects.order_by() for name in ("Activity", "ActivityScope"))
    last = activities.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last + 1, AT_ONCE):
        scopes.filter(activity__gte=first, activity__lt=first + AT_ONCE).update(**_said(apps, activities))


def _said(apps, activities):
    def is_so(name, *conditions, of="pk", **more):
        rows = activities if name == "Activity" else apps.get_model("activities", name).objects.order_by()
        return Exists(rows.filter(*conditions, **{of: OuterRef("activity_id")}, **more))

    over = ExpressionWrapper(Coalesce("ends_on", "starts_on") + A_YEAR_LATE, output_field=DateTimeField())
    reported = is_so("Paper", of="activity", kind="trip_report")
    waits = Q(held=True) & ~Q(reported) & ~Q(is_so("Activity", Q(created_at__gte=over)))
    received, course = is_so("Delegation", direction="in"), is_so("Course")
    known = Case(When(received, F("guests")), When(course, F("trainees")), default=F("people"))
    is_not_yet, is_of_a_day = is_so("Activity", status__in=NOT_YET), is_so("Activity", precision="day")
    return {
        "kind": Subquery(activities.filter(pk=OuterRef("activity_id")).values("kind")),
        "awaits": Case(When(is_not_yet, Value("outcome")), When(waits, Value("report")), default=Value("nothing")),
        "day_known": Case(When(is_of_a_day, Value(True)), default=Value(False)),
        "headcount_known": Case(When(IsNull(known, False), Value(True)), default=Value(False)),
    }


class Migration(migrations.Migration):
    atomic = False  # each piece by itself

    dependencies = [("activities", "0022_what_is_left_to_write_down")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
