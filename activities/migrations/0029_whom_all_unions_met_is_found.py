"""Whom the union above all others met in a period is found by when they counted."""

from django.db import migrations, models
from django.db.models import Q

from unionrelations.kit.indexes import AddIndexMeanwhile


def of_role(column):
    return models.Index(
        column,
        "counted_first",
        "counted_last",
        include=["activity"],
        condition=Q(counted_first__isnull=False),
        name=f"{column}_and_when_it_counted",
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("activities", "0028_roles_say_when_they_counted")]

    operations = [
        AddIndexMeanwhile("partnerrole", of_role("partner")),
        AddIndexMeanwhile("activitycountry", of_role("country")),
        AddIndexMeanwhile(
            "activityscope",
            models.Index("union", condition=Q(roles_dated=False), name="scope_without_dated_roles"),
        ),
    ]
