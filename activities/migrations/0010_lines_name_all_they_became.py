"""The one activity a line named becomes a row of its own, so that several may realise it; its quarter is noted.

Back again, a line keeps the first of them.
"""

from django.db import migrations


def turn(apps, schema_editor):
    line_of, link = apps.get_model("activities", "PlanLine"), apps.get_model("activities", "Realisation")
    named = line_of.objects.filter(activity__isnull=False).values_list("pk", "activity_id")
    link.objects.bulk_create((link(line_id=line, activity_id=one) for line, one in named), ignore_conflicts=True)
    for line in line_of.objects.filter(completion__isnull=False):
        day = line.completion
        line_of.objects.filter(pk=line.pk).update(quarter=day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1))


def turn_back(apps, schema_editor):
    line_of, link = apps.get_model("activities", "PlanLine"), apps.get_model("activities", "Realisation")
    first = {}
    for line, activity in link.objects.order_by("pk").values_list("line_id", "activity_id"):
        first.setdefault(line, activity)
    for line, activity in first.items():
        line_of.objects.filter(pk=line).update(activity_id=activity)


class Migration(migrations.Migration):
    dependencies = [("activities", "0009_plans_go_their_way")]

    operations = [migrations.RunPython(turn, turn_back)]
