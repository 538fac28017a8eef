"""The calendar: a month as a sheet or as an agenda, and the same activities as a file for other calendar programs.

The address holds the month, the view and the filters. Never shows a day nobody knows: what is dated to a month, a
quarter or a year stands beside the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import django_filters as filters
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import dates, timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.entities import ACTIVITIES
from activities.entities.filters import ActivityFilters
from activities.models import Activity
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import Precision

from .ics import MEDIA_TYPE, calendar_of
from .months import Month, weeks_of

MOST, MOST_VAGUE = 200, 40  # activities drawn, and listed beside; a fuller month asks for a filter
VIEWS: tuple[tuple[str, str | Promise], ...] = (
    ("month", pgettext_lazy("calendar view", "Month")),
    ("agenda", pgettext_lazy("calendar view", "Agenda")),
)
may_view = permission_required(ACTIVITIES.permission("view"), raise_exception=True)


class CalendarFilters(ActivityFilters):
    """The filters of the lists that mean something for a calendar; the month itself is not one of them."""

    ASKED = ("union", "under", "partner", "country", "kind", "status")

    kind = filters.ChoiceFilter(choices=Activity.Kind, label=gettext_lazy("Kind"))

    class Meta:
        model = Activity
        fields = ("kind", "status")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters = {name: self.filters[name] for name in self.ASKED}


@dataclass(frozen=True)
class Shown:
    """What happens, or may happen, on some days: dated to the day, or known only to a wider window."""

    dated: list[Activity]
    vague: list[Activity]
    is_cut: bool

    @classmethod
    def among(cls, activities, days: Period, month: Month) -> Shown:
        """The dated ones of these days in the order they happen, the vague ones of the month narrowest first."""
        dated = touching(activities.filter(precision=Precision.DAY), days).for_listing()
        vague = touching(activities.exclude(precision=Precision.DAY), month.days)
        first, second = list(dated[: MOST + 1]), list(vague[: MOST_VAGUE + 1])
        narrow_first = sorted(second[:MOST_VAGUE], key=lambda one: (one.window.days, one.starts_on, one.pk))
        return cls(first[:MOST], narrow_first, len(first) > MOST or len(second) > MOST_VAGUE)


def touching(activities, days: Period):
    """Those of which a day, or a day their window allows, is one of these."""
    ends_in_time = Q(ends_on__gte=days.start) | Q(ends_on__isnull=True, starts_on__gte=days.start)
    return activities.filter(ends_in_time, starts_on__lte=days.last).order_by("starts_on", "pk")


def calendar_name() -> str:
    """What a calendar is called in the program that reads it, where its reader gave it no name."""
    return _("External affairs")


def month_in_words(month: Month) -> str:
    return pgettext("a month of a year", "%(month)s") % {"month": date_format(month.days.start, "YEAR_MONTH_FORMAT")}


@require_safe
@may_view
def page(request):
    today = timezone.localdate()
    month = Month.read(request.GET.get("month", "")) or Month.of(today)
    view = "agenda" if request.GET.get("view") == "agenda" else "month"
    found = CalendarFilters(request.GET, queryset=Activity.objects.visible_to(request.user), request=request)
    shown = Shown.among(found.qs, month.sheet if view == "month" else month.days, month)
    context = {
        "filter": found,
        "month": month,
        "month_name": month_in_words(month),
        "this_month": Month.of(today),
        "neighbours": [(one, month_in_words(one)) if one else None for one in (month.before, month.after)],
        "view": view,
        "views": VIEWS,
        "question": question(request),
        "weekdays": [(dates.WEEKDAYS[number], dates.WEEKDAYS_ABBR[number]) for number in range(7)],
        "weeks": weeks_of(month, today, shown.dated) if view == "month" else [],
        "agenda": list(agenda(shown, month.days)) if view == "agenda" else [],
        "today": today,
        "vague": shown.vague,
        "is_cut": shown.is_cut,
        "most": MOST,
        "nearest": nearest(found.qs, month) if not shown.dated and not shown.vague else None,
    }
    return render(request, "calendar/page.html", context)


def agenda(shown: Shown, days: Period):
    """(day, its activities) from the first day on which one begins; what began earlier stands on the month's first."""
    ordered = sorted(shown.dated, key=lambda one: (max(one.starts_on, days.start), one.starts_on, one.pk))
    for day, rows in groupby(ordered, key=lambda one: max(one.starts_on, days.start)):
        yield day, list(rows)


def nearest(activities, month: Month) -> list[tuple[str, Month, str]]:
    """For an empty month: the months before and after it in which something begins."""
    earlier = activities.filter(starts_on__lt=month.days.start).order_by("-starts_on")
    later = activities.filter(starts_on__gt=month.days.last).order_by("starts_on")
    found = []
    for words, rows in ((_("The latest before"), earlier), (_("The next"), later)):
        day = rows.values_list("starts_on", flat=True).first()
        if day is not None:
            there = Month.of(day)
            found.append((words, there, month_in_words(there)))
    return found


def question(request) -> str:
    """What the address asks besides the month and the view: the filters, ready to be kept or handed on."""
    asked = request.GET.copy()
    for name in set(asked) - set(CalendarFilters.ASKED):
        del asked[name]
    return asked.urlencode()


@require_safe
@may_view
def file(request):
    """What the filters let through, of all times, as a file to open in a calendar program."""
    found = CalendarFilters(request.GET, queryset=Activity.objects.visible_to(request.user), request=request)
    name = calendar_name()
    rows = found.qs.for_listing().order_by("starts_on", "pk")
    language = get_language() or request.user.language
    response = HttpResponse(calendar_of(rows, name, language, request.build_absolute_uri), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.ics")
    response["Cache-Control"] = "private, no-cache"
    return response
