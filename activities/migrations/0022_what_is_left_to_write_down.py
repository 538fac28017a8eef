"""Scope rows say what is left to write down of an activity, so that it is found among all that a union ever did.

The release before this writes rows that say nothing of it, which hides nothing. But it does not note that a report was
deleted: where that may have happened while both ran, `rebuild_scopes` derives all rows anew; the audit of the night
compares them.
"""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import Case, DateTimeField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from unionrelations.kit.indexes import AddIndexMeanwhile, RemoveIndexMeanwhile

AT_ONCE = 20_000  # activities
NOT_YET = ("planned", "submitted", "approved", "under_way")
A_YEAR_LATE = timedelta(days=366)
AWAITS = [("", "not worked out yet"), ("outcome", "its outcome"), ("report", "its report"), ("nothing", "nothing")]


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
    atomic = False

    dependencies = [("activities", "0021_what_is_left_to_do_is_found")]

    operations = [
        migrations.AddField("activityscope", "kind", models.CharField(db_default="", default="", max_length=20)),
        migrations.AddField(
            "activityscope",
            "awaits",
            models.CharField(choices=AWAITS, db_default="", default="", max_length=8),
        ),
        migrations.AddField("activityscope", "day_known", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("activityscope", "headcount_known", models.BooleanField(db_default=False, default=False)),
        migrations.RunPython(say, migrations.RunPython.noop),
        AddIndexMeanwhile(
            "activityscope",
            models.Index(
                "union", "activity", include=["window_last"], condition=Q(own=True), name="scope_own_and_when"
            ),
        ),
        AddIndexMeanwhile(
            "activityscope",
            models.Index(
                "union",
                "awaits",
                "counts_as",
                "window_last",
                include=["activity", "held"],
                condition=Q(own=True, awaits__in=["", "outcome", "report"]),
                name="scope_own_that_awaits",
            ),
        ),
        AddIndexMeanwhile(
            "activityscope",
            models.Index(
                "union",
                "kind",
                include=["activity", "awaits"],
                condition=Q(own=True, held=True, headcount_known=False),
                name="scope_own_without_headcount",
            ),
        ),
        AddIndexMeanwhile(
            "activityscope",
            models.Index(
                "union",
                include=["activity", "awaits", "kind", "held"],
                condition=Q(own=True, day_known=False),
                name="scope_own_without_day",
            ),
        ),
        RemoveIndexMeanwhile("activityscope", "scope_own_and_what_it_says"),
    ]
