"""Answers to what is being typed, before anything is saved. Never changes a record."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from activities.entities.advice import AdvisedForm
from activities.entities.read_back import ReadBack
from unionrelations.catalogue import ENTITIES


@require_GET
def when(request):
    """The date being typed, read back; a fragment that goes under its field."""
    read = ReadBack(request.GET.get("when", ""), request.user, timezone.localdate())
    return render(request, "activities/_when.html", {"read": read})


@require_POST
def advice(request, slug: str, pk: int | None = None):
    """What is to be said of the form being filled in; a fragment that stands above its button to save."""
    entity = next((one for one in ENTITIES if one.slug == slug), None)
    if entity is None or entity.form is None or not issubclass(entity.form, AdvisedForm):
        raise Http404
    if not request.user.has_perm(entity.permission("add" if pk is None else "change")):
        raise PermissionDenied
    rows = entity.model._default_manager.writable_by(request.user)
    record = None if pk is None else get_object_or_404(rows, pk=pk)
    form = entity.form(request.POST, instance=record, user=request.user, today=timezone.localdate())
    form.full_clean()
    told = {"advice": form.advice, "live": True, "answer": True, "reason_above": "reason_above" in request.POST}
    return render(request, "activities/_advice.html", told)
