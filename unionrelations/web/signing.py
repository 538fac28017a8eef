"""The way of a report to its signature: drafting, writing, submitting, returning, signing. Never counts nor freezes."""

from __future__ import annotations

from copy import copy

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activities.models import Term
from activities.reports.addresses import OF_REPORT, Unanswerable, read
from activities.reports.models import NotNow, SignedFile, TermReport
from activities.reports.reports import Report
from activities.reports.signing import Hindered, draft, generated_text, report_of, seen_as, sign
from unionrelations.accounts.models import Union
from unionrelations.tasks import write_signed_file

from .words import paragraphs


class DraftForm(forms.ModelForm):
    """Title, text and remark, with the edit number they were opened at."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = TermReport
        fields = ("title", "text", "note")
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What has to be changed"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_POST
@permission_required("reports.add_termreport", raise_exception=True)
def start(request):
    """Opens the draft of the report somebody reads; the one on its way, where there is one."""
    unions = Union.objects.visible_to(request.user)
    union = get_object_or_404(unions, code=request.POST.get("union", ""))
    term = _term(request, union, request.POST["term"]) if request.POST.get("term") else None
    try:
        question = read(request.POST, OF_REPORT, union, unions, period=term.period if term else None)
        report = Report(question, term=term)
        row = draft(report, request.user, timezone.now(), get_language() or "vi")
    except Unanswerable as refused:
        raise BadRequest(str(refused)) from refused
    except NotNow as refused:
        messages.error(request, str(refused))
        return redirect(report.url)
    return redirect(row.url)


def _term(request, union: Union, name: str) -> Term:
    found = next((one for one in Term.objects.visible_to(request.user).of(union) if one.name == name), None)
    if found is None:
        raise Http404(name)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("reports.view_termreport", raise_exception=True)
def draft_page(request, pk: int):
    """A report that is not signed yet: its words to write, its numbers of today beside them."""
    rows = TermReport.objects.visible_to(request.user)
    if request.method != "POST":
        row = get_object_or_404(_whole(rows), pk=pk)
        return redirect(row.url) if row.is_signed else _page(request, row)
    if not request.user.has_perm("reports.change_termreport"):
        raise PermissionDenied
    with transaction.atomic():
        row = get_object_or_404(_locked(TermReport.objects.writable_by(request.user)), pk=pk)
        return _written(request, row)


def _written(request, row: TermReport):
    """What was typed, saved and, if asked, submitted; where it may not be, it stays on the page with the reason."""
    sent = request.POST.copy()
    if "generate" in sent:
        sent["text"] = generated_text(row, report_of(row))
        form = DraftForm(sent, instance=copy(row))
        messages.info(request, _("The text below is generated anew from today's numbers. It is not saved yet."))
        return _page(request, row, form)
    form = DraftForm(sent, instance=copy(row))
    if not form.is_valid():
        return _page(request, row, form)
    if form.cleaned_data["version"] != row.version and row.is_draft:
        sent["version"] = str(row.version)
        form = DraftForm(sent, instance=copy(row))
        form.add_error(None, _meanwhile(row))
        return _page(request, row, form, theirs=row)
    try:
        row.write(**{name: form.cleaned_data[name] for name in ("title", "text", "note")}, by=request.user)
    except NotNow as refused:
        form.add_error(None, str(refused))
        return _page(request, row, form)
    if "submit" in sent and request.user.has_perm("reports.submit_termreport"):
        row.submit(request.user, timezone.now())
        messages.success(request, _("Submitted for signature. It can be changed again once it is returned."))
    else:
        messages.success(request, _("Saved: %(record)s") % {"record": row})
    return redirect(row.url)


def _meanwhile(row: TermReport) -> str:
    return _(
        "%(who)s saved this text at %(moment)s, while you had it open. What you typed is still here; theirs stands "
        "below. Put both together and save again."
    ) % {
        "who": row.changed_by or _("Somebody"),
        "moment": formats.date_format(timezone.localtime(row.changed_at), "SHORT_DATETIME_FORMAT"),
    }


def _page(request, row: TermReport, form: DraftForm | None = None, *, reason: ReasonForm | None = None, **more):
    report = report_of(row)
    may_write = row.is_draft and _may(request, "change", row)
    if form is None and may_write:
        form = DraftForm(instance=copy(row), initial={"version": row.version})
    generated = generated_text(row, report)
    shown = list(paragraphs(row.text, report, generated))
    context = {
        "row": row,
        "report": report,
        "form": form,
        "generated": generated,
        "paragraphs": shown,
        "stale": [one for part in shown for one in part if one.is_stale],
        "may_submit": row.is_draft and _may(request, "submit", row),
        "may_sign": row.is_submitted and _may(request, "sign", row),
        "may_drop": row.is_draft and _may(request, "delete", row),
        "reason": reason or ReasonForm(auto_id="reason_%s"),
        "seen": seen_as(row, report),
    }
    return render(request, "reports/signing_draft.html", context | more)


def _may(request, action: str, row: TermReport) -> bool:
    user = request.user
    mine = TermReport.objects.writable_by(user)
    return user.has_perm(f"reports.{action}_termreport") and mine.filter(pk=row.pk).exists()


def _whole(rows):
    return rows.select_related(
        "union__parent", "term", "partner", "country", "drafted_by", "submitted_by", "returned_by", "changed_by"
    )


def _locked(rows):
    """Whoever takes a step with the same report meanwhile waits here."""
    return rows.select_for_update(of=("self",))


# --- Steps, each of a form with one button


def _step(permission: str):
    """A view that is given the locked row, and sends whoever comes late to where the report stands now."""

    def of(view):
        @require_POST
        @permission_required(f"reports.{permission}_termreport", raise_exception=True)
        def stepped(request, pk: int):
            with transaction.atomic():
                row = get_object_or_404(_locked(TermReport.objects.writable_by(request.user)), pk=pk)
                try:
                    return view(request, row)
                except NotNow as refused:
                    messages.error(request, str(refused))
                    return redirect(row.url)

        return stepped

    return of


@_step("sign")
def send_back(request, row: TermReport):
    form = ReasonForm(request.POST, auto_id="reason_%s")
    if not form.is_valid():
        return _page(request, row, reason=form)
    row.send_back(request.user, timezone.now(), form.cleaned_data["reason"])
    messages.success(request, _("Returned to its draft, with your reason."))
    return redirect(row.url)


@_step("delete")
def drop(request, row: TermReport):
    if not row.is_draft:
        raise NotNow(_("Only a draft can be thrown away."))
    back = report_of(row).url
    row.delete()
    messages.success(request, _("The draft was thrown away. The report itself stays what it is."))
    return redirect(back)


@_step("sign")
def put_signature(request, row: TermReport):
    """Signs once, however often the button was pressed."""
    if row.is_signed:
        return redirect(row.url)
    try:
        with transaction.atomic():
            sign(row, request.user, timezone.now(), request.POST.get("seen", ""))
    except Hindered as why:
        audits = reverse("admin:reports_auditrun_changelist")
        may_mend = why.mends and request.user.has_perm("reports.add_auditrun")
        return _page(request, row, hindered=why, audits_url=audits if may_mend else "")
    for one in SignedFile.objects.visible_to(request.user).filter(report=row):
        write_signed_file.delay_on_commit(one.pk)
    messages.success(request, _("Signed. Numbers, rows and words are kept as they are now; the files are being made."))
    return redirect(row.url)
