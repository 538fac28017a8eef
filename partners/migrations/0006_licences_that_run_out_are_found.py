from django.db import migrations, models
from django.db.models import Q

from unionrelations.kit.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0005_partners_in_the_order_of_their_names")]

    operations = [
        AddIndexMeanwhile(
            "partner",
            models.Index(
                "licence_expires_on", condition=Q(licence_expires_on__isnull=False), name="partner_licence_runs_out"
            ),
        ),
    ]
