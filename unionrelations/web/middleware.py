"""In which language a page answers, who may ask and acts, which requests no page can answer, and who else is told.

The reader's own choice of language, else their cookie's, else the house's. What the browser claims to prefer is never
asked: the interface is Vietnamese until a person says otherwise.
"""

from contextlib import suppress

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.db import Error
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from rest_framework.permissions import SAFE_METHODS

from unionrelations.kit.acts import Way, asked_by, name_of
from unionrelations.tasks.hooks import tell_soon

from .drafting import keep_for_the_signed_out


def known_language(code: str | None) -> str | None:
    """The code if the house speaks it, else None."""
    return code if code in dict(settings.LANGUAGES) else None


def language_of(request) -> str:
    """The language this reader is answered in; still answers when the database does not."""
    try:
        chosen = getattr(getattr(request, "user", None), "language", None)
    except Error:
        chosen = None
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return known_language(chosen) or known_language(cookie) or settings.LANGUAGE_CODE


class ReaderLanguage:
    """Answers in the reader's language and says so; one address may answer with a page or with a part of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(language_of(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response


class SignedIn(LoginRequiredMiddleware):
    """Asks strangers to sign in; a form sent after its person's session had ended is kept for them first."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):  # asked first: a pulse needs no database
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.method == "POST":
            keep_for_the_signed_out(request)
        return super().handle_no_permission(request, view_func)


class NoNullCharacters:
    """Refuses what no keyboard types and PostgreSQL cannot read: a null character in an address or a form."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        sent = (one for fields in (request.GET, request.POST) for values in fields.lists() for one in values[1])
        if "\x00" in request.path or any("\x00" in one for one in sent):
            raise BadRequest
        return self.get_response(request)


class Acting:
    """Whatever a request writes is one act of whoever is signed in; of nobody known before they are."""

    WAYS = (("/api/", Way.API), ("/admin/", Way.OFFICE))

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        way = next((way for start, way in self.WAYS if request.path_info.startswith(start)), Way.PAGE)
        with asked_by(way, lambda: name_of(self._known(request))):
            return self.get_response(request)

    @staticmethod
    def _known(request):
        """The person, where the request has found out already: asking now would be a question in the midst of one."""
        person = request.__dict__.get("user")
        return getattr(request, "_cached_user", None) if isinstance(person, SimpleLazyObject) else person


class Telling:
    """What a request wrote is told to hooks soon after; where that cannot be asked for now, the next minute does."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method not in SAFE_METHODS and response.status_code < 400:
            with suppress(Error):
                tell_soon()
        return response
