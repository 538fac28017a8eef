"""Partners of an activity can say when they counted. They do not yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0024_what_is_left_is_found")]

    operations = [
        migrations.AddField("partnerrole", column, models.DateField(editable=False, null=True, serialize=False))
        for column in ("counted_first", "counted_last")
    ]
