from django.db import migrations, models
from django.db.models import F, Q

from unionrelations.kit.indexes import AddIndexMeanwhile


def tell_together(apps, schema_editor):
    """Of the rows of a union half may be its own, of the confederation's next to none: one share for all tells neither."""
    if schema_editor.connection.vendor == "postgresql":
        table = schema_editor.quote_name("activities_activityscope")
        schema_editor.execute(f"CREATE STATISTICS IF NOT EXISTS scope_whose (mcv) ON union_id, own FROM {table}")
        schema_editor.execute(f"ANALYZE {table}")


def tell_apart(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP STATISTICS IF EXISTS scope_whose")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("activities", "0017_steps_say_on_whose_behalf")]

    operations = [
        AddIndexMeanwhile(
            "activity", models.Index(F("changed_at").desc(), F("id").desc(), name="activity_changed_last")
        ),
        AddIndexMeanwhile(
            "activityscope", models.Index("union", "activity", name="scope_own", condition=Q(own=True))
        ),
        migrations.RunPython(tell_together, tell_apart),
    ]
