"""Partners and countries of an activity can say when they counted; scope rows say whether they do.

Rows that stand are told in the next step, so a scope row that stands says yes at once, without being written again;
one that a release before this writes later says no, and what it stands beside is counted the long way.
"""

from django.db import migrations, models

ROLES = ("partnerrole", "activitycountry")
COLUMNS = ("counted_first", "counted_last")


def whether(**more):
    return models.BooleanField(default=False, serialize=False, **more)


class Migration(migrations.Migration):
    dependencies = [("activities", "0024_what_is_left_is_found")]

    operations = [
        *(
            migrations.AddField(role, column, models.DateField(editable=False, null=True, serialize=False))
            for role in ROLES
            for column in COLUMNS
        ),
        migrations.AddField("activityscope", "roles_dated", whether(db_default=True)),
        migrations.AlterField("activityscope", "roles_dated", whether(db_default=False)),
    ]
