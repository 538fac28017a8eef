"""The first page, by what the reader does here."""

from __future__ import annotations

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from activities.models import Activity
from activities.models.figures import Indicates
from activities.reports.findings import measure
from activities.reports.indicators import BY_CODE
from unionrelations.accounts.models import User

from .desk import Desk, drafts_of, last_recorded
from .door.browsers import carried, named
from .health import Health
from .models import KnownBrowser
from .overview import Overview
from .waiting import Waiting

TERM_CARD = (
    Indicates.DELEGATIONS_OUT,
    Indicates.DELEGATIONS_IN,
    Indicates.CONFERENCES_HOSTED,
    Indicates.COURSES,
    Indicates.CERTIFICATES,
)


@require_GET
def home(request):
    """A desk for who logs, an overview for who reads, the state of the records for who keeps the house."""
    today = timezone.localdate()
    context = {
        "today": today,
        "desk": None,
        "overview": None,
        "health": None,
        "new_browsers": [
            (one, named(one.agent))
            for one in KnownBrowser.objects.visible_to(request.user).to_ask_about(timezone.now(), carried(request))
        ],
        "is_empty": not Activity.objects.visible_to(request.user).exists(),
    }
    role = User.Role(request.user.role)
    if role in (User.Role.ADMINISTRATOR, User.Role.OFFICER) or request.user.is_superuser:
        context["drafts"] = list(drafts_of(request.user))
    if role != User.Role.OFFICER or request.user.is_superuser:
        context["waiting"] = Waiting(request)
    if context["is_empty"]:
        return render(request, "home.html", context)
    if role == User.Role.ADMINISTRATOR or request.user.is_superuser:
        context |= {"health": Health(request), "recent": last_recorded(request.user)}
    elif role == User.Role.OFFICER:
        desk = Desk(request, today)
        context |= {
            "desk": desk,
            "chores": desk.chores(),
            "recent": last_recorded(request.user),
            "term": _term_so_far(Overview(request, today)),
        }
    else:
        context |= {"overview": Overview(request, today), "reads_audits": role == User.Role.AUDITOR}
        if role == User.Role.AUDITOR:
            context["health"] = Health(request)
    return render(request, "home.html", context)


def _term_so_far(overview: Overview):
    """The current term's report and a few of its logged figures; None where no term has begun."""
    if overview.term is None:
        return None
    report = overview.report
    found = measure(report.question)
    return report, [(BY_CODE[code].label, found[code].logged, report.rows_url(BY_CODE[code])) for code in TERM_CARD]
