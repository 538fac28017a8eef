from django.db import migrations, models

from unionrelations.kit.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("history", "0001_what_was_done")]

    operations = [
        AddIndexMeanwhile(
            "entry",
            models.Index("id", name="entry_of_what_went", condition=models.Q(what="deleted")),
        ),
        AddIndexMeanwhile(
            "entry",
            models.Index("union_key", name="entry_by_union", condition=models.Q(union_key__isnull=False)),
        ),
    ]
