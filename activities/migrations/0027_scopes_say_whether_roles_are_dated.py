"""Scope rows say whether partners and countries of their activity say when they counted.

Those that stand say yes at once, without being written again: the next step tells their roles, and nothing believes
them before it is done. One that a release before this writes later says no, and is counted the long way.
"""

from django.db import migrations, models


def whether(**more):
    return models.BooleanField(default=False, serialize=False, **more)


class Migration(migrations.Migration):
    dependencies = [("activities", "0026_countries_can_say_when_they_counted")]

    operations = [
        migrations.AddField("activityscope", "roles_dated", whether(db_default=True)),
        migrations.AlterField("activityscope", "roles_dated", whether(db_default=False)),
    ]
