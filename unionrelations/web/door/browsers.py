"""Which browser this is, whom it is known to, and the letter about a new one. Never follows anybody: the cookie says
nothing, and what is kept of a browser is what it said of itself and the address it came from.
"""

from __future__ import annotations

import re
import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from unionrelations.accounts.letters import write_to
from unionrelations.web.models.browsers import AGENT_LENGTH, KnownBrowser

COOKIE = "browser"
KEPT_FOR = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
PROGRAMS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def named(agent: str) -> str:
    """What a browser says it is, in words people know: "Chrome, Windows"; else its own words."""
    found = [next((name for mark, name in marks if mark in agent), "") for marks in (PROGRAMS, SYSTEMS)]
    return ", ".join(one for one in found if one) or agent or _("A browser that does not say what it is")


def carried(request) -> str:
    """The secret this browser carries, if any."""
    secret = request.COOKIES.get(COOKIE, "")
    return secret if re.fullmatch(r"[\w-]{43}", secret) else ""


def known_as(request, username: str | None) -> KnownBrowser | None:
    """The row by which this browser is known to the account of that name."""
    secret = carried(request)
    if not secret or not username:
        return None
    return KnownBrowser.objects.at_the_door(secret).filter(person__username=username).first()


def address_of(request) -> str:
    return get_adapter().get_client_ip(request)


def meet(request, response, person, *, tell: bool) -> None:
    """Makes the browser known to whoever has just proved who they are; `tell` writes to them where it is a new one."""
    now, secret = timezone.now(), carried(request) or secrets.token_urlsafe(32)
    agent = request.META.get("HTTP_USER_AGENT", "")[:AGENT_LENGTH].replace("\x00", "")
    seen = {"agent": agent, "address": address_of(request), "last_seen": now}
    row, is_new = KnownBrowser.objects.at_the_door(secret).meet(person, secret, seen, None if tell else now)
    response.set_cookie(
        COOKIE, secret, max_age=KEPT_FOR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    if is_new and tell:
        write_to(person, "new_browser", {"browser": named(row.agent), "address": row.address, "moment": now})
