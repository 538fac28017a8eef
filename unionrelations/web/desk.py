"""What an officer finds on the desk: what is late, what is missing, what comes next, drafts and the last records.

Only what the reader's own union took part in, and only what they may change. The day is the request's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from activities.entities.common import kind_in_words
from activities.reports.due.activities import page_of
from activities.reports.due.asked import Asked
from activities.reports.due.everything import MAY_BE_LATE, due
from unionrelations.accounts.entities.filters import ALONE
from unionrelations.catalogue import ENTITIES

from .counted import Counted
from .models import Draft

AT_ONCE = 5  # of each sort of thing to do
SOON = timedelta(days=14)
AHEAD = timedelta(days=60)


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

    def chores(self) -> list[Chore]:
        """Late first, then what is due soon, then what is missing in what was recorded."""
        return [*self._due(), *self._gaps()]

    def _due(self):
        """What is due to the reader's union, a few of each kind; the page of what is due holds all of it."""
        shown = Counter()
        for one in due(Asked.by(self.user, self.today, most=AT_ONCE), MAY_BE_LATE):
            is_late = one.is_late(self.today)
            if not (is_late or one.reminded_on <= self.today + SOON):
                continue
            shown[one.rule.code] += 1
            if shown[one.rule.code] > AT_ONCE:
                self.has_more = True
                continue
            tone = "late" if is_late else ""
            yield Chore(one.title, one.why, one.url, one.rule.icon, tone, one.distance(self.today))
        if self.has_more:
            yield Chore(_("There are more like these"), _("Open all that is due"), reverse("due"), "down")

    def _gaps(self):
        """What is missing, kind by kind; each opens exactly the records it speaks of."""
        own = {"union": self.user.union.code, "under": ALONE} if self.user.union else {}
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
        rows = Asked(self.user, self.today).coming(AHEAD)
        return [
            (one.title, page_of(one), f"{one.when}, {kind_in_words(one)}", one.get_status_display())
            for one in rows[:AT_ONCE]
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


def last_recorded(user) -> list[tuple]:
    """(title, page, kind and date, status) of the records changed last among those in reach."""
    newest = ACTIVITIES.model.objects.visible_to(user).order_by("-changed_at", "-pk")[:6]
    return [(one.title, page_of(one), f"{kind_in_words(one)}, {one.when}", one) for one in newest]
