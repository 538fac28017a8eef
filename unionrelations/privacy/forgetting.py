"""What is old enough to be forgotten, each night: how long each thing is kept is a setting, none of it is a record."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessFailureLog, AccessLog
from django.apps import apps
from django.conf import settings

from .models import Reading

UNDO_KEPT = timedelta(hours=24)
CALLS_KEPT = timedelta(days=30)  # of webhooks, since what they tell of


def forget(now: datetime) -> dict[str, int]:
    """Deletes what has been kept for its time; gives how many rows of each kind went."""
    draft, undo = (apps.get_model("web", name)._base_manager for name in ("Draft", "Undo"))
    call = apps.get_model("hooks", "Call")._base_manager
    past = {days: now - timedelta(days=days) for days in (settings.KEEP_LOOKS_DAYS, settings.KEEP_DRAFTS_DAYS)}
    old = {
        "looks": Reading.objects.filter(day__lt=past[settings.KEEP_LOOKS_DAYS].date()),
        "sign-ins": AccessLog.objects.filter(attempt_time__lt=past[settings.KEEP_LOOKS_DAYS]),
        "failed sign-ins": AccessFailureLog.objects.filter(attempt_time__lt=past[settings.KEEP_LOOKS_DAYS]),
        "drafts": draft.filter(changed_at__lt=past[settings.KEEP_DRAFTS_DAYS]),
        "calls of webhooks": call.filter(happened_at__lt=now - CALLS_KEPT).exclude(state="waiting"),
        "steps back": undo.filter(made_at__lt=now - UNDO_KEPT),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}
