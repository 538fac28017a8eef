"""Who has failed too often, at passwords or codes, and is asked to wait. Nobody can be kept out by somebody else.

A browser that has signed in before answers for itself alone: five failures in a quarter of an hour close it, and no
failure anywhere else does. Browsers nobody knows are counted three times: by name and address (5), by name from
everywhere (30, so that many machines together guess slowly) and by address under any name (60, so that one machine
does not try everybody). Whoever stands before a door closed to strangers comes in by a browser they used before, by a
passkey, by single sign-on, or by a new password through their e-mail, which makes the browser known. Counted in the
database, so that all processes and machines count together.
"""

from __future__ import annotations

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from django.contrib.auth.signals import user_login_failed

from unionrelations.accounts.failures import KNOWN, count, of_known, of_strangers

from .browsers import known_as

BY_NAME, BY_ADDRESS = 30, 60  # failures within the cool-off


class Lockout(AxesDatabaseHandler):
    """Axes, with another idea of what belongs together. What a browser says it is, anybody can say: it counts not."""

    def is_allowed(self, request, credentials=None) -> bool:
        self._place(request, credentials)
        return super().is_allowed(request, credentials)

    def is_locked(self, request, credentials=None) -> bool:
        if super().is_locked(request, credentials):
            return True
        if request.axes_place:
            return False
        name, since = get_client_username(request, credentials), get_cool_off_threshold(request)
        return (
            count(of_strangers(username=name), since) >= BY_NAME
            or count(of_strangers(ip_address=request.axes_ip_address), since) >= BY_ADDRESS
        )

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is not None:
            self._place(request, credentials)
            request.axes_user_agent = request.axes_place
        super().user_login_failed(sender, credentials, request, **kwargs)

    def user_logged_in(self, sender, request, user, **kwargs):
        self._place(request, {"username": user.get_username()})
        super().user_logged_in(sender, request, user, **kwargs)

    def filter_user_attempts(self, request, credentials=None) -> list:
        """What this browser answers for, under this name."""
        name = get_client_username(request, credentials)
        if request.axes_place:
            return [of_known(name, request.axes_place)]
        return [of_strangers(username=name, ip_address=request.axes_ip_address)]

    @staticmethod
    def _place(request, credentials) -> None:
        row = known_as(request, get_client_username(request, credentials))
        request.axes_place = f"{KNOWN}{row.pk}" if row else ""


def is_closed(request, person) -> bool:
    """Whether this browser has to wait before it tries once more as this person."""
    return not AxesProxyHandler.is_allowed(request, {"username": person.get_username()})


def failed(request, person) -> None:
    """A wrong code counts like a wrong password."""
    user_login_failed.send(__name__, credentials={"username": person.get_username()}, request=request)
