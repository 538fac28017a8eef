"""Forms of django-allauth with the house's words, and with failures counted where passwords are counted."""

from __future__ import annotations

from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.forms import UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import lockout
from .adapters import Accounts

CODE = _("Six digits from the app, or one of your recovery codes")


class SignInForm(LoginForm):
    """A name and a password. Which of the two was wrong is not said."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = UsernameField(label=_("User name"))

    def add_prefix(self, field_name):
        """The field is called what it has always been called here."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class Forgotten(ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
        )


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
        )


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in (("password1", _("New password")), ("password2", _("New password once more"))):
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)


class CountedCode:
    """A code typed wrong is a failure like a wrong password, and waits behind the same door."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = _("Code"), CODE
        field.widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True})

    def clean_code(self):
        request = context.request
        if lockout.is_closed(request, self.user):
            raise Accounts().validation_error("too_many_login_attempts")
        try:
            return super().clean_code()
        except ValidationError:
            lockout.failed(request, self.user)
            raise


class CodeForm(CountedCode, AuthenticateForm):
    pass


class CodeAgainForm(CountedCode, ReauthenticateByCodeForm):
    pass


class AppForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = _("Code from the app"), _("Six digits; a new code comes every 30 seconds.")
        field.widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})


class PasskeyForm(AddWebAuthnForm):
    """A passkey signs in by itself; a key that only stands beside the password is added with the tick taken out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].max_length = 80
        field = self.fields["passwordless"]
        field.label, field.initial = _("Also signs in without a password"), True
        field.help_text = _("Asks for your finger, face or PIN. Older security keys cannot do this: take the tick out.")


class PasskeyNameForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=80)
