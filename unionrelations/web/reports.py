"""The report's pages: building one, reading it part by part, its files. Never counts: the report does."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.http import JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from activities.models import Term
from activities.reports.addresses import Unanswerable
from activities.reports.composing import compose
from activities.reports.models import AuditRun, ReportFile
from activities.reports.reasons import Reasons
from activities.reports.reports import Report
from unionrelations.accounts.models import Union
from unionrelations.deeds.reports import FILE_FORMATS, have_made, report_asked, term_of, union_of
from unionrelations.kit.writers import FORMATS
from unionrelations.tasks import audit

from .files import download
from .kept_pages import kept_or_made
from .report_form import ReportForm, with_more
from .words import paragraphs

SUMMARY, REASONS = "summary", "reasons"
PART_NAMES = {
    SUMMARY: gettext_lazy("Summary"),
    "time": gettext_lazy("Years and months"),
    "unions": gettext_lazy("Unions"),
    "partners": gettext_lazy("Partners"),
    "countries": gettext_lazy("Countries"),
    "forms": gettext_lazy("Kinds and forms"),
    "courses": gettext_lazy("Courses"),
    "agreements": gettext_lazy("Agreements"),
    "money": gettext_lazy("Money"),
    "officers": gettext_lazy("Officers, proposals"),
    REASONS: gettext_lazy("Behind the numbers"),
}


@require_GET
def index(request):
    """Unions in reach with the terms they report by; the form's choices lead straight to its report."""
    today = timezone.localdate()
    form = ReportForm(request.GET, user=request.user, today=today) if "span" in request.GET else None
    if form and form.is_valid():
        return redirect(form.address())
    if request.GET.get("union") and request.GET.get("term"):  # the short way, by code and name
        union = union_of(request.user, request.GET["union"])
        under = request.GET.get("under") == "1"
        return redirect(Report.of_term(union, term_of(request.user, union, request.GET["term"]), under=under).url)
    listed = [
        (union, [(str(term), Report.of_term(union, term).url) for term in terms])
        for union, terms in Term.objects.visible_to(request.user).of_each(Union.objects.visible_to(request.user))
    ]
    context = {"unions": listed, "form": form or ReportForm(user=request.user, today=today)}
    return render(request, "reports/index.html", context)


@require_GET
def by_term(request, code: str, name: str):
    def of():
        union = union_of(request.user, code)
        return union, term_of(request.user, union, name)

    return _kept(request, of)


@require_GET
def by_days(request, code: str):
    return _kept(request, lambda: (union_of(request.user, code), None))


def _kept(request, of: Callable[[], tuple[Union, Term | None]]):
    def answer():
        return _answer(request, *_asked(request, request.GET, *of()))

    return answer() if "format" in request.GET else kept_or_made(request, answer)


def _asked(request, asked: QueryDict, union: Union, term: Term | None) -> tuple[Report, str]:
    try:
        return report_asked(request.user, asked, union, term, timezone.localdate())
    except Unanswerable as refused:
        raise BadRequest(str(refused)) from refused


def _answer(request, report: Report, comparison: str):
    asked = request.GET.get("format")
    if asked == "json":
        return JsonResponse(report.as_json(), json_dumps_params={"ensure_ascii": False})
    if asked in FILE_FORMATS:
        return download(compose(report, request.user), FORMATS[asked])
    if asked:
        raise BadRequest(_("There is no report in the format “%(format)s”.") % {"format": asked})
    part = request.GET.get("part") or SUMMARY
    if part not in PART_NAMES:
        raise BadRequest(_("The report has no part called “%(part)s”.") % {"part": part[:40]})
    exports = [(name.upper(), with_more(report.url, {"format": name})) for name in (*FILE_FORMATS, "json")]
    context = {
        "report": report,
        "part": part,
        "parts": _parts(request, report, part),
        "form": ReportForm.of(report, comparison, user=request.user, today=timezone.localdate()),
        "comparison": comparison,
        "exports": exports,
        "kept_formats": FILE_FORMATS,
    }
    if part == SUMMARY:
        context |= {"headline": _headline(report), "paragraphs": list(paragraphs(report.narrative, report))}
    elif part == REASONS:
        context["reasons"] = Reasons(report)
    else:
        context["tables"] = report.tables(part)
    return render(request, "reports/report.html", context)


def _parts(request, report: Report, open_part: str) -> list[tuple]:
    """(name, address, whether it is open) of the parts the report has."""
    compare = request.GET.get("compare", "")
    listed = []
    for code, name in PART_NAMES.items():
        if code == "unions" and not report.under:
            continue
        more = {"compare": compare, "part": code if code != SUMMARY else ""}
        listed.append((name, with_more(report.url, more), code == open_part))
    return listed


def _headline(report: Report) -> list[tuple]:
    """What a leader reads first: each with what belongs to it."""
    figures = {one.indicator.code.value: one for one in report.figures}

    def beside(code: str) -> str:
        figure = figures[code]
        if figure.logged is None:
            return _("%(what)s: not known") % {"what": figure.indicator.label}
        said = _("%(what)s: %(number)s") % {"what": figure.indicator.label, "number": number_format(figure.logged)}
        if not figure.unknown_people:
            return said
        return _("%(said)s, headcount of %(n)s not known") % {"said": said, "n": number_format(figure.unknown_people)}

    rows = (
        ("delegations_out", "officials_out"),
        ("delegations_in", "guests_in"),
        ("conferences_hosted", "conferences_home"),
        ("courses", "certificates"),
        ("activities", None),
    )
    return [
        (figures[code].indicator.label, figures[code], beside(more) if more else _("each counted once"))
        for code, more in rows
        if code in figures
    ]


@require_POST
def keep_file(request):
    """Has a file of a report made in the background, and leads to where it will be found."""
    union = union_of(request.user, request.POST.get("union", ""))
    term = term_of(request.user, union, request.POST["term"]) if request.POST.get("term") else None
    chosen = request.POST.get("format")
    if chosen not in FILE_FORMATS:
        raise BadRequest(_("There is no report in the format “%(format)s”.") % {"format": chosen})
    report, _compared = _asked(request, request.POST, union, term)
    job = have_made(report, term, chosen, get_language(), request.user)
    return redirect("report-file", job.pk)


@require_GET
def kept_file_page(request, pk: int):
    job = get_object_or_404(ReportFile.objects.visible_to(request.user), pk=pk)
    job.download_url = reverse("kept-file", args=[job.file.name]) if job.file else None
    return render(request, "files/_job.html" if request.htmx else "files/report_file.html", {"job": job})


@require_POST
@permission_required("reports.add_auditrun", raise_exception=True)
def run_audit(request):
    """Has every figure computed a second way; the back office shows how it came out."""
    run = AuditRun()
    run.save()
    audit.delay_on_commit(run.pk)
    messages.success(request, _("The audit was asked for. Its outcome stands in this list once it is done."))
    return redirect("admin:reports_auditrun_changelist")
