"""Which union's totals each activity belongs to, worked out beforehand. Derived, never typed, never corrected by hand.

One row for each activity and each union that took part or stands above one that did. Lists, totals, reports and
scoping read these rows, so a joint activity counts once for whoever stands above its unions.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import ActivityScopeQuerySet
from unionrelations.accounts.models import Union


class ActivityScope(models.Model):
    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="activity_scopes", verbose_name=_("union"))
    activity = models.ForeignKey("activities.Activity", on_delete=models.CASCADE, related_name="scopes")
    own = models.BooleanField()  # the union itself took part, not only one below it

    # Of the activity: the first and last day its start can lie on.
    window_first = models.DateField()
    window_last = models.DateField()
    long_window = models.BooleanField()  # longer than a year; left out of range shortcuts
    counts_as = models.CharField(max_length=20)
    held = models.BooleanField()
    online = models.BooleanField()

    # Of the activity it is part of, where that belongs to the same union; else null.
    whole_first = models.DateField(null=True)
    whole_last = models.DateField(null=True)
    whole_counts = models.BooleanField(default=False)  # it was held and counts in some category
    whole_own = models.BooleanField(default=False)

    # People. Null: nobody wrote any down. `_unknown`: at least one headcount is missing.
    people = models.PositiveIntegerField(null=True)  # of all unions taking part under this one
    people_unknown = models.BooleanField(default=False)
    own_people = models.PositiveIntegerField(null=True)
    own_people_unknown = models.BooleanField(default=False)
    guests = models.PositiveIntegerField(null=True)
    trainees = models.PositiveIntegerField(null=True)
    certificates = models.PositiveIntegerField(null=True)

    objects = ActivityScopeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scope of an activity")
        verbose_name_plural = _("scopes of activities")
        constraints = [models.UniqueConstraint(fields=["union", "activity"], name="one_scope_row_a_union_and_activity")]
        indexes = [
            models.Index(F("union"), F("window_first").desc(), F("activity").desc(), name="scope_newest_first"),
            models.Index(
                "union",
                "window_first",
                include=[
                    "window_last",
                    "activity",
                    "own",
                    "counts_as",
                    "online",
                    "whole_first",
                    "whole_last",
                    "whole_counts",
                    "whole_own",
                    "people",
                    "people_unknown",
                    "own_people",
                    "own_people_unknown",
                    "guests",
                    "trainees",
                    "certificates",
                ],
                condition=Q(held=True),
                name="scope_of_held_for_reports",
            ),
        ]

    def __str__(self):
        return f"{self.union_id}: {self.activity_id}"
