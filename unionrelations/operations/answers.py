"""One line and one measure for each request: which page, how it was answered, how long it took. Never the address.

Addresses hold what people look for, keys of records and the secrets of calendars; the name of a page holds none.
"""

import logging
import time

from unionrelations.kit.room import with_room

from .measures import ANSWERS

log = logging.getLogger("unionrelations.answers")
NO_PAGE = "none"  # no address of the house: a static file, or nothing at all
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Answers:
    """The outermost middleware but for the request's number: what it measures is what a person waits for."""

    def __init__(self, get_response):
        self.get_response = get_response

    @with_room
    def __call__(self, request):
        begun = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - begun
        page = request.resolver_match.view_name or NO_PAGE if request.resolver_match else NO_PAGE
        method = request.method if request.method in METHODS else "other"  # a stranger may invent any number of them
        ANSWERS.labels(page, method, response.status_code).observe(seconds)
        log.info(
            "%s %s %s in %d ms",
            method,
            page,
            response.status_code,
            seconds * 1000,
            extra={"page": page, "method": method, "status": response.status_code, "ms": round(seconds * 1000)},
        )
        return response
