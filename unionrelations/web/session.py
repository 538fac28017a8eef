"""The door itself: signing in and out, the reader's language and light, and the pages shown when something is wrong.

Never knows an entity. The page for a broken house asks no database.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse, reverse_lazy
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from .context import THEME_COOKIE, THEMES
from .middleware import known_language, language_of

A_YEAR = 365 * 24 * 3600  # seconds


class SignInForm(AuthenticationForm):
    """A name and a password. Which of the two was wrong is not said."""

    error_messages = {
        "invalid_login": _("The user name or the password is not right. Capital letters matter in the password."),
        "inactive": _("This account is closed. Your union's administrator can open it again."),
    }


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "registration/sign-in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        if request.htmx:  # the session ended while a list was open: the whole page goes to the door, not a part of it
            return HttpResponseClientRefresh()
        return super().dispatch(request, *args, **kwargs)


class ChangePassword(SuccessMessageMixin, PasswordChangeView):
    """Everybody changes their own password, leaders too, who have no back office."""

    template_name = "registration/password.html"
    success_url = reverse_lazy("home")
    success_message = _("Your password is changed.")


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


def bad_request(request, exception=None):
    if type(exception) is BadRequest and str(exception):  # of ours: a sentence for the reader
        messages.error(request, str(exception))
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", status=403)


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def broken(request):
    """The house itself failed: no database, no reader, only words."""
    with translation.override(language_of(request)):
        return HttpResponseServerError(render_to_string("errors/500.html"))


urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("password/", ChangePassword.as_view(), name="password"),
    path("language/", language, name="language"),
    path("theme/", theme, name="theme"),
]
