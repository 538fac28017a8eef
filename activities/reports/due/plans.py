"""By when a union's plan of the next year is handed in. Never knows what stands in it.

Done is a plan of that union whose days lie in that year. Reminded are the unions that work with this house: those in
which somebody may sign in. A union that was entered after the day has nothing to make up for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Plan
from unionrelations.accounts.models import ReminderSettings, User
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import day_in_words

from .asked import MINE, Asked
from .things import Due, Rule

PLAN = Rule(
    "plan",
    gettext_lazy("The year's plan"),
    "plan",
    (30, 7, 0),
    settle=gettext_lazy("Enter the plan"),
    permission="activities.add_plan",
)


def plans(asked: Asked) -> Iterator[Due]:
    if asked.whose == MINE:  # a plan that is not there was changed by nobody
        return
    with_people = User.objects.filter(is_active=True, union__isnull=False).values("union_id")
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=asked.today)
    unions = list(asked.unions().filter(lasting, pk__in=with_people).order_by("path"))
    days = ReminderSettings.objects.of_each(unions, "plan_month", "plan_day")
    years = (asked.today.year, asked.today.year + 1)
    there = {
        (union, first.year)
        for union, first, last in Plan.objects.filter(
            union__in=[one.pk for one in unions], first_day__year__in=years
        ).values_list("union_id", "first_day", "last_day")
        if first.year == last.year
    }
    yield from asked.first(sorted(_missing(unions, years, there, days, asked), key=lambda one: one.day))


def _missing(unions, years, there, days, asked: Asked) -> Iterator[Due]:
    for union in unions:
        for year in years:
            month, number = days[union.pk] or settings.PLAN_DUE
            day = date(year - 1, month, number)
            entered = timezone.localdate(union.created_at)
            if (union.pk, year) not in there and day - PLAN.looks_ahead <= asked.today and entered <= day:
                yield _plan(union, year, day, asked)


def _plan(union, year: int, day: date, asked: Asked) -> Due:
    words = Period.years(year)
    title = _("Plan of external affairs %(year)d") % {"year": year}
    filled = {"union": union.pk, "title": title, "first_day": words.start, "last_day": words.last}
    return Due(
        PLAN,
        f"{union.pk}-{year}",
        _("Hand in the plan of external affairs %(year)d") % {"year": year},
        _("To be handed in by %(day)s") % {"day": day_in_words(day)},
        Period(day, day),
        f"{reverse('plans-list')}?{urlencode({'union': union.code, 'under': 'false'})}",
        f"{reverse('plans-new')}?{urlencode(filled)}",
        union.pk,
        calendar=asked.calendar,
    )
