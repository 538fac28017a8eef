from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("growing", "0001_the_table_of_today")]
    operations = [migrations.AddField("Partner", "founded_in", models.IntegerField(null=True))]
