"""Addresses of the door. Those django-allauth looks for keep the names it knows them by."""

from allauth.account import views as accounts
from allauth.socialaccount import views as social
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from unionrelations.kit import converters  # noqa: F401 addresses name records by them

from . import addresses, hooks, invitations, second_factor, sessions, signing_in, standing_in, tokens

SIGN_IN, SIGN_OUT = signing_in.SignIn.as_view(), LogoutView.as_view()

urlpatterns = [
    path("sign-in/", SIGN_IN, name="sign-in"),
    path("sign-out/", SIGN_OUT, name="sign-out"),
    path("sign-in/anew/", signing_in.sign_in_anew, name="sign-in-anew"),
    path("password/", signing_in.ChangePassword.as_view(), name="password"),
    path("sessions/", sessions.page, name="sessions"),
    path("sessions/others/", sessions.end_all_others, name="sessions-end-others"),
    path("sessions/<key:pk>/end/", sessions.end, name="session-end"),
    path("tokens/", tokens.index, name="tokens"),
    path("tokens/<key:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("hooks/", hooks.index, name="hooks"),
    path("hooks/<key:pk>/", hooks.page, name="hook"),
    path("hooks/<key:pk>/test/", hooks.test_call, name="hook-test"),
    path("hooks/<key:pk>/secret/", hooks.new_secret, name="hook-secret"),
    path("hooks/<key:pk>/switch/", hooks.switch, name="hook-switch"),
    path("hooks/<key:pk>/remove/", hooks.remove, name="hook-remove"),
    path("hooks/calls/<key:pk>/again/", hooks.tell_again, name="hook-again"),
    path("browsers/<key:pk>/forget/", sessions.forget, name="browser-forget"),
    path("browsers/<key:pk>/mine/", sessions.mine, name="browser-mine"),
    path("browsers/<key:pk>/not-mine/", sessions.not_mine, name="browser-not-mine"),
    path("invitations/", invitations.index, name="invitations"),
    path("invitations/<key:pk>/again/", invitations.again, name="invitation-again"),
    path("invitations/<key:pk>/withdraw/", invitations.withdraw, name="invitation-withdraw"),
    path("invitations/<str:token>/", invitations.accept, name="invitation"),
    path("stand-ins/", standing_in.index, name="stand-ins"),
    path("stand-ins/stop/", standing_in.stop, name="stand-in-stop"),
    path("stand-ins/<key:pk>/act/", standing_in.act, name="stand-in-act"),
    path("stand-ins/<key:pk>/end/", standing_in.end, name="stand-in-end"),
    path("profile/address/<str:token>/", addresses.confirm, name="address"),
]

# The same pages under the names by which django-allauth finds them, and its own.
library = [
    path("sign-in/", SIGN_IN, name="account_login"),
    path("sign-out/", SIGN_OUT, name="account_logout"),
    path("sign-in/again/", accounts.reauthenticate, name="account_reauthenticate"),
    path("password/forgotten/", accounts.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", accounts.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing_in.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/forgotten/done/", accounts.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path("second-factor/totp/activate/", second_factor.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("second-factor/webauthn/add/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("second-factor/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("second-factor/", include("allauth.mfa.urls")),
    path(
        "single-sign-on/cancelled/",
        login_not_required(RedirectView.as_view(pattern_name="sign-in")),
        name="socialaccount_login_cancelled",
    ),
    path("single-sign-on/error/", social.login_error, name="socialaccount_login_error"),
    path("single-sign-on/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
