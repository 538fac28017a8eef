"""The webhooks of a person: registered right after proving who one is, their secret shown once, each attempt to tell
them listed. Never opens an address itself.
"""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unionrelations.hooks.models import MOST_HOOKS, Call, Hook, Kind
from unionrelations.tasks.hooks import tell_hook

from .adapters import proved_lately
from .tokens import may_make

LISTED = 50
AS_IT_HAPPENS = (Kind.CREATED, Kind.CHANGED, Kind.DELETED, Kind.STEP, Kind.SIGNED)  # to a record, for people to read


class HookForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What it is told"),
        choices=[(one.value, one.label) for one in AS_IT_HAPPENS],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        initial=list(Kind.values),
    )

    class Meta:
        model = Hook
        fields = ("name", "union", "address", "kinds")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        union = self.fields["union"]
        union.queryset, union.initial = person.reach().for_choosing(), person.union_id
        union.empty_label = None if person.union_id else "–"


@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """One's own, and for whoever keeps accounts those of others; making one more right after proving who one is."""
    lately, rows = proved_lately(request), Hook.objects.visible_to(request.user)
    form, secret = HookForm(request.POST or None, person=request.user), ""
    if request.method == "POST" and not (lately and may_make(request.user)):
        return redirect("hooks")
    if request.method == "POST" and form.is_valid():
        if rows.filter(person=request.user).count() >= MOST_HOOKS:
            form.add_error(None, _("You have as many webhooks as one person may have. Remove one first."))
        else:
            secret = form.save(commit=False).make(request.user, timezone.now())
            form = HookForm(person=request.user)
    told = list(rows.select_related("person", "union"))
    context = {
        "form": form,
        "secret": secret,
        "lately": lately,
        "may_make": may_make(request.user),
        "again": _again(request.path),
        "own": [one for one in told if one.person_id == request.user.pk],
        "others": [one for one in told if one.person_id != request.user.pk],
    }
    return render(request, "door/hooks.html", context)


def _again(path: str) -> str:
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': path})}"


def _own(request, pk: int) -> Hook:
    return get_object_or_404(Hook.objects.visible_to(request.user).filter(person=request.user), pk=pk)


@require_safe
def page(request, pk: int):
    return _shown(request, _own(request, pk))


def _shown(request, hook: Hook, secret: str = ""):
    """One hook and what it was told. What waits is not listed: it may turn out to be nothing its person may know."""
    now = timezone.now()
    calls = Call.objects.visible_to(request.user).filter(hook=hook).attempted().prefetch_related("attempts")
    context = {
        "hook": hook,
        "secret": secret,
        "kinds": [one.label for one in AS_IT_HAPPENS if one in hook.kinds],
        "page": Paginator(calls, LISTED).get_page(request.GET.get("page")),
        "both_sign": _both_sign(hook, now),
        "is_signed_out": hook.sign_outs != request.user.sign_outs,
        "again": "" if proved_lately(request) else _again(request.path),
    }
    return render(request, "door/hook.html", context)


def _both_sign(hook: Hook, now: datetime) -> datetime | None:
    return hook.former_until if hook.former_until is not None and now < hook.former_until else None


@require_POST
def test_call(request, pk: int):
    """Tells it something of no record, so that whoever builds the other side sees a signed call at once."""
    hook = _own(request, pk)
    hook.test(timezone.now())
    tell_hook.delay_on_commit(hook.pk)
    messages.info(request, _("A test call is on its way. Its answer stands below within a minute."))
    return redirect("hook", pk=hook.pk)


@require_POST
def tell_again(request, pk: int):
    """One call that was told, or was not: now, under the same name."""
    rows = Call.objects.visible_to(request.user)
    call = get_object_or_404(rows.attempted(), pk=pk)
    rows.filter(pk=call.pk).tell_again(timezone.now())
    tell_hook.delay_on_commit(call.hook_id)
    messages.info(request, _("It is being told again. The answer stands below within a minute."))
    return redirect("hook", pk=call.hook_id)


@never_cache
@sensitive_variables("secret")
@require_POST
def new_secret(request, pk: int):
    hook = _own(request, pk)
    if not proved_lately(request):
        return redirect("hook", pk=pk)
    return _shown(request, hook, hook.change_secret(timezone.now()))


@require_POST
def switch(request, pk: int):
    """Off, or on again: on asks who one is, as making one does."""
    hook = _own(request, pk)
    if hook.off_at is None and hook.sign_outs == request.user.sign_outs:
        Hook.objects.visible_to(request.user).filter(pk=hook.pk).switch_off(timezone.now())
    elif proved_lately(request):
        hook.switch_on()
    return redirect("hook", pk=pk)


@require_POST
def remove(request, pk: int):
    """By its person, or by whoever keeps accounts."""
    hook = get_object_or_404(Hook.objects.visible_to(request.user), pk=pk)
    hook.delete()
    messages.success(request, _("“%(name)s” is removed; it is told nothing any more.") % {"name": hook.name})
    return redirect("hooks")
