"""Which union's totals each activity belongs to, worked out beforehand. Derived, never typed, never corrected by hand.

One row for each activity and each union that took part or stands above one that did. Lists, totals, reports and
scoping read these rows, so a joint activity counts once for whoever stands above its unions.
"""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import ActivityScopeQuerySet, ScopeChangeQuerySet
from unionrelations.accounts.models import Union


class Awaits(models.TextChoices):
    """What an activity waits for once it is over."""

    UNSAID = "", pgettext_lazy("an activity awaits", "not worked out yet")
    OUTCOME = "outcome", pgettext_lazy("an activity awaits", "its outcome")
    REPORT = "report", pgettext_lazy("an activity awaits", "its report")
    NOTHING = "nothing", pgettext_lazy("an activity awaits", "nothing")


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

    # What is left to write down, so that it is found among all there is. Rows of an earlier release say nothing of it.
    kind = models.CharField(max_length=20, default="", db_default="")
    awaits = models.CharField(max_length=8, choices=Awaits, default=Awaits.UNSAID, db_default=Awaits.UNSAID)
    day_known = models.BooleanField(default=False, db_default=False)
    headcount_known = models.BooleanField(default=False, db_default=False)  # the one that a list of its kind shows

    # Partners and countries of the activity say when they counted (`DatedRole`); the release before writes that they do
    # not. Those that stood before this one came were told by its migration.
    roles_dated = models.BooleanField(default=False, db_default=False, serialize=False)

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
                "union", "activity", include=["window_last"], condition=Q(own=True), name="scope_own_and_when"
            ),
            models.Index(
                "union",
                "awaits",
                "counts_as",
                "window_last",
                include=["activity", "held"],
                condition=Q(own=True) & ~Q(awaits="nothing"),
                name="scope_own_that_awaits",
            ),
            models.Index(
                "union",
                "kind",
                include=["activity", "awaits"],
                condition=Q(own=True, held=True, headcount_known=False),
                name="scope_own_without_headcount",
            ),
            models.Index(
                "union",
                include=["activity", "awaits", "kind", "held"],
                condition=Q(own=True, day_known=False),
                name="scope_own_without_day",
            ),
            models.Index(
                "union",
                "window_first",
                include=[
                    "window_last",
                    "long_window",
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
                name="scope_of_held_for_figures",
            ),
            models.Index("union", condition=Q(roles_dated=False), name="scope_without_dated_roles"),
            # What lies wider than a year, which no range of days finds.
            models.Index(
                "union", "window_first", condition=Q(held=True, long_window=True), name="scope_of_long_windows"
            ),
        ]

    def __str__(self):
        return f"{self.union_id}: {self.activity_id}"


def token() -> int:
    return secrets.randbelow(1 << 40)


class ScopeChange(models.Model):
    """A note that scope rows of a union have changed, written in the same transaction; nobody waits for another's.

    How many notes a union has, the last of them and the sum of their tokens tell two states of its figures apart, so
    figures once counted are good for as long as these three stay. The tokens are chance, so that a transaction that was
    taken back, or a database that was restored, never leads back to a state that was told before.
    """

    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="+", db_index=False)
    token = models.BigIntegerField(default=token)

    objects = ScopeChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of scopes")
        verbose_name_plural = _("changes of scopes")
        indexes = [models.Index("union", "id", include=["token"], name="scope_changes_of_a_union")]

    def __str__(self):
        return f"{self.union_id}: {self.pk}"
