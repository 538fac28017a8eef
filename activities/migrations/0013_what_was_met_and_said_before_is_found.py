"""Programmes and talks kept before they could be searched get the words they are found by."""

from django.db import migrations

from unionrelations.kit.folding import fold, spell

FOUND_BY = {"ProgrammeItem": ("topic", "met", "place"), "Talk": ("with_whom", "topics", "agreed")}
AT_ONCE = 500


def find(apps, schema_editor):
    for model, fields in FOUND_BY.items():
        rows = apps.get_model("activities", model).objects
        batch = []
        for row in rows.order_by("pk").iterator(AT_ONCE):
            lines = (line.strip() for name in fields for line in getattr(row, name).splitlines())
            names = list(dict.fromkeys(line for line in lines if line))
            row.folded = "\n".join(fold(name) for name in names)
            row.spelled = "\n".join(spell(name) for name in names)
            batch.append(row)
            if len(batch) == AT_ONCE:
                rows.bulk_update(batch, ["folded", "spelled"])
                batch.clear()
        rows.bulk_update(batch, ["folded", "spelled"])


class Migration(migrations.Migration):
    dependencies = [("activities", "0012_programme_and_talks_are_found")]

    operations = [migrations.RunPython(find, migrations.RunPython.noop)]
