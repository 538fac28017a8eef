"""Partners and countries of activities are told when they counted; told twice, they say the same.

Only those that say something else are written, so where it was broken off it goes on in little time.
"""

from django.db import migrations
from django.db.models import F, Max, OuterRef, Q, Subquery

AT_ONCE = 2000  # activities: nobody waits long for a row


def say(apps, schema_editor):
    scopes = apps.get_model("activities", "ActivityScope").objects.order_by()
    counting = scopes.filter(activity=OuterRef("activity_id"), held=True).exclude(counts_as="")
    first, last = (Subquery(counting.values(f"window_{end}")[:1]) for end in ("first", "last"))
    other = Q(first__isnull=False) & ~Q(counted_first=F("first"), counted_last=F("last"))
    other |= Q(first__isnull=True, counted_first__isnull=False)
    end = apps.get_model("activities", "Activity").objects.aggregate(last=Max("pk"))["last"] or 0
    for name in ("PartnerRole", "ActivityCountry"):
        roles = apps.get_model("activities", name).objects.order_by().annotate(first=first, last=last)
        for begin in range(0, end + 1, AT_ONCE):
            some = roles.filter(other, activity__gte=begin, activity__lt=begin + AT_ONCE)
            some.update(counted_first=first, counted_last=last)


class Migration(migrations.Migration):
    atomic = False  # each piece by itself

    dependencies = [("activities", "0027_scopes_say_whether_roles_are_dated")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
