"""What activities leave to do: say whether they were held, report on them, keep what was promised there.

A report is due so many days after the last day. Where only a window is known, its last day is taken and
said: nothing is late before that is certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.entities.activities import AllActivitiesTable
from activities.models import Activity, Conference, Delegation, FollowUp
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import Precision, day_in_words

from .asked import Asked
from .things import Due, Rule

OUTCOME = Rule(
    "outcome",
    gettext_lazy("Say whether it was held"),
    "alert",
    (0,),
    settle=gettext_lazy("Say what became of it"),
    permission="activities.change_activity",
)
TRIP_REPORT = Rule(
    "trip-report",
    gettext_lazy("Trip report"),
    "report",
    (30, 3, 0),
    settle=gettext_lazy("Hand in the report"),
    permission="activities.add_paper",
)
CONFERENCE_REPORT = Rule(
    "conference-report",
    gettext_lazy("Report on a conference"),
    "conference",
    (30, 3, 0),
    settle=gettext_lazy("Hand in the report"),
    permission="activities.add_paper",
)
OUR_PROMISE = Rule(
    "our-promise",
    gettext_lazy("Promised by us"),
    "flag",
    (14, 3, 0),
    settle=gettext_lazy("Say it is done"),
    permission="activities.change_followup",
)
THEIR_PROMISE = Rule(
    "their-promise",
    gettext_lazy("Promised by a partner"),
    "flag",
    (14, 3, 0),
    settle=gettext_lazy("Say it is done"),
    permission="activities.change_followup",
)


def page_of(activity) -> str:
    return reverse(f"{AllActivitiesTable.SLUGS[activity.kind]}-detail", args=[activity.pk])


def edit_page(activity) -> str:
    return reverse(f"{AllActivitiesTable.SLUGS[activity.kind]}-edit", args=[activity.pk])


def outcomes(asked: Asked) -> Iterator[Due]:
    """Planned or approved, and over: nobody has said whether they were held."""
    begun = asked.activities(known=Activity.objects.known_unsettled(asked.today))
    for one in asked.first(asked.changed(begun).unsettled(asked.today).with_lead()):
        said = {"status": one.get_status_display(), "when": one.when}
        yield Due(
            OUTCOME,
            str(one.pk),
            _("%(title)s: was it held?") % {"title": one.title},
            capfirst(_("%(status)s for %(when)s, and that is over") % said),
            Period(one.last_day, one.last_day),
            page_of(one),
            edit_page(one),
            one.lead_id,
            entered_at=one.created_at,
            calendar=asked.calendar,
        )


def trip_reports(asked: Asked) -> Iterator[Due]:
    """Of outbound delegations that are back."""
    known = Delegation.objects.known_report_missing(asked.today, Activity.Category.DELEGATION_OUT)
    trips = asked.activities(Delegation, known).filter(direction=Delegation.Direction.OUT)
    yield from _reports(asked, trips, TRIP_REPORT, settings.TRIP_REPORT_DAYS)


def conference_reports(asked: Asked) -> Iterator[Due]:
    """Of the international conferences we hosted; who attends one abroad writes a trip report."""
    counting_as = Activity.Category.CONFERENCE_HOSTED
    known = Conference.objects.known_report_missing(asked.today, counting_as)
    hosted = asked.activities(Conference, known)
    if asked.own_union is None:  # else scope rows say it; told twice, PostgreSQL begins with all that were ever hosted
        hosted = hosted.filter(counts_as=counting_as)
    yield from _reports(asked, hosted, CONFERENCE_REPORT, settings.CONFERENCE_REPORT_DAYS)


def _reports(asked: Asked, rows, rule: Rule, days: int) -> Iterator[Due]:
    for one in asked.first(asked.changed(rows).report_missing(asked.today).with_lead()):
        day = one.last_day + timedelta(days=days)
        form = reverse(f"{AllActivitiesTable.SLUGS[one.kind]}-papers-new", args=[one.pk])
        yield Due(
            rule,
            str(one.pk),
            f"{rule.label}: {one.title}",
            _days_after(one, days),
            Period(day, day),
            page_of(one),
            f"{form}?kind=trip_report",
            one.lead_id,
            entered_at=one.created_at,
            calendar=asked.calendar,
        )


def _days_after(activity, days: int) -> str:
    if activity.precision == Precision.DAY and activity.ends_on is None:
        words = ngettext(
            "%(n)d day after %(day)s, the only day stated", "%(n)d days after %(day)s, the only day stated", days
        )
        return words % {"n": days, "day": day_in_words(activity.last_day)}
    if activity.precision == Precision.DAY:
        words = ngettext("%(n)d day after the last day, %(day)s", "%(n)d days after the last day, %(day)s", days)
        return words % {"n": days, "day": day_in_words(activity.last_day)}
    words = ngettext(
        "%(n)d day after %(day)s at the latest; known is only: %(when)s",
        "%(n)d days after %(day)s at the latest; known is only: %(when)s",
        days,
    )
    return words % {"n": days, "day": day_in_words(activity.last_day), "when": activity.when}


def promises(asked: Asked) -> Iterator[Due]:
    """Open, with a day named. One without a day is never due."""
    near = asked.promises().open().filter(due_on__lte=asked.today + OUR_PROMISE.looks_ahead)
    for one in asked.first(near.select_related("activity").order_by("due_on", "pk")):
        ours = one.side == FollowUp.Side.US
        said = _("We promised it: %(title)s") if ours else _("The partner promised it: %(title)s")
        slug = AllActivitiesTable.SLUGS[one.activity.kind]
        yield Due(
            OUR_PROMISE if ours else THEIR_PROMISE,
            str(one.pk),
            one.what,
            said % {"title": one.activity.title},
            Period(one.due_on, one.due_on),
            f"{page_of(one.activity)}#follow-ups",
            reverse(f"{slug}-follow-ups-edit", args=[one.activity_id, one.pk]),
            entered_at=one.created_at,
            calendar=asked.calendar,
        )
