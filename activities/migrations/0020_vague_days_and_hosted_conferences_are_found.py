"""The first page asks for both: a table of a million was read through for what few rows of it are."""

from django.db import migrations, models
from django.db.models import Q

from unionrelations.kit.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("activities", "0019_rows_keep_to_their_activity")]

    operations = [
        AddIndexMeanwhile(
            "activity", models.Index("id", name="activity_of_a_vague_day", condition=~Q(precision="day"))
        ),
        AddIndexMeanwhile(
            "activity",
            models.Index(
                "id", name="activity_hosted_and_held", condition=Q(status="held", counts_as="conference_hosted")
            ),
        ),
    ]
