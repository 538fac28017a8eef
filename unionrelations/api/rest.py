"""How the API is told to answer: the part of the settings that is its own. Never knows an endpoint."""

from __future__ import annotations

import re

from django.core.exceptions import ImproperlyConfigured

PACE = re.compile(r"([1-9][0-9]{0,6})/(second|minute|hour|day)")


def pace_of(said: str) -> str:
    """So many requests in such a time, checked while the house starts."""
    if not PACE.fullmatch(said):
        raise ImproperlyConfigured(f"API_PACE is “{said}”: say a number in a time, such as 600/minute.")
    return said


def rest_framework(*, behind_a_proxy: bool) -> dict:
    return {
        # The first one's challenge answers strangers: 401 with `WWW-Authenticate: Bearer`.
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "unionrelations.api.entering.BearerToken",
            "rest_framework.authentication.SessionAuthentication",
        ],
        "DEFAULT_PERMISSION_CLASSES": ["unionrelations.api.permissions.ModelPermissions"],
        "DEFAULT_THROTTLE_CLASSES": ["unionrelations.api.pace.Pace"],
        "EXCEPTION_HANDLER": "unionrelations.api.refusals.in_our_words",
        "DEFAULT_FILTER_BACKENDS": ["unionrelations.api.filters.SpansBackend"],
        "DEFAULT_PAGINATION_CLASS": "unionrelations.api.cursors.CursorPages",
        "NUM_PROXIES": 1 if behind_a_proxy else 0,  # whose word about a sender's address is taken
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],  # browsable pages need inline scripts
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_SCHEMA_CLASS": "unionrelations.api.describing.Described",
        "TEST_REQUEST_DEFAULT_FORMAT": "json",
    }
