"""Activities as a calendar that Outlook, Google Calendar and Thunderbird read. Never knows who asked, nor the day.

The same records give the same bytes, so an unchanged calendar is recognised as such. Purpose, people and money stay in
the house: an entry says what, when, where and with whom, and leads to the record's page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, Event, vDuration
from icalendar.enums import STATUS, TRANSP

from activities.entities.activities import AllActivitiesTable
from activities.entities.common import kind_in_words
from activities.models import Activity
from unionrelations.kit.windows import Precision

MEDIA_TYPE = "text/calendar; charset=utf-8"
ASK_AGAIN = timedelta(hours=6)  # how often a program should read a feed anew
WIDEST = 31  # days of a window that still stand in a calendar; a quarter or a year would lie over everything else

STANDING = {
    Activity.Status.PLANNED: STATUS.TENTATIVE,
    Activity.Status.SUBMITTED: STATUS.TENTATIVE,
    Activity.Status.APPROVED: STATUS.CONFIRMED,
    Activity.Status.UNDER_WAY: STATUS.CONFIRMED,
    Activity.Status.HELD: STATUS.CONFIRMED,
    Activity.Status.POSTPONED: STATUS.TENTATIVE,
    Activity.Status.CANCELLED: STATUS.CANCELLED,
    Activity.Status.REFUSED: STATUS.CANCELLED,
}
SAID_FIRST = (
    Activity.Status.POSTPONED,
    Activity.Status.CANCELLED,
    Activity.Status.REFUSED,
)  # many programs show no status, so the title does


def calendar_of(
    activities: Iterable[Activity], name: str, language: str, absolute: Callable[[str], str] | None = None
) -> bytes:
    """The activities as one calendar called `name`; `absolute` turns a path into an address, without it none is given.

    What is dated to a month or less is there with its doubt in words. What is dated to a quarter, a year or another
    window wider than a month has no place in a calendar; how many were left out stands in its description.
    """
    with translation.override(language):
        placed, left_out = [], 0
        for one in activities:
            if _has_a_place(one):
                placed.append(_entry(one, absolute))
            else:
                left_out += 1
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", f"-//Union Relations//Calendar//{language.upper()}")
        for field in ("name", "x-wr-calname"):
            calendar.add(field, name)
        if left_out:
            for field in ("description", "x-wr-caldesc"):
                calendar.add(field, _left_out_in_words(left_out))
        calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(ASK_AGAIN), encode=False)  # what Outlook reads instead
        for entry in placed:
            calendar.add_component(entry)
        return calendar.to_ical()


def _has_a_place(activity: Activity) -> bool:
    return activity.precision == Precision.DAY or (activity.window.days or 0) <= WIDEST


def _left_out_in_words(number: int) -> str:
    return ngettext(
        "%(number)d activity is not here: its date is known no better than to a quarter or a year.",
        "%(number)d activities are not here: their dates are known no better than to a quarter or a year.",
        number,
    ) % {"number": number}


def _entry(activity: Activity, absolute: Callable[[str], str] | None) -> Event:
    """Whole days; the end is the day after the last, as the format wants it. Nobody who reads it becomes busy."""
    path = reverse(f"{AllActivitiesTable.SLUGS[Activity.Kind(activity.kind)]}-detail", args=[activity.pk])
    return Event.new(
        uid=_uid(activity),
        sequence=activity.version,
        stamp=activity.changed_at,  # without a METHOD: when the information was last revised
        created=activity.created_at,
        last_modified=activity.changed_at,
        start=activity.starts_on,
        end=(activity.ends_on or activity.starts_on) + timedelta(days=1),
        status=STANDING[Activity.Status(activity.status)],
        summary=_summary(activity),
        location=_location(activity),
        categories=[capfirst(kind_in_words(activity))],
        description=_description(activity),
        transparency=TRANSP.TRANSPARENT,
        url=absolute(path) if absolute else None,
    )


def _uid(activity: Activity) -> str:
    """The same for ever, whatever is edited; the moment it was made tells it from those of other houses."""
    return f"activity-{activity.pk}-{activity.created_at.astimezone(UTC):%Y%m%d%H%M%S%f}@union-relations"


def _summary(activity: Activity) -> str:
    title = activity.title
    if activity.precision != Precision.DAY:
        title = _("%(title)s (%(when)s, day not known)") % {"title": title, "when": activity.when}
    if activity.status in SAID_FIRST:
        return f"{capfirst(activity.get_status_display())}: {title}"
    return title


def _location(activity: Activity) -> str | None:
    countries = (str(one.country) for one in activity.activity_countries.all())
    return ", ".join(filter(None, (activity.place, *countries))) or None


def _description(activity: Activity) -> str:
    said = (
        (_("Status"), activity.get_status_display()),
        (_("Unions"), ", ".join(one.union.label for one in activity.union_roles.all())),
        (_("Partners"), ", ".join(dict.fromkeys(str(one.partner) for one in activity.partner_roles.all()))),
        (_("Date as written"), "" if activity.precision == Precision.DAY else activity.date_words),
    )
    return "\n".join(f"{label}: {words}" for label, words in said if words)
