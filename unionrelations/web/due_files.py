"""What is due as a table for spreadsheets and as a calendar for other programs. Never knows who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.enums import TRANSP

from activities.reports.due.things import Due
from unionrelations.kit.documents import Document, Grid

from .ics import WIDEST


def as_document(rows: Iterable[Due], today: date) -> Document:
    heads = (_("Kind"), _("What is due"), _("Why"), _("Union"), _("Due"), _("Reminded on"), _("How far off"))
    lines = tuple(
        (
            *(capfirst(str(one.rule.label)), one.title, one.why, one.union),
            *(one.day if one.window.days == 1 else one.day_words, one.reminded_on, one.distance(today)),
        )
        for one in rows
    )
    return Document(_("Due"), (Grid(heads, lines, wide=True),))


def as_calendar(rows: Iterable[Due], today: date, language: str, absolute: Callable[[str], str]) -> bytes:
    """Each on its day, or over its window where that is a month at most; a year would lie over everything else.

    What only lasts, such as a silence, has no day to stand on.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Union Relations//Due//{language.upper()}")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _("Due"))
    for one in rows:
        if not one.since and (one.window.days or 0) <= WIDEST:
            calendar.add_component(_entry(one, absolute))
    return calendar.to_ical()


def _entry(one: Due, absolute: Callable[[str], str]) -> Event:
    return Event.new(
        uid=f"due-{one.rule.code}-{one.key}-{one.day:%Y%m%d}@union-relations",
        stamp=one.entered_at or datetime.combine(one.window.start, time(), UTC),
        start=one.window.start,
        end=one.window.last + timedelta(days=1),
        summary=one.title,
        description="\n".join(filter(None, (one.why, one.union, one.day_words))),
        categories=[capfirst(str(one.rule.label))],
        transparency=TRANSP.TRANSPARENT,
        url=absolute(one.url),
    )
