"""How a program enters: with a token of a person, as that person, no further than the token goes.

A token opens these addresses alone. Sessions of browsers enter beside it, with the form's secret, as before.
"""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS

from unionrelations.accounts.models import AccessToken
from unionrelations.accounts.second_factor import has_second_factor

SCHEME = "Bearer"


class BearerToken(BaseAuthentication):
    def authenticate(self, request):
        scheme, _blank, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        token = AccessToken.objects.at_the_door(secret.strip(), timezone.localdate())
        person = token.bearer() if token else None
        if person is None:
            raise AuthenticationFailed(_("This token opens nothing: it is unknown, expired or revoked."))
        translation.activate(person.language)  # `ReaderLanguage` puts it back when the answer is made
        if person.must_have_second_factor and not has_second_factor(person):
            raise PermissionDenied(_("Set up your second factor first: your role asks for one."))
        if not token.may_write and request.method not in SAFE_METHODS:
            raise PermissionDenied(_("This token only reads."))
        token.use(timezone.localdate())
        return person, token

    def authenticate_header(self, request):
        return SCHEME
