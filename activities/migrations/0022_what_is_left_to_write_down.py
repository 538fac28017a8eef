"""Scope rows can say what is left to write down of an activity. They say nothing of it yet, which hides nothing."""

from django.db import migrations, models

AWAITS = [("", "not worked out yet"), ("outcome", "its outcome"), ("report", "its report"), ("nothing", "nothing")]


class Migration(migrations.Migration):
    dependencies = [("activities", "0021_what_is_left_to_do_is_found")]

    operations = [
        migrations.AddField("activityscope", "kind", models.CharField(db_default="", default="", max_length=20)),
        migrations.AddField(
            "activityscope", "awaits", models.CharField(choices=AWAITS, db_default="", default="", max_length=8)
        ),
        migrations.AddField("activityscope", "day_known", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("activityscope", "headcount_known", models.BooleanField(db_default=False, default=False)),
    ]
