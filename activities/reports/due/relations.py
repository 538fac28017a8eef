"""What the events of relations ask for: anniversaries, and ties that were broken and never mended.

What is dated to a month or a year keeps that width: "within the year". An anniversary is celebrated only while nothing
says that the tie ended; a broken tie is one only where nothing that mends it can have come after.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import RelationEvent
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import MONTHS_IN, Precision, window_around

from .asked import Asked
from .things import Due, Rule

ANNIVERSARY = Rule("anniversary", gettext_lazy("Anniversary"), "calendar", (180, 30, 7, 0), may_be_late=False)
BROKEN = Rule(
    "broken",
    gettext_lazy("Broken tie"),
    "split",
    (0,),
    settle=gettext_lazy("Note that it is restored"),
    may_be_late=False,
    permission="partners.add_relationevent",
)
Kind = RelationEvent.Kind
CELEBRATED = (Kind.ESTABLISHED, Kind.TWINNED, Kind.LOCALITIES_TWINNED)
BREAKS, MENDS = (Kind.INTERRUPTED, Kind.SUSPENDED), (Kind.ESTABLISHED, Kind.RESTORED, Kind.TWINNED, Kind.ENDED)


def is_round(years: int) -> bool:
    """5, 10, 20, 30 and so on."""
    return years == 5 or (years > 0 and years % 10 == 0)


def standings(asked: Asked) -> Iterator[Due]:
    """Pair by pair; what names no partner is a tie of its own, of which nobody knows how it went on."""
    pairs: dict[tuple, list[RelationEvent]] = defaultdict(list)
    for event in asked.relations().order_by("starts_on", "pk"):
        pairs[event.union_id, event.partner_id or f"event {event.pk}"].append(event)
    for events in pairs.values():
        last_break = next((one for one in reversed(events) if one.kind in BREAKS), None)
        if last_break is not None and not _mended(last_break, events):
            if last_break.partner_id and asked.is_of(last_break):
                yield _broken(last_break, asked)
        elif not any(one.kind == Kind.ENDED for one in events):
            for one in events:
                if one.kind in CELEBRATED and asked.is_of(one):
                    yield from _anniversaries(one, asked)


def _mended(broken: RelationEvent, events: list[RelationEvent]) -> bool:
    """Whether something that mends it came after it, or may have."""
    return any(one.kind in MENDS and one.window.last >= broken.window.start for one in events)


def _broken(event: RelationEvent, asked: Asked) -> Due:
    filled = {"union": str(event.union_id), "partner": str(event.partner_id), "kind": str(Kind.RESTORED)}
    said = {"kind": event.get_kind_display(), "when": event.when}
    return Due(
        BROKEN,
        str(event.pk),
        _("%(partner)s: the tie is broken") % {"partner": event.partner.label},
        capfirst(_("%(kind)s, %(when)s; nothing says that it was restored") % said),
        event.window,
        reverse("relations-detail", args=[event.pk]),
        f"{reverse('relations-new')}?{urlencode(filled)}",
        event.union_id,
        precision=event.precision,
        since=event.window.last,
        day_told=event.when,
        entered_at=event.created_at,
        calendar=asked.calendar,
    )


def _anniversaries(event: RelationEvent, asked: Asked) -> Iterator[Due]:
    """Those of this year and of the next one that are not over; none where not even the year is certain."""
    if event.window.start.year != event.window.last.year:
        return
    for year in (asked.today.year, asked.today.year + 1):
        years = year - event.window.start.year
        window = in_year(event, year)
        if is_round(years) and window.last >= asked.today:
            yield Due(
                ANNIVERSARY,
                f"{event.pk}-{years}",
                _title(event, years),
                _why(event),
                window,
                reverse("relations-detail", args=[event.pk]),
                union_id=event.union_id,
                precision=event.precision,
                entered_at=event.created_at,
                calendar=asked.calendar,
            )


def in_year(event: RelationEvent, year: int) -> Period:
    """The same day or window in another year; 29 February is kept on the 28th where there is none."""
    start = _same_day(event.window.start, year)
    if event.precision in MONTHS_IN:
        return window_around(start, event.precision)
    return Period(start, _same_day(event.window.last, year))


def _same_day(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _title(event: RelationEvent, years: int) -> str:
    other = event.partner.label if event.partner else _("partner not named")
    said = {"years": years, "union": event.union.label, "partner": other}
    if event.kind == Kind.ESTABLISHED:
        return _("%(years)d years of relations between %(union)s and %(partner)s") % said
    if event.kind == Kind.TWINNED:
        return _("%(years)d years of the twinning of %(union)s and %(partner)s") % said
    return _("%(years)d years since the localities of %(union)s and %(partner)s were twinned") % said


def _why(event: RelationEvent) -> str:
    said = {"kind": event.get_kind_display(), "when": event.when}
    if event.precision == Precision.DAY:
        return capfirst(_("%(kind)s on %(when)s") % said)
    return capfirst(_("%(kind)s, %(when)s; the day is not known") % said)
