"""Windows wider than a year are found apart, so that reports read no more than a year before their period."""

from django.db import migrations, models

from unionrelations.kit.indexes import AddIndexMeanwhile, RemoveIndexMeanwhile

FIGURES = (
    *("activity", "own", "counts_as", "online", "whole_first", "whole_last", "whole_counts", "whole_own"),
    *("people", "people_unknown", "own_people", "own_people_unknown", "guests", "trainees", "certificates"),
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("activities", "0014_notes_of_changed_scopes")]

    operations = [
        AddIndexMeanwhile(
            "activityscope",
            models.Index(
                models.F("union"),
                models.F("window_first"),
                condition=models.Q(("held", True)),
                include=("window_last", "long_window", *FIGURES),
                name="scope_of_held_for_figures",
            ),
        ),
        AddIndexMeanwhile(
            "activityscope",
            models.Index(
                models.F("union"),
                models.F("window_first"),
                condition=models.Q(("held", True), ("long_window", True)),
                name="scope_of_long_windows",
            ),
        ),
        RemoveIndexMeanwhile("activityscope", "scope_of_held_for_reports"),
    ]
