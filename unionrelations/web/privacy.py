"""One person in all the records: found by name, taken along as a file, erased; for whoever looks after the house."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from unionrelations.kit.documents import Document, Grid
from unionrelations.kit.writers import FORMATS
from unionrelations.privacy.erasing import erase
from unionrelations.privacy.finding import Place, accounts, places
from unionrelations.privacy.models import Erasure, Reading
from unionrelations.privacy.spotting import folded, is_name, spots

from .files import download
from .undoing import address_of

LEAST_LETTERS = 3
MOST_SHOWN = 500  # places on the page; a file has all of them
FILES = ("xlsx", "json")
ACCOUNT = "accounts.User"


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the person"),
        max_length=120,
        help_text=gettext_lazy("The whole name, with or without accents. Namesakes are found together."),
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if len(folded(name).replace(" ", "")) < LEAST_LETTERS:
            raise forms.ValidationError(_("Write the whole name: at least three letters."))
        return name


class EraseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Such as number and day of the person's request. Not the name: it is kept for good."),
    )
    again = forms.CharField(
        label=gettext_lazy("The name once more"),
        max_length=120,
        help_text=gettext_lazy("Erasing cannot be undone, so it is asked for twice."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, name: str, chosen: set[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.name, self.chosen = name, chosen

    def clean_reason(self) -> str:
        if any(spots(self.cleaned_data["reason"], self.name)):
            raise forms.ValidationError(_("The reason names the person. Leave the name out: the reason is kept."))
        return self.cleaned_data["reason"]

    def clean_again(self) -> str:
        if not is_name(self.cleaned_data["again"], self.name):
            raise forms.ValidationError(_("This is not the name that was looked for. Nothing was erased."))
        return self.cleaned_data["again"]

    def clean(self):
        if not self.chosen:
            raise forms.ValidationError(_("Tick at least one place."))


@require_http_methods(["GET", "POST"])
def page(request):
    if not request.user.keeps_the_house:
        raise PermissionDenied
    asked = NameForm(request.GET if "name" in request.GET else None)
    context = {"asked": asked, "erased": Erasure.objects.visible_to(request.user).select_related("by")[:20]}
    if not asked.is_bound or not asked.is_valid():
        return render(request, "privacy/page.html", context)
    name = asked.cleaned_data["name"]
    found, people = places(name, request.user), accounts(name)
    if wanted := request.GET.get("format"):
        return _as_file(request, wanted, name, found, people)
    chosen = set(request.POST.getlist("place"))
    form = EraseForm(request.POST or None, name=name, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        done = erase(name, chosen, by=request.user, reason=form.cleaned_data["reason"])
        said = ngettext("Erased at %(n)s place.", "Erased at %(n)s places.", done.places) % {"n": done.places}
        left = len(places(name, request.user)) + len(accounts(name))
        more = ngettext("%(n)s place is left.", "%(n)s places are left.", left) % {"n": left} if left else ""
        messages.success(request, f"{said} {more}".strip())
        return redirect(f"{reverse('privacy')}?{urlencode({'name': name})}" if left else reverse("privacy"))
    ticked = chosen if request.method == "POST" else {one.key for one in found if one.names}
    context |= {
        "name": name,
        "form": form,
        "accounts": [(one, f"{ACCOUNT}:{one.pk}", f"{ACCOUNT}:{one.pk}" in ticked) for one in people],
        "places": [(one, one.key in ticked, address_of(one.owner)) for one in found[:MOST_SHOWN]],
        "left_out": max(len(found) - MOST_SHOWN, 0),
        "files": [(one.upper(), f"?{urlencode({'name': name, 'format': one})}") for one in FILES],
    }
    return render(request, "privacy/page.html", context)


def _as_file(request, wanted: str, name: str, found: list[Place], people):
    """All that is kept of the person, with where and why. Noted as a look at their details."""
    if wanted not in FILES:
        raise BadRequest
    Reading.note(request.user, timezone.localdate(), "privacy", None, Reading.Way.FILE, 1)
    rows = [
        *((_("Account"), one.username, str(label), str(words)) for one in people for label, words in _of_account(one)),
        *((one.kind, str(one.row), label, words) for one in found for label, words in one.kept()),
    ]
    if wanted == "json":
        why = {one.key: str(one.holding.why) for one in found}
        return JsonResponse(
            {
                "name": name,
                "accounts": [dict(_of_account(one)) for one in people],
                "places": [
                    {"kind": one.kind, "record": str(one.row), "why": why[one.key], "kept": dict(one.kept())}
                    for one in found
                ],
            },
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
    headers = (_("Kind"), _("Record"), _("Field"), _("What is kept"))
    title = _("What is kept about one person")
    return download(Document(title, (Grid(headers, tuple(rows), title=title),)), FORMATS[wanted])


def _of_account(one) -> list[tuple[str, str]]:
    fields = ("username", "last_name", "first_name", "email", "role", "union", "date_joined", "last_login")
    label = one._meta.get_field
    return [(str(label(name).verbose_name), str(getattr(one, name) or "")) for name in fields]
