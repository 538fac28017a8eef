"""One import: what its file would do and what is to be decided, its result, and what is done with it.

Every step is a worker's; a page asks for it and shows how far it has come.
"""

from __future__ import annotations

from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from unionrelations.deeds.deciding import DecisionForm
from unionrelations.deeds.imports import AFRESH, ALL, GOOD, READ, GoneOn, NotAnswered, take_back
from unionrelations.deeds.imports import decide as decide_on
from unionrelations.deeds.imports import give_up as end
from unionrelations.importing.models import Import
from unionrelations.importing.steps import handed_back
from unionrelations.kit.spreadsheets import Unreadable
from unionrelations.kit.writers import FORMATS
from unionrelations.web.files import attachment

from .preview import Preview, standing_of, written


@require_GET
@permission_required("importing.view_import", raise_exception=True)
def page(request, pk: int):
    """While a worker is at it, how far it has come; then what it found, or what it stored."""
    batch = get_object_or_404(Import.objects.visible_to(request.user).for_listing(), pk=pk)
    if request.htmx:
        return _progress(request, batch)
    return _shown(request, batch, Preview(batch, request.GET.get("rows", ""), request.GET.get("page", "1")))


def _progress(request, batch: Import):
    if batch.is_at_work(timezone.now()) and not batch.is_given_up:
        return render(request, "imports/_working.html", {"batch": batch, "may_end": _may_end(request, batch)})
    return HttpResponseClientRefresh()


def _shown(request, batch: Import, preview: Preview, form: DecisionForm | None = None):
    may_act = request.user.has_perm("importing.change_import") and batch.asked_by_id == request.user.pk
    is_asked = batch.is_open and not batch.is_at_work(timezone.now()) and bool(batch.seen)
    if form is None and is_asked and may_act:
        form = DecisionForm(batch=batch, reader=request.user)
    same = Import.objects.visible_to(request.user).filter(sha256=batch.sha256, union=batch.union).exclude(pk=batch.pk)
    context = {
        "batch": batch,
        "preview": preview,
        "form": form,
        "standing": standing_of(batch),
        "may_act": may_act,
        "may_end": _may_end(request, batch),
        "same": same.first(),
    }
    if batch.is_written:
        context["page"], context["records"] = written(batch, "1" if preview.chosen else request.GET.get("page", "1"))
        context["total"] = context["page"].paginator.count
        context["left"] = batch.records.exclude(kept_because="").count() if batch.undone_at else 0
    return render(request, "imports/page.html", context)


def _may_end(request, batch: Import) -> bool:
    """Whether this reader may give the import up or take it back."""
    allowed = request.user.has_perm("importing.change_import")
    return allowed and (
        batch.asked_by_id == request.user.pk or Import.objects.removable_by(request.user).filter(pk=batch.pk).exists()
    )


@require_POST
@permission_required("importing.change_import", raise_exception=True)
@transaction.atomic
def decide(request, pk: int):
    """Takes the answers in, then reads the file again or stores its rows, as asked."""
    batch = get_object_or_404(_locked(Import.objects.writable_by(request.user)), pk=pk)
    asked = request.POST.get("do", READ)
    if asked not in (READ, GOOD, ALL, AFRESH):
        raise BadRequest(asked)
    try:
        if decide_on(batch, asked, request.POST, request.user, timezone.now()):
            messages.info(request, _("Look at what the rows you called the same would change. Nothing is stored yet."))
    except NotAnswered as wrong:
        return _shown(request, batch, Preview(batch, typed=request.POST), wrong.form)
    except GoneOn as why:
        messages.error(request, str(why))
    return redirect(batch)


@require_POST
@permission_required("importing.change_import", raise_exception=True)
@transaction.atomic
def give_up(request, pk: int):
    """Ends an import nothing of which is stored; a worker that is at it stops."""
    batch = get_object_or_404(_locked(Import.objects.removable_by(request.user)), pk=pk)
    try:
        end(batch)
        messages.success(request, _("Given up: %(name)s. Nothing was stored.") % {"name": batch.name})
    except GoneOn as why:
        messages.error(request, str(why))
    return redirect(batch)


@require_POST
@permission_required("importing.change_import", raise_exception=True)
@transaction.atomic
def undo(request, pk: int):
    """Takes back what was stored; what was edited since only where that is said."""
    batch = get_object_or_404(_locked(Import.objects.removable_by(request.user)), pk=pk)
    try:
        take_back(batch, request.user, timezone.now(), even_edited=request.POST.get("even_edited") == "1")
    except GoneOn as why:
        messages.error(request, str(why))
    return redirect(batch)


def _locked(rows):
    return rows.select_for_update(of=("self",))


@require_GET
@permission_required("importing.view_import", raise_exception=True)
def original(request, pk: int):
    """The file as it was handed in."""
    batch = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    try:
        return FileResponse(batch.file.open("rb"), as_attachment=True, filename=batch.name)
    except FileNotFoundError:
        raise Http404(batch.name) from None


@require_GET
@permission_required("importing.view_import", raise_exception=True)
def marked(request, pk: int):
    """The file with its bad cells marked and its good rows hidden, to be mended there and handed in again."""
    batch = get_object_or_404(Import.objects.visible_to(request.user).for_listing(), pk=pk)
    try:
        content = handed_back(batch, timezone.now())
    except FileNotFoundError:
        raise Http404(batch.name) from None
    except Unreadable as why:
        raise BadRequest(str(why)) from why
    name = _("%(name)s, to be mended.xlsx") % {"name": PurePath(batch.name).stem}
    return attachment(content, FORMATS["xlsx"].media_type, name)
