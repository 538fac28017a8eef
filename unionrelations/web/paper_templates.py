"""The templates of papers: which one is in force, the house's to begin with, what it may ask for, replacing it.

Read by whoever may see them; replaced and taken back by administrators. Never fills one in.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.reports.models import PaperTemplate
from activities.reports.paperwork.kinds import LANGUAGES, Kind, Language
from activities.reports.paperwork.making import house_template
from activities.reports.paperwork.vocabulary import ACTIVITY, HEAD, PLAN, ROWS_OF_ACTIVITY, ROWS_OF_PLAN, SPOKEN
from unionrelations.accounts.models import Union
from unionrelations.kit.upload_forms import FileInput
from unionrelations.kit.writers import FORMATS

from .files import attachment

SEES = permission_required("reports.view_papertemplate", raise_exception=True)
DOCX = FORMATS["docx"]


class TemplateForm(forms.ModelForm):
    """The file of one union, kind and language; the model tries it."""

    class Meta:
        model = PaperTemplate
        fields = ("file", "note")
        widgets = {"file": FileInput}


@require_safe
@SEES
def index(request):
    """Every kind and language, with the template the union's papers are made with."""
    union = _union(request)
    in_force = PaperTemplate.objects.visible_to(request.user).of_each(union) if union else {}
    rows = [
        (kind, language, in_force.get((kind, language)), _address("paper-template", kind, language, union=union))
        for kind in Kind
        for language in LANGUAGES[kind]
    ]
    context = {"rows": rows, "union": union, "unions": _choices(request), "may_replace": _may_replace(request, union)}
    return render(request, "papers/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@SEES
def page(request, kind: str, language: str):
    """One of them: what it may ask for in both languages, the house's own to begin with, and the form to replace it."""
    chosen = _chosen(kind, language)
    union = _union(request)
    used = PaperTemplate.objects.visible_to(request.user).of_each(union).get(chosen) if union else None
    own = used if used is not None and used.union_id == union.pk else None
    may_replace = _may_replace(request, union)
    form = TemplateForm(
        request.POST or None,
        request.FILES or None,
        instance=own or PaperTemplate(union=union, kind=chosen[0], language=chosen[1]),
    )
    if request.method == "POST":
        if not may_replace:
            raise PermissionDenied
        if form.is_valid():
            form.instance.changed_by = request.user
            form.save()
            messages.success(
                request, _("From now on papers are made with this template: %(name)s") % {"name": form.instance}
            )
            return redirect(_address("paper-template", *chosen, union=union))
    context = {
        "kind": chosen[0],
        "language": chosen[1],
        "union": union,
        "used": used,
        "own": own,
        "form": form if may_replace else None,
        "groups": _placeholders(chosen[0]),
        "house_url": reverse("paper-template-house", args=chosen),
        "gone_url": _address("paper-template-gone", *chosen, union=union),
        "index_url": _address("paper-templates", union=union),
    }
    return render(request, "papers/template.html", context, status=422 if form.errors else 200)


@require_safe
@SEES
def house(request, kind: str, language: str):
    """The house's own, to begin with."""
    chosen = _chosen(kind, language)
    return attachment(house_template(*chosen), DOCX.media_type, f"{chosen[0]}-{chosen[1]}.{DOCX.suffix}")


@require_POST
@permission_required("reports.delete_papertemplate", raise_exception=True)
def take_back(request, kind: str, language: str):
    """The union's own goes; papers are made with that of the nearest union above, or the house's."""
    chosen, union = _chosen(kind, language), _union(request)
    with transaction.atomic():
        mine = PaperTemplate.objects.writable_by(request.user)
        own = get_object_or_404(mine, union=union, kind=chosen[0], language=chosen[1])
        said = _("Taken back: %(name)s") % {"name": own}
        own.delete()
    messages.success(request, said)
    return redirect(_address("paper-template", *chosen, union=union))


def _chosen(kind: str, language: str) -> tuple[Kind, Language]:
    if kind not in Kind.values or language not in LANGUAGES[kind]:
        raise Http404
    return Kind(kind), Language(language)


def _union(request) -> Union | None:
    """The one asked for, else the reader's own."""
    seen = Union.objects.visible_to(request.user)
    if code := request.GET.get("union"):
        return get_object_or_404(seen, code=code)
    return request.user.union or seen.order_by("path").first()


def _choices(request) -> list[tuple[str, str]]:
    return [(one.code, str(one)) for one in Union.objects.visible_to(request.user).for_choosing()]


def _may_replace(request, union: Union | None) -> bool:
    """Administrators, for their own union and those below: what is handed down from above is read alone."""
    return union is not None and request.user.has_perm("reports.change_papertemplate")


def _address(name: str, *chosen: str, union: Union | None) -> str:
    asked = f"?{urlencode({'union': union.code})}" if union else ""
    return f"{reverse(name, args=chosen)}{asked}"


def _placeholders(kind: Kind) -> list[tuple]:
    """(heading, [(placeholder, meaning in each language)], how a list is written) of what a template may ask for."""
    words, lists = (PLAN, ROWS_OF_PLAN) if kind == Kind.PLAN else (ACTIVITY, ROWS_OF_ACTIVITY)
    groups = [
        (_("Head and foot of the paper"), _meanings("{{ %s }}", HEAD), ""),
        (_("The record"), _meanings("{{ %s }}", words), ""),
    ]
    return groups + [
        (_("List: %(name)s") % {"name": name}, _meanings("{{ one.%s }}", fields), f"{{%tr for one in {name} %}}")
        for name, fields in lists.items()
    ]


def _meanings(written: str, words: dict) -> list[tuple[str, list[str]]]:
    return [(written % name, [_in(language, said) for language in SPOKEN]) for name, said in words.items()]


def _in(language: str, said) -> str:
    with translation.override(language):
        return capfirst(str(said))
