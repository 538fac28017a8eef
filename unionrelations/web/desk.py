"""What an officer finds on the desk: what is late, what is missing, what comes next, drafts and the last records.

Only what the reader's own union took part in, and only what they may change. The day is the request's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from activities.entities.activities import AllActivitiesTable
from activities.entities.common import kind_in_words
from activities.models import Activity, Delegation, FollowUp
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.windows import day_in_words

from .counted import Counted
from .models import Draft

AT_ONCE = 5  # of each sort of thing to do
SOON = timedelta(days=14)
AHEAD = timedelta(days=60)
A_YEAR = timedelta(days=365)  # older trips came from papers; nobody writes their report any more


@dataclass(frozen=True)
class Chore:
    """One thing to do: what, why, and by when. `tone` is late, warn or nothing."""

    title: str | Promise
    sub: str
    url: str
    icon: str
    tone: str = ""
    when: str = ""


class Desk:
    def __init__(self, request, today: date):
        self.request, self.user, self.today = request, request.user, today
        self.has_more = False  # whether some chores were left out

    def _mine(self, model):
        rows = model.objects.writable_by(self.user)
        return rows.of(self.user.union, under=False) if self.user.union else rows

    def chores(self) -> list[Chore]:
        """Late first, then what is due, then what is missing in what was recorded."""
        return [*self._unsettled(), *self._reports(), *self._promises(), *self._gaps()]

    def _unsettled(self):
        rows = list(self._mine(Activity).unsettled(self.today)[: AT_ONCE + 1])
        for one in rows[:AT_ONCE]:
            sub = _("%(title)s, %(when)s") % {"title": one.title, "when": one.when}
            yield Chore(
                _("Say whether it was held"), sub, edit_page(one), "alert", "late", _days_ago(self.today, one.last_day)
            )
        yield from self._more(rows, ACTIVITIES, status=["planned", "approved"])

    def _reports(self):
        patience = timedelta(days=settings.TRIP_REPORT_DAYS)
        trips = self._mine(Delegation).filter(direction=Delegation.Direction.OUT)
        rows = list(trips.report_missing(self.today, patience, self.today - A_YEAR)[: AT_ONCE + 1])
        for one in rows[:AT_ONCE]:
            due = one.last_day + patience
            sub = _("%(title)s, back on %(day)s") % {"title": one.title, "day": day_in_words(one.last_day)}
            yield Chore(_("Hand in the trip report"), sub, page_of(one), "document", "late", _days_ago(self.today, due))
        yield from self._more(rows, DELEGATIONS, direction="out", status="held", report="without")

    def _more(self, rows: list, entity, **asked):
        """Where the rest of a long row of chores is looked for; no number, since that list is wider than they are."""
        if len(rows) > AT_ONCE:
            own = {"union": self.user.union.code, "under": "false"} if self.user.union else {}
            self.has_more = True
            url = f"{reverse(f'{entity.slug}-list')}?{urlencode(own | asked, doseq=True)}"
            yield Chore(_("There are more like these"), _("Open the list they stand in"), url, "down")

    def _promises(self):
        promises = FollowUp.objects.writable_by(self.user).open().filter(due_on__lte=self.today + SOON)
        mine = promises.filter(activity__in=self._mine(Activity).order_by().values("pk")).select_related("activity")
        for one in mine.order_by("due_on", "pk")[:AT_ONCE]:
            late = one.is_late(self.today)
            when = _days_ago(self.today, one.due_on) if late else day_in_words(one.due_on)
            sub = f"{one.get_side_display()}: {one.activity.title}"
            yield Chore(one.what, sub, page_of(one.activity), "bell", "late" if late else "", when)

    def _gaps(self):
        """What is missing, kind by kind; each opens exactly the records it speaks of."""
        own = {"union": self.user.union.code, "under": "false"} if self.user.union else {}
        why = _("The report says “not known” for them until then")
        for entity, words in _GAPS:
            found = Counted.of(self.request, entity, **own, status="held", headcount="unknown")
            if found.number:
                yield Chore(words(found.number), why, found.url, "people", "warn")
        found = Counted.of(self.request, ACTIVITIES, **own, precision="vague")
        if found.number:
            words = ngettext(
                "Find out the day of %(n)d activity", "Find out the days of %(n)d activities", found.number
            )
            why = _("They are counted, but not by month, and not where their window crosses a period's edge")
            yield Chore(words % {"n": found.number}, why, found.url, "calendar")

    def coming(self):
        return [
            (one.title, page_of(one), f"{one.when}, {kind_in_words(one)}", one.get_status_display())
            for one in self._mine(Activity).coming(self.today, AHEAD)[:AT_ONCE]
        ]


def drafts_of(user):
    """(name, when it was last changed, address of the form that opens it again), the last first."""
    for one in Draft.objects.visible_to(user)[:AT_ONCE]:
        kind = next(entity.singular for entity in ENTITIES if entity.slug == one.slug)
        yield one.title or _("%(kind)s, not yet named") % {"kind": capfirst(kind)}, one.changed_at, one.resume_url


def _people_of_delegations(n: int) -> str:
    return ngettext(
        "Add the number of people of %(n)d delegation", "Add the number of people of %(n)d delegations", n
    ) % {"n": n}


def _people_of_conferences(n: int) -> str:
    return ngettext(
        "Add the number of people of %(n)d conference", "Add the number of people of %(n)d conferences", n
    ) % {"n": n}


def _people_of_courses(n: int) -> str:
    return ngettext("Add the number of trainees of %(n)d course", "Add the number of trainees of %(n)d courses", n) % {
        "n": n
    }


_GAPS = ((DELEGATIONS, _people_of_delegations), (CONFERENCES, _people_of_conferences), (COURSES, _people_of_courses))


def _days_ago(today: date, day: date) -> str:
    days = (today - day).days
    return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}


def page_of(activity) -> str:
    return reverse(f"{AllActivitiesTable.SLUGS[activity.kind]}-detail", args=[activity.pk])


def edit_page(activity) -> str:
    return reverse(f"{AllActivitiesTable.SLUGS[activity.kind]}-edit", args=[activity.pk])


def last_recorded(user) -> list[tuple]:
    """(title, page, kind and date, status) of the records changed last among those in reach."""
    newest = ACTIVITIES.model.objects.visible_to(user).order_by("-changed_at", "-pk")[:6]
    return [(one.title, page_of(one), f"{kind_in_words(one)}, {one.when}", one) for one in newest]
