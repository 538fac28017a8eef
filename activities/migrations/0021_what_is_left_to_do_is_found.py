"""What a union has left to do is found among all it ever did, without reading that."""

from django.db import migrations, models
from django.db.models import Q

from unionrelations.kit.indexes import AddIndexMeanwhile, RemoveIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("activities", "0020_vague_days_and_hosted_conferences_are_found")]

    operations = [
        AddIndexMeanwhile(
            "activityscope",
            models.Index(
                "union",
                "activity",
                include=["held", "counts_as", "window_last", "people", "guests", "trainees"],
                condition=Q(own=True),
                name="scope_own_and_what_it_says",
            ),
        ),
        RemoveIndexMeanwhile("activityscope", "scope_own"),
    ]
