"""Sign-ins that failed lately. Never a password; whose browser failed is a mark in the place of its own words."""

from __future__ import annotations

from datetime import datetime

from axes.models import AccessAttempt
from django.db.models import QuerySet, Sum

KNOWN = "known browser "  # what stands for a browser its person has used before, followed by its key


def of_known(name: str | None, mark: str) -> QuerySet[AccessAttempt]:
    """Of one browser its person has used before."""
    return AccessAttempt.objects.filter(username=name, user_agent=mark)


def of_strangers(**narrower) -> QuerySet[AccessAttempt]:
    return AccessAttempt.objects.filter(**narrower).exclude(user_agent__startswith=KNOWN)


def count(attempts: QuerySet[AccessAttempt], since: datetime) -> int:
    return attempts.filter(attempt_time__gte=since).aggregate(sum=Sum("failures_since_start"))["sum"] or 0
