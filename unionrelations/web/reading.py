"""Answers to what is being typed, before anything is saved. Never changes a record."""

from __future__ import annotations

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from activities.entities.read_back import ReadBack


@require_GET
def when(request):
    """The date being typed, read back; a fragment that goes under its field."""
    read = ReadBack(request.GET.get("when", ""), request.user, timezone.localdate())
    return render(request, "activities/_when.html", {"read": read})
