"""How often a program or a person may ask. Counted where all processes of the house count, in the shared cache."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

from unionrelations.accounts.models import AccessToken

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}


class Pace(BaseThrottle):
    """So many requests in each minute of the clock (or hour, or day), for each token and each person's sessions.

    Two requests in the same instant may count as one: this keeps a program from wearing the house out, and is no lock.
    """

    def allow_request(self, request, view) -> bool:
        if not request.user.is_authenticated:
            return True
        number, _per, time_said = settings.API_PACE.partition("/")
        span, now = SECONDS[time_said], time.time()
        self.left = span - now % span
        key = f"api-pace-{self._of(request)}-{int(now // span)}"
        asked = cache.get(key, 0)
        if asked >= int(number):
            return False
        cache.set(key, asked + 1, span)
        return True

    def _of(self, request) -> str:
        if isinstance(request.auth, AccessToken):
            return f"token-{request.auth.pk}"
        return f"person-{request.user.pk}"

    def wait(self) -> float:
        return self.left
