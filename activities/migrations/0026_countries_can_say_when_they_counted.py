"""Countries of an activity can say when they counted; a step of its own, so that no step waits for two tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0025_partners_can_say_when_they_counted")]

    operations = [
        migrations.AddField("activitycountry", column, models.DateField(editable=False, null=True, serialize=False))
        for column in ("counted_first", "counted_last")
    ]
