"""The page of one act, what was deleted, and undoing: first what it would do, then doing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from django.views.generic import DetailView

from unionrelations.deeds.undoing import Undo, record_named
from unionrelations.history.doing import Refused
from unionrelations.history.models import Entry
from unionrelations.history.telling import Telling, who
from unionrelations.web.asked import COUNT, address
from unionrelations.web.entities import EntityMixin
from unionrelations.web.paging import Pages

from .grouping import Told, address_of, deeds, undo_address

MOST_SHOWN = 300  # changes of one act; an import has thousands, and the list shows all of them
GONE_ON_A_PAGE = 40
MOST_LOOKED_AT = 150  # steps told one by one before they are taken


class ActPage(EntityMixin, DetailView):
    """Everything one act did, as far as the reader sees it, record by record."""

    page = "act"
    template_name = "history/act.html"

    def get_template_names(self):
        return [self.template_name]

    def get_context_data(self, **context):
        reader = self.request.user
        rows = Entry.objects.few_visible_to(reader, Q(act=self.object.act_id)).for_listing().order_by("pk")
        changes = list(rows[: MOST_SHOWN + 1])
        deed = deeds(changes[:MOST_SHOWN], reader)[0]
        again = Entry.objects.few_visible_to(reader, Q(act__undoes=self.object.act_id)).for_listing().order_by("-pk")
        first = Entry.objects.few_visible_to(reader, Q(act=self.object.act.undoes)).order_by("pk")
        return super().get_context_data(
            deed=deed,
            is_cut=len(changes) > MOST_SHOWN,
            undone=again.first(),
            undoes=first.first() if self.object.act.undoes else None,
            **context,
        )


@permission_required("history.view_entry", raise_exception=True)
@require_GET
def bin_page(request):
    """Records that are gone, the last first, each with who deleted it and the way back."""
    rows, counts_all = Entry.objects.visible_to(request.user).bin(), request.GET.get(COUNT) == "all"
    page = Pages(rows, GONE_ON_A_PAGE, counts_all=counts_all).get_page(request.GET.get("page"))
    gone = list(page)
    telling = Telling(gone, request.user)
    shown = [(one, telling.name_of(*one.row), who(one.act), undo_address(one, one.row)) for one in gone]
    known = {"total": page.paginator.total, "total_is_capped": page.paginator.is_capped}
    more = {"count_url": address(request.GET, page=request.GET.get("page"), count="all")}
    return render(request, "history/bin.html", {"page": page, "shown": shown} | known | more)


@permission_required("history.view_entry", raise_exception=True)
@require_http_methods(["GET", "POST"])
def undo_page(request, pk: int):
    """What undoing would do and what it would leave, and why; done is only what was shown."""
    entry = get_object_or_404(Entry.objects.visible_to(request.user).for_listing(), pk=pk)
    said = request.GET.get("of", "")
    record = record_named(said)
    if said and record is None:
        raise Http404
    going, refused = Undo(entry, request.user, record), ""
    if request.method == "POST":
        try:
            done = going.do(request.POST.get("seen", ""), request.POST.get("why", ""))
        except Refused as reason:
            refused = str(reason)
        else:
            return _said(request, done, record or entry.record)
    refused = refused or going.hindrance
    found = going.look()
    context = {"refused": refused or found.refused, "found": found, "entry": entry, "record": record}
    status = 409 if refused and request.method == "POST" else 200
    return render(
        request, "history/undo.html", context | _in_words(request, going.entries, found, entry, record), status=status
    )


def _said(request, done, record):
    number = len(done.happening)
    messages.success(request, ngettext("Undone: %(n)s change.", "Undone: %(n)s changes.", number) % {"n": number})
    if left := len(done.left):
        words = ngettext("%(n)s change was left as it was.", "%(n)s changes were left as they were.", left)
        messages.warning(request, words % {"n": left})
    label, key = record
    stands = Telling(Entry.objects.visible_to(request.user).of_record(label, key)[:1], request.user)
    url = "" if (label, key) in stands.gone else address_of(label, key)
    return redirect(url or "history-list")


def _in_words(request, entries, found, entry, record) -> dict:
    """Each step as the rows of the act tell it: what comes back, goes, or says again what it said."""
    steps = found.steps[:MOST_LOOKED_AT]
    rows = {step.row for step in steps} | {record or entry.record}
    told_of = [one for one in entries if one.row in rows]
    telling = Telling(told_of, request.user)
    by_row: dict[tuple, Entry] = {}
    for one in told_of:
        by_row.setdefault(one.row, one)
    told = []
    for step in steps:
        change = Entry(label=step.kept.label, key=step.key, what=Entry.What.CHANGED, root=step.record[0])
        change.root_key = step.record[1]
        now = {one: step.after.get(one) for one in step.columns}
        change.before, change.after = now, {one: step.before[one] for one in step.columns}
        if step.deed != "set":
            change.before, change.after = (None, step.before) if step.deed == "bring" else (step.after, None)
        lines = telling.lines(change) if step.happens else []
        kept = [str(step.kept.model._meta.get_field(_field(step, one)).verbose_name) for one in step.changed_since]
        told.append((step, Told(by_row[step.row], telling.name_of(*step.row), lines), kept))
    return {
        "told": told,
        "title": telling.name_of(*(record or entry.record)),
        "who": who(entry.act),
        "happening": len(found.happening),
        "more": len(found.steps) - len(steps),
        "act_url": address_of("history.entry", entry.pk),
    }


def _field(step, column: str) -> str:
    return next(one.name for one in step.kept.fields if one.column == column)
