"""The way of a plan: submitting, returning, approving, revising, beginning the next year; its versions; all of a year.

Never counts: the plan beside its results is worked out in `activities.reports.plans`.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from activities.entities import PLAN_LINES
from activities.models import OutOfTurn, Plan
from activities.reports.plans import Beside
from unionrelations.accounts.models import Union
from unionrelations.kit.writers import FORMATS

from .files import download
from .plan_table import as_document
from .records.plans import LIST_FORMATS, Asked, addresses, kept_when, slots_of

EARLIEST, LATEST = 1900, 2100
LONGEST = 300  # characters of a reason for refusing a line


class RemarkForm(forms.Form):
    note = forms.CharField(max_length=2000, required=False)


class ReasonForm(forms.Form):
    note = forms.CharField(
        max_length=2000, error_messages={"required": gettext_lazy("Write the reason, in a few words.")}
    )


def _step(permission: str, form_class: type[forms.Form]):
    """A view that is given the locked plan and what was written; whoever comes late is sent to where it stands."""

    def of(take):
        @require_POST
        @permission_required(f"activities.{permission}_plan", raise_exception=True)
        def stepped(request, pk: int):
            with transaction.atomic():
                mine = Plan.objects.writable_by(request.user)
                plan = get_object_or_404(mine.select_for_update(of=("self",)), pk=pk)
                form = form_class(request.POST)
                try:
                    if not form.is_valid():
                        raise OutOfTurn(" ".join(one for errors in form.errors.values() for one in errors))
                    with transaction.atomic():
                        messages.success(request, take(request, plan, form.cleaned_data["note"].strip()))
                except OutOfTurn as refused:
                    messages.error(request, str(refused))
            return redirect("plans-detail", pk)

        return stepped

    return of


@_step("submit", RemarkForm)
def submit(request, plan: Plan, note: str) -> str:
    plan.submit(request.user, timezone.now(), note)
    return _("Submitted for approval. It can be changed again once it is returned.")


@_step("approve", ReasonForm)
def send_back(request, plan: Plan, note: str) -> str:
    plan.send_back(request.user, timezone.now(), note)
    return _("Returned to its draft, with your reason.")


@_step("approve", RemarkForm)
def approve(request, plan: Plan, note: str) -> str:
    """Only of the plan as it was read: returned, changed and submitted again meanwhile, it is read again first."""
    if request.POST.get("version") != str(plan.version):
        raise OutOfTurn(_("This plan was changed meanwhile. Read it again before you approve it."))
    given = {pk: request.POST.get(f"refusal-{pk}", "").strip() for pk in plan.lines.values_list("pk", flat=True)}
    refusals = {pk: reason for pk, reason in given.items() if reason}
    if any(len(one) > LONGEST for one in refusals.values()):
        raise OutOfTurn(_("At most %(most)d characters for a reason.") % {"most": LONGEST})
    plan.approve(request.user, timezone.now(), note, refusals)
    return _("Approved. Its lines are kept as they are now, and change only through a revision.")


@_step("submit", ReasonForm)
def revise(request, plan: Plan, note: str) -> str:
    plan.revise(request.user, timezone.now(), note)
    return _("Opened for revision. The version before is kept as it was; change the lines and submit the plan again.")


@require_POST
@permission_required("activities.add_plan", raise_exception=True)
def next_year(request, pk: int):
    """A draft for the next year with the lines of this one."""
    plan = get_object_or_404(Plan.objects.writable_by(request.user), pk=pk)
    try:
        made = plan.begin_next_year(request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("plans-detail", pk)
    messages.success(request, _("A draft for the next year with the same lines, a year on. Look through them."))
    return redirect("plans-detail", made.pk)


@require_safe
@permission_required("activities.view_plan", raise_exception=True)
def version(request, pk: int, number: int):
    """An approved version as it was kept; without its money for whoever only has the plan handed down."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("union"), pk=pk)
    kept = plan.versions.filter(number=number).first()
    if kept is None:
        raise Http404(number)
    is_reached = Plan.objects.visible_to(request.user).reached_by(request.user).filter(pk=pk).exists()
    newest = plan.versions.first()
    if not is_reached and newest.number != number:
        raise Http404(number)  # below, only what is in force is read
    lines = [line | {"when": kept_when(line)} for line in kept.lines_for(with_money=is_reached)]
    lines = lines if is_reached else [line for line in lines if not line["refusal"]]
    return render(
        request,
        "plans/version.html",
        {
            "plan": plan,
            "kept": kept,
            "lines": lines,
            "is_reached": is_reached,
            "is_newest": newest.number == number,
            "versions": plan.versions if is_reached else [],
        },
    )


# --- All plans of a year


@require_safe
@permission_required("activities.view_plan", raise_exception=True)
def year(request):
    """The plans of a union and of those below it for a year, line by line and added up; only what the reader sees."""
    unions = Union.objects.visible_to(request.user).order_by("path")
    chosen, under, day = _asked(request, unions)
    state = request.GET.get("state", "")
    if state and state not in Plan.State.values:
        raise BadRequest(_("This is no state of a plan."))
    lines = PLAN_LINES.queryset(request.user).of_year(day)
    lines = lines.filter(plan__union__path__startswith=chosen.path) if under else lines.filter(plan__union=chosen)
    lines = lines.filter(plan__state=state) if state else lines
    beside = Beside(lines.order_by("plan__union__path", "plan", "pk"))
    title = _("Plans of %(year)d, %(union)s") % {"year": day, "union": chosen.label}
    if "format" in request.GET:
        if request.GET["format"] not in LIST_FORMATS:
            raise BadRequest(_("This table is written as XLSX or CSV."))
        return download(as_document(title, beside), FORMATS[request.GET["format"]])
    of = {"union": chosen.code, "under": int(under), "year": day}
    ask = Asked(**of, **({"state": state} if state else {}))
    query = request.GET.copy()
    context = {
        "title": title,
        "unions": [(one.code, one.label) for one in unions],
        "chosen": chosen,
        "under": under,
        "year": day,
        "state": state,
        "states": Plan.State.choices,
        "is_reached": True,
        "beside": beside,
        "slots": slots_of(beside, ask),
        "whole": addresses(ask),
        "ask": ask,
        "plans": [
            (plan, share, addresses(Asked(plan=plan.pk, year=day)), Asked(plan=plan.pk, year=day))
            for plan, share in beside.plans
        ],
        "without": _without(unions, chosen, under, beside),
        "exports": [(one.upper(), f"{request.path}?{_with_format(query, one)}") for one in LIST_FORMATS],
    }
    return render(request, "plans/year.html", context)


def _asked(request, unions) -> tuple[Union, bool, int]:
    code = request.GET.get("union") or (request.user.union.code if request.user.union else "")
    chosen = unions.filter(code=code).first() if code else unions.first()
    if chosen is None:
        raise Http404(code)
    typed = request.GET.get("year") or str(timezone.localdate().year)
    if not (typed.isascii() and typed.isdecimal() and EARLIEST <= int(typed[:5]) <= LATEST):
        raise BadRequest(_("A year lies between 1900 and 2100."))
    return chosen, request.GET.get("under", "1") != "0", int(typed)


def _without(unions, chosen: Union, under: bool, beside: Beside) -> list[Union]:
    """Those of the unions asked for that have no line of that year."""
    having = {plan.union_id for plan, _share in beside.plans}
    meant = [one for one in unions if one.path.startswith(chosen.path)] if under else [chosen]
    return [one for one in meant if one.pk not in having]


def _with_format(query, name: str) -> str:
    query["format"] = name
    return query.urlencode()
