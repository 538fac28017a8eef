"""The page to hand a spreadsheet in, and the list of those handed in before. Never reads one: a worker does."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from unionrelations.deeds.imports import FileForm, hand_in, importable
from unionrelations.importing.models import Import

ON_A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("importing.view_import", raise_exception=True)
def index(request):
    """Imports in reach, the newest first, and the form for another one."""
    may_add = request.user.has_perm("importing.add_import") and bool(importable(request.user))
    form = FileForm(request.POST or None, request.FILES or None, reader=request.user) if may_add else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            return redirect(hand_in(form, request.user, timezone.now()))
    elif form is not None:
        form = FileForm(reader=request.user, initial={"entity": request.GET.get("entity", "")})
    page = Paginator(Import.objects.visible_to(request.user).for_listing(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "total": page.paginator.count}
    return render(request, "imports/index.html", context)
