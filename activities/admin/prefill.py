"""New records seeded from a document: one click carries its union and period along. Never knows which record."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponseRedirect

from activities.models import Activity, SourceDocument
from unionrelations.kit.windows import MONTHS_IN, Precision, between, window_around

FROM_DOCUMENT = "from_document"


def document_of(request) -> SourceDocument | None:
    """The document a new record is entered from, if its reader may see it."""
    asked = request.GET.get(FROM_DOCUMENT, "")
    return SourceDocument.objects.visible_to(request.user).filter(pk=asked).first() if asked.isdecimal() else None


def union_of(document, user) -> int | None:
    """The union the document tells of where the reader writes for it, else the reader's own."""
    tells_of = document.union_id if document else None
    in_reach = tells_of is not None and user.reach().filter(pk=tells_of).exists()
    return tells_of if in_reach else user.union_id


def status_of(document) -> str:
    """A plan tells of what is to come, any other document of what was."""
    return Activity.Status.PLANNED if document.kind == SourceDocument.Kind.PLAN else Activity.Status.HELD


def dates_of(document) -> dict:
    """Its period as the window an activity started in, no more exact than the document says."""
    period = document.period
    if period is None:
        return {}
    exact = (one for one in MONTHS_IN if window_around(period.start, one) == period)
    precision = Precision.DAY if period.days == 1 else next(exact, Precision.SPAN)
    return {"starts_on": period.start, "ends_on": period.end, "precision": precision}


def days_of(document, *, printed: bool = False) -> dict:
    """Its period as the first and last day of a figure or a plan; with `printed`, also in words."""
    period = document.period
    if period is None:
        return {}
    days = {"first_day": period.start, "last_day": period.end}
    return days | {"period_printed": between(period.start, period.end)} if printed else days


class FromDocument:
    """An add page that a document can fill in. `filled_in` says with what."""

    def filled_in(self, document, user) -> dict:
        return {}

    def get_changeform_initial_data(self, request):
        initial = {"union": request.user.union_id} | super().get_changeform_initial_data(request)
        document = document_of(request)
        return initial | (self.filled_in(document, request.user) if document else {})

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk is None and hasattr(inline, "seeds"):
            given["initial"] = inline.seeds(request)
        return given

    def response_add(self, request, obj, post_url_continue=None):
        """Saving and adding another stays with the same document."""
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST and document_of(request):
            return HttpResponseRedirect(f"{request.path}?{urlencode({FROM_DOCUMENT: request.GET[FROM_DOCUMENT]})}")
        return response
