"""Notes that scope rows of a union have changed. Every union begins with one, so that its figures can be kept."""

import django.db.models.deletion
from django.db import migrations, models

import activities.models.scope


def begin(apps, schema_editor):
    union_of, note = apps.get_model("accounts", "Union"), apps.get_model("activities", "ScopeChange")
    note.objects.bulk_create(
        note(union_id=pk, token=activities.models.scope.token())
        for pk in union_of.objects.order_by("pk").values_list("pk", flat=True)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_office_days_and_reminders_are_records"),
        ("activities", "0013_what_was_met_and_said_before_is_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScopeChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.BigIntegerField(default=activities.models.scope.token)),
                (
                    "union",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.union",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of scopes",
                "verbose_name_plural": "changes of scopes",
                "indexes": [
                    models.Index(
                        models.F("union"), models.F("id"), include=("token",), name="scope_changes_of_a_union"
                    )
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
