"""Who must prove themselves twice is led to set that up before anything else.

Asked of every request of a session, pages, files and the API alike, so no door goes round it. What is open to strangers
stays open.
"""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from unionrelations.accounts.second_factor import has_second_factor

from .sessions import end_others

API = "/api/"
# What somebody without their second factor needs to get one, or to go.
OPEN = frozenset(
    {
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
        *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "sign-in-anew", "sign-out"),
    }
)


def proved_twice(request) -> bool:
    """Whether the session's person has a second factor; a session that used it is not asked about it again."""
    used = {record["method"] for record in get_authentication_records(request, request.user)}
    if "mfa" in used or (settings.OIDC_HAS_SECOND_FACTOR and "socialaccount" in used):
        return True
    return has_second_factor(request.user)


def is_open(request, view) -> bool:
    """Whether strangers may come here. Endpoints ask for their reader themselves and say nothing of that to Django."""
    return not getattr(view, "login_required", True) and not request.path.startswith(API)


class SecondFactor:
    """The middleware that leads there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if is_open(request, view) or request.resolver_match.url_name in OPEN:  # asked first: a pulse needs no database
            return None
        if not request.user.is_authenticated or not request.user.must_have_second_factor or proved_twice(request):
            return None
        return self.lead(request)

    @staticmethod
    def lead(request):
        """To where it is set up; a program is told in a sentence."""
        page = reverse("mfa_index")
        if request.path.startswith(API):
            said = _("Set up your second factor first: your role asks for one.")
            return JsonResponse({"detail": said, "page": page}, status=403)
        return HttpResponseClientRedirect(page) if request.htmx else redirect(page)


class WithoutOthers:
    """Sessions begun with the password alone end where a second factor is set up."""

    def form_valid(self, form):
        answer = super().form_valid(form)
        end_others(self.request)
        return answer


class SetUpApp(WithoutOthers, ActivateTOTPView):
    pass


class AddPasskey(WithoutOthers, AddWebAuthnView):
    pass
