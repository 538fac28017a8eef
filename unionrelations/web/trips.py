"""The trips of officers in a year, or of leaders alone: how many, how many days, where to.

Each number opens the delegations behind it.
"""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from activities.models import Member
from activities.reports.trips import Travelled, trips_of
from unionrelations.accounts.models import Officer
from unionrelations.kit.documents import UNKNOWN, Document, Grid
from unionrelations.kit.windows import EARLIEST, LATEST
from unionrelations.kit.writers import FORMATS

from .files import download
from .records.officers import trips_in

FILES = ("xlsx", "csv")
LEADERS = "leaders"


class YearForm(forms.Form):
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=EARLIEST.year,
        max_value=LATEST.year,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "autocomplete": "off"}),
    )


@require_safe
@permission_required("accounts.view_officer", raise_exception=True)
def trips(request):
    """Of the officers and delegations the reader sees; this year unless another one is asked for."""
    today = timezone.localdate()
    form = YearForm(request.GET if "year" in request.GET else {"year": today.year})
    year = form.cleaned_data["year"] if form.is_valid() else today.year
    officers = Officer.objects.visible_to(request.user).select_related("union")
    found = trips_of(officers, Member.objects.visible_to(request.user), year)
    leaders_only = request.GET.get("who") == LEADERS
    found = [one for one in found if one.is_leader or not leaders_only]
    if chosen := request.GET.get("format"):
        if chosen not in FILES:
            raise BadRequest(_("This page is written as XLSX or CSV."))
        return download(_document(found, year), FORMATS[chosen])
    rows = [(one, trips_in(request, one.officer, year).url) for one in found]
    who = f"&who={LEADERS}" if leaders_only else ""
    tabs = [(_("All officers"), f"?year={year}", not leaders_only)]
    tabs.append((_("Leaders alone"), f"?year={year}&who={LEADERS}", leaders_only))
    context = {"form": form, "year": year, "rows": rows, "years": (year - 1, year + 1), "tabs": tabs, "who": who}
    context["leaders_only"] = leaders_only
    return render(request, "records/trips.html", context)


def _document(found: list[Travelled], year: int) -> Document:
    headers = (
        *(_("Officer"), capfirst(_("title")), _("Union"), _("Leader"), _("Trips"), _("Most trips by the rule")),
        *(_("Days"), _("Trips of unknown length")),
    )
    rows = tuple(
        (
            *(one.officer.name, one.officer.title, one.officer.union.label),
            *(_("yes") if one.is_leader else _("no"), len(one.trips), one.most),
            *(UNKNOWN if one.days is None else one.days, one.of_unknown_length),
            "; ".join(str(country) for country in one.countries),
        )
        for one in found
    )
    return Document(_("Trips of officers in %(year)s") % {"year": year}, (Grid((*headers, _("Countries")), rows),))
