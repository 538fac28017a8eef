"""What keeps an activity in words others go on reading: a signed report, a merge. Never changes either."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from activities.models import Activity

from .duplicates.price import signed_touched
from .models import OF_ACTIVITIES, Merge


def refuse_what_is_kept(activity: Activity) -> None:
    """Raises ValidationError where restricting the activity would not take it out of what was kept before."""
    if signed_touched(type(activity.own), activity.pk, activity.pk).exists():
        raise ValidationError(_("It stands in a signed report, which is kept as it was signed."))
    told = Q(survivor=activity.pk) | Q(kept=activity.pk) | Q(gone=activity.pk)
    if Merge.objects.open().filter(told, label__in=OF_ACTIVITIES).exists():
        raise ValidationError(_("It was merged from two records, and the merge names both. Take it apart first."))
