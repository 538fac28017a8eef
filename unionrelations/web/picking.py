"""Records by name while somebody types, for the fields of forms. Answers with a fragment; never changes anything."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby
from operator import itemgetter

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from activities.models import Activity
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.folding import fold

MOST_FOUND = 20
LONGEST = 120  # characters of a name that are looked at

# What stands under a name, so that two of one name are told apart. By the model's name.
BENEATH = {
    "partner": lambda one: [one.Kind(one.kind).label, one.country],
    "union": lambda one: [one.Kind(one.kind).label, one.parent],
    "country": lambda one: [one.Region(one.region).label],
    "sourcedocument": lambda one: [one.Kind(one.kind).label],
}
JOINED = {"partner": ("country",), "union": ("parent",)}


@require_GET
def pick(request, slug: str):
    """At most 20 records of an entity whose names hold the words, the exact spelling first."""
    entity = next((one for one in ENTITIES if one.slug == slug and one.can_be_found), None)
    if entity is None:
        raise Http404
    if not request.user.has_perm(entity.permission("view")):
        raise PermissionDenied
    words = request.GET.get("q", "")[:LONGEST]
    seen = entity.model._default_manager.visible_to(request.user)
    rows = seen.find(words) if fold(words).strip() else seen.none() if words.strip() else seen.all()
    keys = list(rows.values_list("pk", flat=True)[:MOST_FOUND])  # thousands are put in order: quicker by keys alone
    known = seen.order_by().select_related(*JOINED.get(entity.name, ())).in_bulk(keys)
    records = [known[key] for key in keys if key in known]  # some may be gone meanwhile
    found = [(one.pk, str(one), marked(str(one), words), beneath(one)) for one in records]
    return render(request, "entity/_found.html", {"found": found})


def beneath(record) -> str:
    """The line under a name."""
    if isinstance(record, Activity):
        return record.when
    told = BENEATH.get(record._meta.model_name, lambda _one: [])(record)
    return capfirst(", ".join(str(one) for one in told if one))


@cache
def _bare(letter: str) -> str:
    """As it is searched, in one place as well."""
    return (fold(letter) or " ")[0]


def marked(name: str, words: str) -> SafeString:
    """The name with the parts typed marked, whatever their accents."""
    name = unicodedata.normalize("NFC", name)
    bare = "".join(map(_bare, name))
    hit = [False] * len(name)
    for word in fold(words).split():
        at = bare.find(word)
        if at >= 0:
            hit[at : at + len(word)] = [True] * len(word)
    parts = []
    for is_hit, letters in groupby(zip(name, hit, strict=True), itemgetter(1)):
        text = escape("".join(letter for letter, _is_hit in letters))
        parts.append(f"<mark>{text}</mark>" if is_hit else text)
    return mark_safe("".join(parts))  # noqa: S308  each part is escaped
