"""The pages on which two records are made one: choose the other, see side by side what it moves, merge; and undo it.

Never says what a merge moves by itself: the engine does it, counts, and takes it back.
"""

from __future__ import annotations

from itertools import groupby

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db import models
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities.reports.duplicates.evidence import Words
from activities.reports.duplicates.merging import Refused
from activities.reports.duplicates.price import Moved, Price
from activities.reports.models import Merge, Suspicion
from unionrelations.accounts.models import Union
from unionrelations.deeds.merging import (
    BY_LABEL,
    Merging,
    apart,
    carried,
    entity_to_merge,
    may_merge,
    record_to_change,
    seen_of,
)
from unionrelations.kit.choosing import RecordField
from unionrelations.kit.entities import Entity

from .pairs import side_of

SEEN = "seen"  # the price that was shown, named by its digest
MERGES_ON_A_PAGE = 30


class OtherForm(forms.Form):
    other = RecordField(Union.objects.none(), label=gettext_lazy("The record to merge into it"))

    def __init__(self, data, *, rows):
        super().__init__(data)
        self.fields["other"].queryset = rows


@require_GET
def choose(request, slug: str, kept: int):
    """Any other record of the kind, by typing its name; what was found alike stands below."""
    entity = entity_to_merge(request.user, slug)
    record = record_to_change(request.user, entity, kept)
    rows = entity.model._default_manager.visible_to(request.user).unrestricted().exclude(pk=kept)
    form = OtherForm(request.GET if request.GET else None, rows=rows)
    if form.is_bound and form.is_valid():
        return redirect("merge", slug, kept, form.cleaned_data["other"].pk)
    return render(request, "duplicates/choose.html", {"form": form, "record": record} | _frame(entity, record))


@require_http_methods(["GET", "POST"])
def merge_page(request, slug: str, kept: int, gone: int):
    """Both side by side with what is to stand, and what that moves. Merged is only at the price that was shown."""
    asked = request.POST if request.method == "POST" else request.GET
    going = Merging(request.user, slug, kept, gone, dict(asked.items()))
    context: dict = {"one": side_of(going.kept, slug), "other": side_of(going.gone, slug)}
    context |= _frame(going.entity, going.kept) | {"swap_url": reverse("merge", args=[slug, gone, kept])}
    if going.hindrance:
        return render(request, "duplicates/merge.html", context | {"refused": going.hindrance}, status=403)
    try:
        cost = going.look(timezone.now(), timezone.localdate())
        if request.method == "POST" and request.POST.get(SEEN) == cost.digest:
            done = going.do(timezone.now())
            said = _("Merged: “%(gone)s” now lives on in this record.") % {"gone": done.gone_name}
            messages.success(request, said, extra_tags=reverse("merge-undo", args=[done.pk]))
            return redirect(f"{slug}-detail", kept)
    except Refused as why:
        return render(request, "duplicates/merge.html", context | {"refused": str(why)}, status=409)
    context |= {
        "is_other_price": request.method == "POST",
        "facets": going.facets,
        "twins": list(going.twins()),
        "evidence": _evidence(request.user, going.entity, kept, gone),
        "carried": carried(cost),
        "choices": going.choices,
        SEEN: cost.digest,
    }
    return render(request, "duplicates/merge.html", context | _shown(cost, request.user))


def _frame(entity: Entity, record: models.Model) -> dict:
    return {
        "entity": entity,
        "record": record,
        "record_url": reverse(f"{entity.slug}-detail", args=[record.pk]),
    }


def _evidence(user, entity: Entity, kept: int, gone: int) -> str:
    label = entity.model._meta.label_lower
    found = Suspicion.objects.visible_to(user).of(label, kept, gone).first()
    return str(capfirst(Words([found]).of(found))) if found else ""


def _shown(cost: Price, user) -> dict:
    """The price as far as the reader sees the unions; of the others only how many there are."""
    mine, elsewhere, signed = seen_of(cost, user)
    reports = [(rows[0], address(rows[0]), rows) for rows in (list(some) for _q, some in groupby(mine, _report))]
    return {"reports": reports, "elsewhere": elsewhere, "signed": signed}


def _report(one: Moved):
    return one.question


def address(one: Moved) -> str:
    """The report whose figure moves."""
    under = {"under": "1"} if one.question.under else {}
    if one.span.term is not None:
        query = f"?{urlencode(under)}" if under else ""
        return reverse("report-term", args=[one.union.code, one.span.term.name]) + query
    end = one.span.period.end
    days = {"from": one.span.period.start.isoformat()} | ({"to": end.isoformat()} if end else {})
    return f"{reverse('report-days', args=[one.union.code])}?{urlencode(days | under)}"


@permission_required("partners.view_partner", raise_exception=True)
@require_GET
def index(request):
    """What was merged, and what was taken apart again."""
    rows = Merge.objects.visible_to(request.user).for_listing().defer("payload")
    page = Paginator(rows, MERGES_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = [
        (
            one,
            reverse(f"{BY_LABEL[one.label].slug}-detail", args=[one.survivor]),
            not one.is_undone and may_merge(request.user, BY_LABEL[one.label]),
        )
        for one in page
    ]
    return render(request, "duplicates/merges.html", {"page": page, "total": page.paginator.count, "shown": shown})


@require_POST
def undo(request, pk: int):
    try:
        merged, entity, back = apart(request.user, pk, timezone.now())
    except Refused as why:
        messages.error(request, str(why))
        return redirect("merges")
    messages.success(request, _("Taken apart: “%(gone)s” is a record of its own again.") % {"gone": merged.gone_name})
    return redirect(f"{entity.slug}-detail", back.pk)
