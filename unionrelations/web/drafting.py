"""Keeps what is being typed, by itself, and forgets it when told to. Never changes a record.

A form says who opened it in a signed field, so that what they type is kept for them even after their session has
ended: the draft opens again for them alone, once they are back.
"""

from __future__ import annotations

import json

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from unionrelations.catalogue import ENTITIES
from unionrelations.kit.entities import Entity

from .models import Draft
from .opening import GOOD_FOR, Opened

LONGEST = 500_000  # characters of one draft
SAVED = "saved-forms"  # in the session: forms that were saved, so that a late copy of one makes no draft
MOST_SAVED = 20


def entity_of(slug: str) -> Entity:
    entity = next((one for one in ENTITIES if one.slug == slug and one.form), None)
    if entity is None:
        raise Http404
    return entity


def opened_by(request, slug: str, record: int | None) -> Opened | None:
    """The form as its own person sent it; of a person whose session has ended, if it is not older than a day."""
    signed_in = request.user.is_authenticated
    one = Opened.read(request.POST.get("opened"), slug, record, max_age=None if signed_in else GOOD_FOR)
    return None if one is None or (signed_in and one.who != request.user.pk) else one


def without_files(entity: Entity, sent: QueryDict) -> QueryDict:
    typed = sent.copy()
    for name, field in entity.form.base_fields.items():
        if isinstance(field, forms.FileField):
            typed.pop(name, None)
    return typed


@login_not_required
@require_POST
def keep(request, slug: str, pk: int | None = None):
    """Answers with the moment it was kept, and suggests what follows from what was typed."""
    entity = entity_of(slug)
    opened = opened_by(request, slug, pk)
    if opened is None:
        raise PermissionDenied
    if opened.key in request.session.get(SAVED, ()):
        return HttpResponse(status=204)
    typed = without_files(entity, request.POST)
    if len(json.dumps(dict(typed.lists()))) > LONGEST:
        return render(request, "entity/_state.html", {"too_long": True})
    draft = Draft.objects.keep(opened.who, slug, pk, typed)
    signed_in = request.user.is_authenticated
    answer = render(request, "entity/_state.html", {"draft": draft, "signed_out": not signed_in})
    suggest = getattr(entity.form, "suggestions", None)
    if suggest is None or pk is not None or not signed_in:
        return answer
    return trigger_client_event(answer, "suggested", suggest(typed, request.user, timezone.localdate()))


@require_POST
def drop(request, slug: str, pk: int | None = None):
    """Forgets the draft and opens the form as it was without it."""
    draft = Draft.objects.visible_to(request.user).of(entity_of(slug).slug, pk).first()
    if draft is None:
        return redirect(Draft(slug=slug, record=pk).resume_url)
    draft.delete()
    return redirect(draft.resume_url)


def forget(request, slug: str, record: int | None, opened: Opened | None) -> None:
    """The record is saved: its draft goes, and a copy of the form still under way makes none."""
    Draft.objects.visible_to(request.user).of(slug, record).delete()
    if opened is not None:
        request.session[SAVED] = [*request.session.get(SAVED, ()), opened.key][-MOST_SAVED:]


def keep_for_the_signed_out(request) -> None:
    """A form sent after the session had ended: kept as its owner's draft before they are asked to sign in again."""
    try:
        where = resolve(request.path_info)
    except Resolver404:
        return
    slug, _dash, page = (where.url_name or "").rpartition("-")
    if page not in ("new", "edit") or "opened" not in request.POST:
        return
    record = where.kwargs.get("pk")
    opened = opened_by(request, slug, record)
    if opened is None:
        return
    typed = without_files(entity_of(slug), request.POST)
    if len(json.dumps(dict(typed.lists()))) <= LONGEST:
        Draft.objects.keep(opened.who, slug, record, typed)
        messages.info(
            request, _("Your session had ended. What you typed is kept as a draft: sign in and it opens again.")
        )
