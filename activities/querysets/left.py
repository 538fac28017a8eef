"""What is left to write down of one activity, as its scope rows say it. Asks nothing that was not read with it."""

from __future__ import annotations

from unionrelations.kit.records import is_history

from .due import DueQuerySet


def awaits(activity) -> str:
    """Whether it was held, its report, or nothing; nobody waits for the report of what was entered a year later."""
    if activity.status in DueQuerySet.NOT_YET:
        return "outcome"
    is_off = activity.status != activity.Status.HELD
    if is_off or is_history(activity.created_at, activity.ends_on or activity.starts_on):
        return "nothing"
    return "nothing" if any(one.kind == "trip_report" for one in activity.papers.all()) else "report"


def headcount_known(own, people: int | None) -> bool:
    """Whether a list of its kind shows a headcount: guests received, trainees, else people of the union and below."""
    if getattr(own, "direction", "") == "in":
        return own.guests is not None
    return (own.trainees if hasattr(own, "trainees") else people) is not None
