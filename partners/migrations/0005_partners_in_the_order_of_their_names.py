"""Partners in the order of their names, in either language, so that a list of choices reads the first ones alone."""

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Collate, NullIf

from unionrelations.kit.indexes import AddIndexMeanwhile, NameIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("partners", "0004_standing_and_coverage")]

    operations = [
        AddIndexMeanwhile("partner", NameIndex(Collate("name", "vi-x-icu"), F("id"), name="partner_by_name")),
        AddIndexMeanwhile(
            "partner",
            NameIndex(
                Collate(Coalesce(NullIf("name_en", Value("")), "name"), "vi-x-icu"),
                F("id"),
                name="partner_by_english_name",
            ),
        ),
    ]
