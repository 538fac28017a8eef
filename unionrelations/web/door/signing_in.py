"""Signing in and out, a forgotten password, a new one. One door: the back office has none of its own."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView, PasswordResetFromKeyView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordChangeView
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from .browsers import meet
from .forms import SignInForm
from .sessions import drop_others, keep_own


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "registration/sign-in.html"
    form_class = SignInForm

    def get_form_class(self):
        return SignInForm

    def dispatch(self, request, *args, **kwargs):
        if request.htmx:  # the session ended while a list was open: the whole page goes to the door, not a part of it
            return HttpResponseClientRefresh()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        asked = self.request.POST.get("next", self.request.GET.get("next", ""))
        return super().get_context_data(
            next=asked if get_adapter().is_safe_url(asked) else "",
            office=settings.OIDC_NAME,
            **kwargs,
        )


class NewPassword(PasswordResetFromKeyView):
    """Behind the link of the letter. Who reads the account's e-mail is its owner, so the browser is theirs."""

    def form_valid(self, form):
        answer = super().form_valid(form)
        meet(self.request, answer, self.reset_user, tell=False)
        return answer


class ChangePassword(PasswordChangeView):
    """Everybody changes their own password, leaders too, who have no back office. Other sessions end with it."""

    template_name = "registration/password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form):
        keep_own(self.request, form.save)
        drop_others(self.request)
        get_adapter().send_notification_mail("account/email/password_changed", self.request.user)
        messages.success(self.request, _("Your password is changed."))
        return redirect(self.get_success_url())


def sign_in_anew(request):
    """For who came by single sign-on, has no password here and must show again who they are."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    if request.method != "POST":
        return render(request, "door/anew.html", {"next": asked if ours else ""})
    logout(request)
    return redirect(reverse("sign-in") + (f"?{urlencode({'next': asked})}" if ours else ""))
