from django.db import migrations, models
from django.db.models import F

from unionrelations.kit.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("activities", "0017_steps_say_on_whose_behalf")]

    operations = [
        AddIndexMeanwhile(
            "activity",
            models.Index(F("changed_at").desc(), F("id").desc(), name="activity_changed_last"),
        ),
    ]
