"""How the house runs, for the administrators of the whole of it, for load balancers and for Prometheus.

Never counts work itself, and never shows a record.
"""

from __future__ import annotations

import shutil
from hmac import compare_digest
from importlib.metadata import version
from platform import python_version

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from prometheus_client import CONTENT_TYPE_LATEST

from unionrelations.backups.models import Backup
from unionrelations.operations import readiness
from unionrelations.operations.measures import written
from unionrelations.tasks import back_up
from unionrelations.tasks.standing import HouseCollector, Queue, faults, last_digest, work

from .health import Health

LIBRARIES = ("Django", "celery", "gunicorn")
WHAT = {
    "database": gettext_lazy("Database"),
    "broker": gettext_lazy("Broker of tasks"),
    "migrations": gettext_lazy("Migrations"),
    "files": gettext_lazy("Room for files"),
    "replica": gettext_lazy("Replica to read from"),
}
SAID = {
    readiness.OK: gettext_lazy("in order"),
    readiness.NOT_SET: gettext_lazy("none is set: work is done at once, in the process that asks"),
    readiness.NOT_ANSWERING: gettext_lazy("does not answer"),
    readiness.BEHIND: gettext_lazy("some are missing: run migrate"),
    readiness.LATE: gettext_lazy("is behind: the primary is read instead"),
    readiness.DONE_WITHOUT: gettext_lazy("does not answer: the primary is read instead"),
    readiness.NOT_WRITABLE: gettext_lazy("nothing can be written: is the disk full?"),
}


@login_not_required
@require_GET
def healthz(request):
    """200 where the database and, if one is set, the broker answer; 503 with what does not."""
    return _state(readiness.alive())


@login_not_required
@require_GET
def readyz(request):
    """200 where requests may be sent here; 503 with what is missing, migrations of this code and room for files too."""
    return _state(readiness.ready())


def _state(state: dict[str, str]) -> JsonResponse:
    return JsonResponse(state, status=200 if readiness.is_well(state) else 503)


@login_not_required
@require_GET
def metrics(request):
    """For whoever shows METRICS_TOKEN as a bearer token; to all others the address does not exist."""
    shown = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not compare_digest(shown.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        raise Http404
    return HttpResponse(written([HouseCollector()]), content_type=CONTENT_TYPE_LATEST)


@require_GET
def page(request):
    _refuse_others(request)
    now = timezone.now()
    state = readiness.ready()
    return render(
        request,
        "operations/page.html",
        {
            "health": Health(request),
            "work": [(one, one.is_stuck(now)) for one in work(now)],
            "faults": faults(now),
            "state": [(WHAT[name], SAID[said], said in readiness.WELL) for name, said in state.items()],
            "queue": Queue(),
            "last_digest": last_digest(),
            "room": shutil.disk_usage(settings.DATA_DIR),
            "versions": [(name, version(name)) for name in LIBRARIES] + [("Python", python_version())],
            "database": f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}",
        },
    )


@require_POST
def back_up_now(request):
    """Asks for a backup beside that of the night."""
    _refuse_others(request)
    if settings.BACKUP_KEYS:
        row = Backup()
        row.save()
        back_up.delay_on_commit(row.pk)
        messages.success(request, _("A backup was asked for. It counts once it was tried out, which may take minutes."))
    else:
        messages.error(request, _("No backup is made: nobody has set a key for it."))
    return redirect("operations")


def _refuse_others(request) -> None:
    if not request.user.keeps_the_house:
        raise PermissionDenied
