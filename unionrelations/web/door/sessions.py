"""Where somebody is signed in, and signing out there; the browsers that know them. Never a place: an address is all a
server sees of where a browser stands.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionrelations.kit.noting import note
from unionrelations.web.models import KnownBrowser
from unionrelations.web.models.browsers import digest

from .browsers import address_of, carried, named

SEEN, EVERY = "last-seen", timedelta(minutes=5)


class LastSeen:
    """Notes every few minutes that a session is still in use, and from which address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code < 500 and SEEN in request.session and request.user.is_authenticated:
            now = timezone.now()
            if abs(now.timestamp() - request.session[SEEN]) > EVERY.total_seconds():  # a clock may have been set back
                note(request.session, **{SEEN: now.timestamp()})
                prolong(request.session, response)
                if session := listed(request.user, request.session.session_key):
                    session.last_seen_at, session.ip = now, address_of(request)
                    session.save(update_fields=["last_seen_at", "ip"])
        return response


def prolong(session, response) -> None:
    """Gives a browser the cookie anew, which it forgets as long after it was given as a session lasts."""
    if not session.get_expire_at_browser_close():
        response.set_cookie(
            settings.SESSION_COOKIE_NAME,
            session.session_key,
            max_age=session.get_expiry_age(),
            domain=settings.SESSION_COOKIE_DOMAIN,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=settings.SESSION_COOKIE_HTTPONLY,
            samesite=settings.SESSION_COOKIE_SAMESITE,
        )


def listed(person, key: str) -> UserSession | None:
    """The row of a session; one begun before sessions were listed has none."""
    return person.usersession_set.filter(session_key=key).first()


def keep_own(request, change) -> None:
    """Gives this session the new mark after `change` made all marks void; it stays in the list under its new key."""
    before = request.session.session_key
    change()
    update_session_auth_hash(request, request.user)
    if session := listed(request.user, before):
        session.session_key = request.session.session_key
        session.save(update_fields=["session_key"])


def end_others(request) -> None:
    """Ends every other session of this person, also those begun before sessions were listed."""
    keep_own(request, request.user.sign_out_everywhere)
    drop_others(request)


def drop_others(request) -> None:
    """Takes the other sessions out of the list and out of the store."""
    for session in request.user.usersession_set.exclude(session_key=request.session.session_key):
        session.end()


def purge_and_list(person) -> list[UserSession]:
    """The sessions that are still good; the rows of others go."""
    return [one for one in person.usersession_set.all() if not one.purge()]


@require_GET
def page(request):
    own = request.session.session_key
    sessions = sorted(purge_and_list(request.user), key=lambda one: one.last_seen_at, reverse=True)
    secret = carried(request)
    browsers = KnownBrowser.objects.visible_to(request.user)
    context = {
        "sessions": [(one, named(one.user_agent), one.session_key == own) for one in sessions],
        "browsers": [(one, named(one.agent), bool(secret) and one.secret_hash == digest(secret)) for one in browsers],
    }
    return render(request, "door/sessions.html", context)


@require_POST
def end(request, pk):
    """Signs out one other session."""
    session = get_object_or_404(request.user.usersession_set, pk=pk)
    if session.session_key != request.session.session_key:
        session.end()
        messages.success(request, _("Signed out there."))
    return redirect("sessions")


@require_POST
def end_all_others(request):
    end_others(request)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("sessions")


@require_POST
def forget(request, pk):
    """The browser is a stranger again; the next sign-in there is told of."""
    get_object_or_404(KnownBrowser.objects.visible_to(request.user), pk=pk).delete()
    messages.success(request, _("The browser is forgotten."))
    return redirect("sessions")


@require_POST
def mine(request, pk):
    """The person says that the new browser is theirs."""
    browser = get_object_or_404(KnownBrowser.objects.visible_to(request.user), pk=pk)
    browser.answered_at = timezone.now()
    browser.save(update_fields=["answered_at"])
    return redirect("home")


@require_POST
def not_mine(request, pk):
    """Somebody else signed in: they are put out everywhere, and the password is changed next."""
    KnownBrowser.objects.visible_to(request.user).filter(pk=pk).delete()
    end_others(request)
    messages.warning(request, _("Signed out everywhere else. Now choose a new password, so that nobody comes back."))
    return redirect("password")
