"""The reader's language and light, and the pages shown when something is wrong.

Never knows an entity. The pages for a broken house ask no database.
"""

import sys

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from unionrelations.kit.faults import is_database_gone, is_disk_full

from .context import THEME_COOKIE, THEMES
from .middleware import known_language, language_of

A_YEAR = 365 * 24 * 3600  # seconds
AGAIN_IN = 60  # seconds after which a program may ask once more
MOST_KEPT = 500_000  # characters of a form that a page carries along
SECRETS = ("password", "credential")  # what no page repeats


def back(request) -> HttpResponseRedirect:
    """To the page the reader came from, if it is one of ours."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(asked if ours else reverse("home"))


def remember(response, cookie: str, value: str) -> None:
    """A choice that is no secret, kept for a year."""
    response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


@login_not_required
@require_POST
def language(request):
    """Keeps the reader's language with their account, and in a cookie for the pages before and after signing in."""
    response = back(request)
    if code := known_language(request.POST.get("lang")):
        if request.user.is_authenticated:
            request.user.language = code
            request.user.save(update_fields=["language"])
        remember(response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


@login_not_required
@require_POST
def theme(request):
    """Keeps light or dark on this machine; a script does the same without a round trip."""
    response = back(request)
    if (chosen := request.POST.get("theme")) in THEMES:
        remember(response, THEME_COOKIE, chosen)
    return response


def for_a_program(request, status: int) -> JsonResponse | None:
    """In JSON for whoever asked the API, which has no pages."""
    if not request.path.startswith("/api/"):
        return None
    if status == 400:
        return JsonResponse({"non_field_errors": [gettext("This request cannot be read.")]}, status=status)
    return JsonResponse({"detail": gettext("Nothing is here, or nothing you may see.")}, status=status)


def bad_request(request, exception=None):
    if answer := for_a_program(request, 400):
        return answer
    if type(exception) is BadRequest and str(exception):  # of ours: a sentence for the reader
        messages.error(request, str(exception))
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    return for_a_program(request, 403) or render(request, "errors/403.html", status=403)


def not_found(request, exception=None):
    return for_a_program(request, 404) or render(request, "errors/404.html", status=404)


def broken(request):
    """The house itself failed: no database, no reader, only words. Where the machine failed, which is over one day, the
    page keeps what was typed, to be sent again."""
    failure = sys.exc_info()[1]
    with translation.override(language_of(request)):
        if failure is not None and (is_disk_full(failure) or is_database_gone(failure)):
            page = "errors/full.html" if is_disk_full(failure) else "errors/away.html"
            words = render_to_string(page, _again(request))
            return HttpResponse(words, status=503, headers={"Retry-After": AGAIN_IN})
        return HttpResponse(render_to_string("errors/500.html"), status=500)


def _again(request) -> dict:
    """What it takes to ask once more for the same."""
    again = request.get_full_path() if request.method in ("GET", "POST") else "/"
    return {
        "again": again,
        "typed": _typed(request),
        "with_files": bool(request.FILES),
        "is_sent": request.method == "POST",
        "csrf_token": get_token(request),
    }


def _typed(request) -> list[tuple[str, str]]:
    """What a form of ours held. None of a form with files, which no page can hand on, nor of one that asks for a
    secret, nor of one that another site may have sent."""
    if request.method != "POST" or request.FILES:
        return []
    if any(word in name.lower() for name in request.POST for word in SECRETS):
        return []
    typed = [(name, one) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for one in values]
    if sum(len(name) + len(one) for name, one in typed) > MOST_KEPT:
        return []
    refused = CsrfViewMiddleware(broken).process_view(request, broken, (), {})
    return typed if refused is None else []


urlpatterns = [
    path("language/", language, name="language"),
    path("theme/", theme, name="theme"),
]
