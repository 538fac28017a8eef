"""The first page, by what the reader does here, and whether the house stands."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from kombu.exceptions import OperationalError

from activities.models import Activity
from activities.models.figures import Indicates
from activities.reports.findings import measure
from activities.reports.indicators import BY_CODE
from unionrelations.accounts.models import User
from unionrelations.celery import app

from .desk import Desk, drafts_of, last_recorded
from .door.browsers import carried, named
from .health import Health
from .models import KnownBrowser
from .overview import Overview
from .waiting import Waiting

BROKER_WAIT = 2  # seconds before the broker counts as gone
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


@login_not_required
@require_GET
def healthz(request):
    """200 where the database and, if one is set, the broker answer; 503 with what does not."""
    state = {"database": _database(), "broker": _broker()}
    well = all(one in ("ok", "not set") for one in state.values())
    return JsonResponse(state, status=200 if well else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "not answering"
    return "ok"


def _broker() -> str:
    if not settings.CELERY_BROKER_URL:
        return "not set"
    try:
        with app.connection_for_read(connect_timeout=BROKER_WAIT) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_WAIT)
    except (OperationalError, OSError):
        return "not answering"
    return "ok"
