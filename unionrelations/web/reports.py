"""The report's pages: choosing one, reading it, its files. Never counts: the report does."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from activities.models import Term
from activities.reports.composing import compose
from activities.reports.evidence import Unanswerable, period_asked
from activities.reports.models import AuditRun, ReportFile
from activities.reports.reports import Report
from unionrelations.accounts.models import Union
from unionrelations.kit.writers import FORMATS
from unionrelations.tasks import audit, write_report_file

from .files import download

REPORT_FORMATS = ("xlsx", "docx", "pdf")


@require_GET
def index(request):
    """Unions in reach with the terms they report by; the form's choice leads straight to its report."""
    asked = {name: request.GET.get(name, "") for name in ("union", "term", "under")}
    if asked["union"] and asked["term"]:
        union = _union(request, asked["union"])
        return redirect(Report.of_term(union, _term(request, union, asked["term"]), under=asked["under"] == "1").url)
    listed = [
        (union, [(str(term), Report.of_term(union, term).url) for term in terms])
        for union, terms in _terms_of_each(request.user)
    ]
    return render(request, "reports/index.html", {"unions": listed, "choices": _choices(request.user)})


@require_GET
def by_term(request, code: str, name: str):
    union = _union(request, code)
    return _answer(request, Report.of_term(union, _term(request, union, name), under=_under(request)))


@require_GET
def by_days(request, code: str):
    union = _union(request, code)
    try:
        period = period_asked(request.GET, "from", "to")
    except Unanswerable as refused:
        raise BadRequest(str(refused)) from refused
    return _answer(request, Report(union, period, under=_under(request)))


def _answer(request, report: Report):
    asked = request.GET.get("format")
    if asked == "json":
        return JsonResponse(report.as_json(), json_dumps_params={"ensure_ascii": False})
    if asked in REPORT_FORMATS:
        return download(compose(report, request.user), FORMATS[asked])
    if asked:
        raise BadRequest(_("There is no report in the format “%(format)s”.") % {"format": asked})
    exports = [(name.upper(), _with_format(report.url, name)) for name in (*REPORT_FORMATS, "json")]
    context = {
        "report": report,
        "headline": _headline(report),
        "exports": exports,
        "kept_formats": REPORT_FORMATS,
        "choices": _choices(request.user, report.union),
    }
    return render(request, "reports/report.html", context)


def _headline(report: Report) -> list[tuple]:
    """What a leader reads first: each with what belongs to it."""

    def beside(code: str) -> str:
        figure = report.figure(code)
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
        (report.figure(code).indicator.label, report.figure(code), beside(more) if more else _("each counted once"))
        for code, more in rows
    ]


@require_POST
def keep_file(request):
    """Has a file of a report made in the background, and leads to where it will be found."""
    union = _union(request, request.POST.get("union", ""))
    term = _term(request, union, request.POST["term"]) if request.POST.get("term") else None
    chosen = request.POST.get("format")
    if chosen not in REPORT_FORMATS:
        raise BadRequest(_("There is no report in the format “%(format)s”.") % {"format": chosen})
    try:
        period = term.period if term else period_asked(request.POST, "from", "to")
    except Unanswerable as refused:
        raise BadRequest(str(refused)) from refused
    job = ReportFile(
        union=union,
        term=term,
        first_day=period.start,
        last_day=period.end,
        under=request.POST.get("under") == "1",
        format=chosen,
        language=get_language(),
        asked_by=request.user,
    )
    job.save()
    write_report_file.delay_on_commit(job.pk)
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


def _union(request, code: str) -> Union:
    return get_object_or_404(Union.objects.visible_to(request.user), code=code)


def _term(request, union: Union, name: str) -> Term:
    """One of the terms the union reports by: its own or, where it has none, those of the nearest union above."""
    for one in Term.objects.visible_to(request.user).of(union):
        if one.name == name:
            return one
    raise Http404(name)


def _under(request) -> bool:
    return request.GET.get("under") == "1"


def _with_format(url: str, name: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}format={name}"


def _terms_of_each(user) -> list[tuple[Union, list[Term]]]:
    return Term.objects.visible_to(user).of_each(Union.objects.visible_to(user))


def _choices(user, union: Union | None = None) -> dict:
    listed = _terms_of_each(user)
    names = {term.name: str(term) for one, terms in listed for term in terms if union is None or one == union}
    return {"unions": [(one.code, str(one)) for one, _terms in listed], "terms": list(names.items())}
