from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    "Partner",
                    fields=[("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=300))],
                    options={"db_table": "partners_partner"},
                )
            ]
        )
    ]
