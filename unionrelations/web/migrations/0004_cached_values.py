"""The table of values that several processes must know together, made as `createcachetable` makes it."""

from django.core.management import call_command
from django.db import migrations

TABLE = "cached_values"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("web", "0003_known_browsers_and_invitations")]

    operations = [migrations.RunPython(make, drop)]
