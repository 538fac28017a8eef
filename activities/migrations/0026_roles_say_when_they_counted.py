"""Partners and countries of activities are told when they counted; told twice, they say the same."""

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery

AT_ONCE = 2000  # activities: nobody waits long for a row


def say(apps, schema_editor):
    scopes = apps.get_model("activities", "ActivityScope").objects.order_by()
    counting = scopes.filter(activity=OuterRef("activity_id"), held=True).exclude(counts_as="")
    window = {f"counted_{end}": Subquery(counting.values(f"window_{end}")[:1]) for end in ("first", "last")}
    last = apps.get_model("activities", "Activity").objects.aggregate(last=Max("pk"))["last"] or 0
    for name in ("PartnerRole", "ActivityCountry"):
        roles = apps.get_model("activities", name).objects.order_by()
        for first in range(0, last + 1, AT_ONCE):
            roles.filter(activity__gte=first, activity__lt=first + AT_ONCE).update(**window)


class Migration(migrations.Migration):
    atomic = False  # each piece by itself

    dependencies = [("activities", "0025_roles_can_say_when_they_counted")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
