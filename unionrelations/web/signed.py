"""Signed reports: the list of them, the page of each with what changed since, its files. Never counts one anew."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from activities.reports.changes import ADDED, CHANGED, REMOVED, Changes, changes
from activities.reports.kept import KeptReport, canonical, is_intact
from activities.reports.models import SignedFile, TermReport
from activities.reports.signing import report_of
from unionrelations.accounts.models import Union
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.documents import Document, Grid
from unionrelations.kit.writers import FORMATS
from unionrelations.tasks import write_signed_file

from .files import download

LISTED, SHOWN = 50, 100  # reports on a page of the list, changes on the page of a report
SLUG_OF = {entity.model._meta.label_lower: entity.slug for entity in ENTITIES}


@require_GET
@permission_required("reports.view_termreport", raise_exception=True)
def index(request):
    """Every report signed or on its way that the reader sees; filtered by union and state, as a page or a file."""
    seen = TermReport.objects.visible_to(request.user)
    unions = Union.objects.visible_to(request.user).filter(pk__in=seen.values("union")).for_choosing()
    union, state = request.GET.get("union", ""), request.GET.get("state", "")
    rows = seen.for_listing()
    if union:
        rows = rows.filter(union__code=union)
    if state in TermReport.State.values:
        rows = rows.filter(state=state)
    asked = request.GET.get("format")
    if asked in ("xlsx", "csv"):
        return download(_as_document(rows), FORMATS[asked])
    page = Paginator(rows, LISTED).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    exports = []
    for name in ("xlsx", "csv"):
        kept["format"] = name
        exports.append((name.upper(), f"{request.path}?{kept.urlencode()}"))
    context = {
        "page": page,
        "total": page.paginator.count,
        "unions": [(one.code, str(one)) for one in unions],
        "states": [(value, capfirst(str(label))) for value, label in TermReport.State.choices],
        "asked": {"union": union, "state": state},
        "exports": exports if page.paginator.count else [],
    }
    return render(request, "reports/signed_list.html", context)


def _as_document(rows) -> Document:
    heads = (_("Report"), _("Union"), _("From"), _("To"), _("State"), _("Version"), _("Signed on"), _("Signed by"))
    lines = (
        (
            *(one.title, str(one.union), one.first_day, one.last_day, str(one.get_state_display()), one.number),
            timezone.localtime(one.signed_at).date() if one.signed_at else None,
            (one.signed_by.get_full_name() or one.signed_by.get_username()) if one.signed_by else None,
            one.sha256,
        )
        for one in rows
    )
    return Document(_("Signed reports"), (Grid((*heads, "SHA-256"), tuple(lines)),))


@require_GET
@permission_required("reports.view_termreport", raise_exception=True)
def page(request, pk: int):
    """One signed report: what was signed, as it was, and what changed in the records since."""
    rows = TermReport.objects.visible_to(request.user).select_related("union__parent", "term", "partner", "country")
    row = get_object_or_404(rows, pk=pk)
    if not row.is_signed:
        return redirect(row.url)
    asked = request.GET.get("format")
    if asked == "json":
        return HttpResponse(canonical(row), content_type="application/json; charset=utf-8")
    files = _files(request, row)
    if request.htmx:
        return render(request, "reports/_signed_files.html", {"row": row} | files)
    since = changes(row)
    if asked in ("xlsx", "csv"):
        return download(_changes_as_document(row, since), FORMATS[asked])
    if asked:
        raise BadRequest(_("There is no report in the format “%(format)s”.") % {"format": asked})
    context = {
        "row": row,
        "kept": KeptReport(row),
        "intact": is_intact(row),
        "since": since,
        "shown": _shown(since),
        "rest": max(len(since) - SHOWN, 0),
        "exports": [(name.upper(), f"{row.url}?format={name}") for name in ("xlsx", "csv")] if since else [],
        "versions": _versions(request, row),
        "report_url": report_of(row).url,
    }
    return render(request, "reports/signed.html", context | files)


def _versions(request, row: TermReport) -> list[TermReport]:
    """The other signed reports of the same question, the newest first."""
    same = TermReport.objects.visible_to(request.user).asking(row.question).signed().for_listing()
    return list(same.exclude(pk=row.pk).order_by("-number"))


def _files(request, row: TermReport) -> dict:
    files = list(SignedFile.objects.visible_to(request.user).filter(report=row))
    for one in files:
        one.download_url = reverse("kept-file", args=[one.file.name]) if one.file else ""
    done = sum(one.state == SignedFile.State.DONE for one in files)
    waiting = [one for one in files if one.state in (SignedFile.State.QUEUED, SignedFile.State.RUNNING)]
    return {"files": files, "done": done, "is_making": bool(waiting)}


def _shown(since: Changes) -> list[tuple]:
    """(record, its icon, its address where it still has one), added ones first."""
    icons = {ADDED: "plus", CHANGED: "edit", REMOVED: "x"}
    in_order = (one for way in (ADDED, REMOVED, CHANGED) for one in since.of(way))
    return [(one, icons[one.way], _address(one)) for one, _place in zip(in_order, range(SHOWN), strict=False)]


def _address(one) -> str:
    slug = SLUG_OF.get(one.record["model"])
    return f"/{slug}/{one.record['pk']}/" if slug and (one.merged_into or not one.is_deleted) else ""


def _changes_as_document(row: TermReport, since: Changes) -> Document:
    """Every change, a line for each number it moved."""
    words = {ADDED: _("added"), CHANGED: _("changed"), REMOVED: _("removed")}
    heads = (_("Change"), _("Record"), _("Title when signed"), _("Date when signed"), _("Date"), _("Indicator"))
    lines: list[tuple] = []
    for one in since.records:
        then, now = one.was or {}, one.now or {}
        merged = _("merged into “%(other)s”") % {"other": one.merged_into} if one.merged_into else ""
        what = (merged or words[one.way], one.title, then.get("title"), then.get("when"), now.get("when"))
        for move in one.moves:
            lines.append((*what, move.label, move.logged, move.undetermined, move.unknown_people))
        if not one.moves:
            lines.append((*what, None, None, None, None))
    numbers = (_("Logged"), _("Undetermined"), _("Headcounts not known"))
    return Document(_("Changes since %(report)s") % {"report": row}, (Grid((*heads, *numbers), tuple(lines)),))


@require_POST
@permission_required("reports.submit_termreport", raise_exception=True)
def make_again(request, pk: int):
    """Has a file that could not be made tried once more, from what was frozen."""
    with transaction.atomic():
        mine = SignedFile.objects.writable_by(request.user).select_for_update(of=("self",))
        one = get_object_or_404(mine, pk=pk)
        one.make_again(timezone.now())
        write_signed_file.delay_on_commit(one.pk)
    return redirect(one.report.url)
