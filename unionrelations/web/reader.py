"""What a reader settles for themselves: language, light, keys, and the tour they have had. Never a right or a role."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from unionrelations.accounts.models import User

from .door import addresses
from .session import back


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("language", "keys_on", "digest", "digest_weekday", "email")


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["email"]
        by_letter = settings.MAIL_IS_SENT and asked and "email" in form.changed_data
        if by_letter:
            request.user.email = form.initial["email"]
        request.user.save(update_fields=ProfileForm.Meta.fields)
        if by_letter:
            addresses.ask(request, asked)
        with translation.override(request.user.language):
            messages.success(request, _("Your settings are saved."))
        return redirect("profile")
    return render(request, "profile.html", {"form": form})


@require_POST
def tour(request):
    """Puts the tour away, or brings it back to the first page."""
    request.user.tour_seen = "again" not in request.POST
    request.user.save(update_fields=["tour_seen"])
    return back(request) if request.user.tour_seen else redirect(reverse("home"))
