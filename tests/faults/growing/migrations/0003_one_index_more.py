from django.db import migrations, models

from unionrelations.kit.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("growing", "0002_one_column_more")]
    operations = [AddIndexMeanwhile("Partner", models.Index("name", "founded_in", name="partners_by_founding"))]
