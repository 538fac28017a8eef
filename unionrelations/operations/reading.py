"""Lets requests that only read do so at the replica, and notes how far the log is when somebody has written.

The innermost middleware: who asks is known by then, and little is done twice where the replica fails on the way.
"""

import logging

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error
from django.http import HttpResponse

from unionrelations.kit import acts

from .models import LastWrite
from .replica import REPLICA, known, reading

log = logging.getLogger(__name__)
ONLY_READ = ("GET", "HEAD", "OPTIONS")


class Reading:
    def __init__(self, get_response):
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if request.method in ONLY_READ:
            response, has_written = self._read(request)
        else:
            response, has_written = self.get_response(request), True
        if has_written:
            note()
        return response

    def _read(self, request):
        with reading() as here:
            request.reading = here
            response = self.get_response(request)
        if here.has_failed:
            known.leave_alone()
            with reading(DEFAULT_DB_ALIAS) as here:
                request.reading = here
                response = self.get_response(request)
        return response, here.has_written

    def process_exception(self, request, exception):
        """Nobody is shown, and no log is told, what failed at the replica alone: it is asked for again."""
        here = getattr(request, "reading", None)
        return HttpResponse(status=503) if here is not None and here.has_failed else None


def note() -> None:
    """What was stored stays stored where this fails; then the primary is gone, and so are all other answers."""
    act = acts.current()
    person = act.person() if act else None
    if person is not None:
        try:
            LastWrite.objects.note(person[0])
        except Error:
            log.exception("How far the log is could not be noted.")
