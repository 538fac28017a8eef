"""What may be there twice, pair by pair with the evidence; a person says that it is one, or that it is two.

Never merges: the way there leads over the page that says what a merge moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from activities.entities.common import kind_in_words
from activities.models import Activity
from activities.reports.duplicates.evidence import Words
from activities.reports.models import OF_ACTIVITIES, Distinct, DuplicateSearch, Suspicion
from unionrelations.deeds.merging import BY_LABEL, MERGED, may_merge
from unionrelations.tasks import find_duplicates
from unionrelations.web.picking import beneath

PAIRS_ON_A_PAGE = 20
MOST_TOLD = 50  # pairs told apart that the page shows, the newest
PARTNERS, ACTIVITIES = "partners", "activities"
LABELS = {PARTNERS: ("partners.partner",), ACTIVITIES: OF_ACTIVITIES}


@dataclass(frozen=True)
class Side:
    """One record of a pair as a reader sees it."""

    title: str
    url: str
    beneath: str


@dataclass(frozen=True)
class Shown:
    """A pair with what it takes to decide."""

    pair: models.Model
    sides: tuple[Side, Side]
    evidence: str
    merge_url: str
    apart_url: str


@permission_required("partners.view_partner", raise_exception=True)
@require_GET
def index(request):
    of = request.GET.get("of", PARTNERS)
    if of not in LABELS:
        raise BadRequest(_("Choose partners or activities."))
    user = request.user
    suspected = {one: Suspicion.objects.visible_to(user).open().filter(label__in=LABELS[one]) for one in LABELS}
    tabs = [
        (name, f"{request.path}?of={one}", suspected[one].count(), one == of)
        for one, name in ((PARTNERS, _("Partners")), (ACTIVITIES, _("Activities")))
    ]
    page = Paginator(suspected[of], PAIRS_ON_A_PAGE).get_page(request.GET.get("page"))
    told = Distinct.objects.visible_to(user).filter(label__in=LABELS[of]).select_related("said_by")[:MOST_TOLD]
    pairs, told = list(page), list(told)
    records = _records(user, [*pairs, *told])
    words = Words(pairs)
    context = {
        "of": of,
        "tabs": tabs,
        "page": page,
        "total": page.paginator.count,
        "pairs": [_shown(one, records, words.of(one), user) for one in pairs],
        "told": [_shown(one, records, one.why, user) for one in told],
        "last_search": DuplicateSearch.objects.visible_to(user).filter(finished_at__isnull=False).first(),
        "may_search": user.has_perm("partners.change_partner"),
    }
    return render(request, "duplicates/index.html", context)


def _records(user, pairs: Iterable) -> dict[tuple[str, int], models.Model]:
    """The records of pairs by label and key, as far as the person sees them."""
    wanted: dict[str, set[int]] = {}
    for one in pairs:
        wanted.setdefault(one.label, set()).update(one.pks)
    found = {}
    for label, pks in wanted.items():
        rows = BY_LABEL[label].model._default_manager.visible_to(user).for_listing().in_bulk(pks)
        found |= {(label, pk): row for pk, row in rows.items()}
    return found


def _shown(pair, records: dict, evidence: str, user) -> Shown:
    entity = BY_LABEL[pair.label]
    first, second = (side_of(records[pair.label, pk], entity.slug) for pk in pair.pks)
    args = [entity.slug, *pair.pks]
    allowed = may_merge(user, entity)
    return Shown(
        pair,
        (first, second),
        str(capfirst(evidence)),
        reverse("merge", args=args) if allowed else "",
        reverse("tell-apart", args=args) if allowed else "",
    )


def side_of(record: models.Model, slug: str) -> Side:
    told = beneath(record)
    if isinstance(record, Activity):
        unions = ", ".join(role.union.label for role in record.union_roles.all())
        told = "; ".join(filter(None, (str(capfirst(kind_in_words(record))), record.when, unions)))
    return Side(str(record), reverse(f"{slug}-detail", args=[record.pk]), told)


@require_POST
def tell_apart(request, slug: str, one: int, other: int):
    """Remembers that two records are not the same, or forgets that it was said."""
    entity = MERGED.get(slug)
    if entity is None:
        raise Http404
    if not may_merge(request.user, entity):
        raise PermissionDenied
    label = entity.model._meta.label_lower
    seen = entity.model._default_manager.visible_to(request.user).filter(pk__in=(one, other))
    if one == other or seen.count() < 2:
        raise Http404
    if request.POST.get("forget"):
        Distinct.objects.visible_to(request.user).of(label, one, other).delete()
    else:
        Distinct.objects.keep(request.user, label, one, other, request.POST.get("why", "").strip())
    of = ACTIVITIES if label in OF_ACTIVITIES else PARTNERS
    return redirect(f"{reverse('duplicates')}?of={of}")


@permission_required("partners.change_partner", raise_exception=True)
@require_POST
def search(request):
    """Looks through everything now, as the scheduler does each night."""
    search = DuplicateSearch()
    search.save()
    find_duplicates.send(search.pk)
    of = request.POST.get("of", "")
    return redirect(f"{reverse('duplicates')}?of={of if of in LABELS else PARTNERS}")
