"""The first page, search over everything, and whether the house stands."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.views.decorators.http import require_GET
from kombu.exceptions import OperationalError

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from activities.entities.activities import AllActivitiesTable
from activities.entities.common import kind_in_words
from activities.models import Term
from activities.reports.reports import Report
from partners.entities import PARTNERS
from unionrelations.catalogue import ENTITIES
from unionrelations.celery import app

from .entities import COUNTED_UP_TO

FOUND_AT_ONCE = 8  # of each entity; the list shows the rest
BROKER_WAIT = 2  # seconds before the broker counts as gone


@require_GET
def home(request):
    counts = [
        (entity.plural, _up_to(entity.queryset(request.user)), reverse(f"{entity.slug}-list"))
        for entity in (DELEGATIONS, CONFERENCES, COURSES, PARTNERS)
    ]
    newest = ACTIVITIES.model.objects.visible_to(request.user).order_by("-changed_at", "-pk")[:6]
    recent = [(one.title, _page_of(one), f"{kind_in_words(one)}, {one.when}") for one in newest]
    context = {"counts": counts, "recent": recent, "report_links": _reports_of(request.user)}
    return render(request, "home.html", context)


def _up_to(rows) -> int:
    return rows.order_by()[: COUNTED_UP_TO + 1].count()


def _page_of(activity) -> str:
    return reverse(f"{AllActivitiesTable.SLUGS[activity.kind]}-detail", args=[activity.pk])


def _reports_of(user) -> list[tuple[str, str]]:
    """The terms the reader's own union reports by; with those below where there are any."""
    if user.union is None:
        return []
    under = user.union.children.exists()
    reports = (Report.of_term(user.union, term, under=under) for term in Term.objects.visible_to(user).of(user.union))
    return [(f"{one.title} – {one.union.label}", one.url) for one in reports]


@require_GET
def search(request):
    """Everything that goes by a name, in menu order; without marks as well as with them."""
    words = request.GET.get("q", "").strip()
    groups = [_found(request.user, entity, words) for entity in ENTITIES if entity.can_be_found] if words else []
    return render(request, "search.html", {"q": words, "groups": [one for one in groups if one[1]]})


def _found(user, entity, words: str) -> tuple:
    if entity is ACTIVITIES or not user.has_perm(entity.permission("view")):
        return entity.plural, [], None  # every activity is found as the kind it is
    rows = list(entity.queryset(user).find(words)[: FOUND_AT_ONCE + 1])
    items = [
        (str(one), capfirst(entity.singular), reverse(f"{entity.slug}-detail", args=[one.pk]))
        for one in rows[:FOUND_AT_ONCE]
    ]
    every = f"{reverse(f'{entity.slug}-list')}?{urlencode({'q': words})}"
    return entity.plural, items, every if len(rows) > FOUND_AT_ONCE else None


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
