"""What the house answers where django-allauth asks: addresses, letters, words, who may come in by single sign-on."""

from __future__ import annotations

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.letters import write_to
from unionrelations.kit.seals import seal

from .browsers import meet, named
from .invitations import account_for
from .links import absolute
from .sessions import SEEN

# Letters of django-allauth, by the name of its template: ours that says it, in `mail/accounts`.
LETTERS = {
    "account/email/password_reset": "password_changed",
    "account/email/password_changed": "password_changed",
    "account/email/password_set": "password_changed",
    "mfa/email/totp_activated": "second_factor_set_up",
    "mfa/email/webauthn_added": "second_factor_set_up",
    "mfa/email/totp_deactivated": "second_factor_gone",
    "mfa/email/webauthn_removed": "second_factor_gone",
    "mfa/email/recovery_codes_generated": "recovery_codes",
    "socialaccount/email/account_connected": "single_sign_on",
}


def proved_lately(request) -> bool:
    """Whether this session's person has shown within the last minutes who they are, by whatever means."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class Accounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "The user name or the password is not right. Capital letters matter in the password."
        ),
        "incorrect_password": _("This is not your password. Capital letters matter."),
        "incorrect_code": _("This code is not right or was used before. Wait for the next one and type it again."),
        "too_many_login_attempts": _("Too many tries. Wait a quarter of an hour."),
        "rate_limited": _("Too many tries. Wait a few minutes."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def login(self, request, user) -> None:
        request.had_signed_in = user.last_login is not None
        super().login(request, user)

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        request.session[SEEN] = time.time()
        meet(request, response, user, tell=getattr(request, "had_signed_in", True))
        return response

    def respond_user_inactive(self, request, user):
        messages.error(request, gettext("This account is closed. Your union's administrator can open it again."))
        return redirect("sign-in")

    def add_message(self, request, level, *args, message=None, **kwargs) -> None:
        """The pages say themselves what happened, but where a form that shows nothing of its own was refused."""
        if level != messages.ERROR or message is None:
            return
        if request.resolver_match.url_name in ("mfa_login_webauthn", "mfa_reauthenticate_webauthn"):
            message = gettext("The passkey was not used. Try again, or sign in with your password.")
        messages.error(request, message)

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        return not proved_lately(self.request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """One who has neither password nor second factor came by single sign-on, and comes that way again."""
        words = {
            "reauthenticate": gettext("Use the password"),
            "mfa_reauthenticate": gettext("Use a code"),
            "mfa_reauthenticate:webauthn": gettext("Use a passkey"),
        }
        methods = [one | {"description": words[one["id"]]} for one in super().get_reauthentication_methods(user)]
        again = {"id": "again", "description": gettext("Sign in again"), "url": reverse("sign-in-anew")}
        return methods or ([again] if user.is_authenticated else [])

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return absolute(self.request, path.replace("UID-KEY", key))

    def send_password_reset_mail(self, user, email, context) -> None:
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        write_to(user, "new_password", {"link": context["password_reset_url"], "hours": hours})

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        write_to(
            user,
            LETTERS[template_prefix],
            {"address": self.get_client_ip(self.request), "browser": named(self.get_http_user_agent(self.request))},
        )


class SecondFactors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right or was used before. Wait for the next one and type it again."),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
    }

    def get_totp_issuer(self) -> str:
        return gettext("Union Relations")

    def _get_site_name(self) -> str:
        return gettext("Union Relations")

    def get_totp_label(self, user) -> str:
        return user.get_username()

    def _get_user_identifier(self, user) -> str:
        return user.get_username()

    def generate_authenticator_name(self, user, type) -> str:
        browser = named(self.request.META.get("HTTP_USER_AGENT", ""))
        return pgettext("passkey", "Passkey of %(browser)s") % {"browser": browser}

    def encrypt(self, text: str) -> str:
        """Secrets of authenticator apps lie in the database sealed with the house's key."""
        return seal("second factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return seal("second factor").decrypt(encrypted_text.encode()).decode()


class SingleSignOn(DefaultSocialAccountAdapter):
    """Who comes by the provider is found by an address it has verified: an open account, or an open invitation."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request, sociallogin) -> None:
        if sociallogin.is_existing:
            return
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        person = account_for(verified, sociallogin)
        if person is None:
            raise ImmediateHttpResponse(
                render(request, "socialaccount/refused.html", {"is_verified": bool(verified)}, status=403)
            )
        sociallogin.connect(request, person)

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None) -> None:
        raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", status=502))
