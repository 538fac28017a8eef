"""What a union has left to write down is found by indexes that hold nothing else."""

from django.db import migrations, models
from django.db.models import Q

from unionrelations.kit.indexes import AddIndexMeanwhile, RemoveIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("activities", "0023_scope_rows_say_what_is_left")]

    operations = [
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
                condition=Q(own=True) & ~Q(awaits="nothing"),
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
