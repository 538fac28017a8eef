"""Takes back what one did within the last day: a button in the message about it, and a list of all of them."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionrelations.catalogue import ENTITIES
from unionrelations.tasks import read_texts

from .models.undo import Refused, Undo


@require_GET
def index(request):
    return render(request, "undo.html", {"steps": Undo.objects.visible_to(request.user).open(timezone.now())[:50]})


@require_POST
def undo(request, pk: int):
    with transaction.atomic():
        step = get_object_or_404(Undo.objects.visible_to(request.user).select_for_update(), pk=pk)
        try:
            back = step.undo(timezone.now())
        except Refused as why:
            messages.error(request, str(why))
            return redirect("undo-list")
    read_texts.delay_on_commit()  # of files that came back, whose text no step keeps
    messages.success(request, _("Undone: %(what)s") % {"what": step.said})
    return redirect(address_of(back[0]) if len(back) == 1 else reverse("home"))


def address_of(record) -> str:
    """The page of a record; home where it has none."""
    found = next((one.slug for one in ENTITIES if one.model is type(record)), None)
    return reverse(f"{found}-detail", args=[record.pk]) if found else reverse("home")
