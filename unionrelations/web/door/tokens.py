"""The tokens by which programs enter for somebody: made by their person, shown once, revoked by them or by whoever
keeps accounts. Never knows what a program asks for.
"""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from unionrelations.accounts.models import AccessToken
from unionrelations.accounts.models.tokens import MOST_DAYS
from unionrelations.accounts.second_factor import has_second_factor
from unionrelations.kit.forms import DayField

from .adapters import proved_lately

USUAL_DAYS = 90


class TokenForm(forms.ModelForm):
    expires_on = DayField(label=gettext_lazy("good until"))
    may_write = forms.TypedChoiceField(
        label=gettext_lazy("What it may do"),
        choices=((False, gettext_lazy("Read only")), (True, gettext_lazy("Read and write"))),
        coerce=lambda said: said == "True",
        widget=forms.RadioSelect,
        initial=False,
    )

    class Meta:
        model = AccessToken
        fields = ("name", "union", "may_write", "expires_on")

    def __init__(self, *args, person, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        union = self.fields["union"]
        union.queryset, union.initial = person.reach().for_choosing(), person.union_id
        union.empty_label = None if person.union_id else "–"
        self.fields["expires_on"].initial = today + timedelta(days=USUAL_DAYS)
        self.fields["expires_on"].help_text = _("At most a year from now.")

    def clean_expires_on(self) -> date:
        day = self.cleaned_data["expires_on"]
        if not self.today <= day <= self.today + timedelta(days=MOST_DAYS):
            raise ValidationError(_("Name a day from today on, at most a year from now."), code="out of range")
        return day


def may_make(person) -> bool:
    """Who must prove themselves twice lets no program in before they can."""
    return not person.must_have_second_factor or has_second_factor(person)


@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """One's own, and for whoever keeps accounts those of others; making one more right after proving who one is."""
    today, lately = timezone.localdate(), proved_lately(request)
    form = TokenForm(request.POST or None, person=request.user, today=today)
    secret = ""
    if request.method == "POST" and not (lately and may_make(request.user)):
        return redirect("tokens")
    if request.method == "POST" and form.is_valid():
        secret = form.save(commit=False).make(request.user, timezone.now())
        form = TokenForm(person=request.user, today=today)
    rows = AccessToken.objects.visible_to(request.user).open(today).select_related("person", "union")
    context = {
        "form": form,
        "secret": secret,
        "lately": lately,
        "may_make": may_make(request.user),
        "again": f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}",
        "own": [one for one in rows if one.person_id == request.user.pk],
        "others": [one for one in rows if one.person_id != request.user.pk],
    }
    return render(request, "door/tokens.html", context)


@require_POST
def revoke(request, pk):
    token = get_object_or_404(AccessToken.objects.visible_to(request.user).open(timezone.localdate()), pk=pk)
    AccessToken.objects.visible_to(request.user).filter(pk=token.pk).revoke(timezone.now())
    messages.success(request, _("“%(name)s” is revoked; it opens nothing any more.") % {"name": token.name})
    return redirect("tokens")
