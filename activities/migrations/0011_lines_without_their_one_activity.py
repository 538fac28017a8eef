"""The code forgets the column that held the one activity of a line; `Realisation` holds all of them.

The column stays in the database, empty, so that old code goes on while new code starts; a later release drops it.
"""

from django.db import migrations


def empty(apps, schema_editor):
    apps.get_model("activities", "PlanLine").objects.filter(activity__isnull=False).update(activity=None)


class Migration(migrations.Migration):
    dependencies = [("activities", "0010_lines_name_all_they_became")]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="planline", name="activity")]
        ),
    ]
