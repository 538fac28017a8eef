"""Notes who looked at the details of people: on a record's page, in a file of officers, through the API.

What is of restricted access is not noted: that would tell others it is there. Never knows what was shown,
nor today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from activities.models import Activity, Restriction
from unionrelations.kit.entities import Entity

from .models import Reading

# The rows with people's names that stand on a record's page, by the slug of its entity; "" where it is one itself.
PEOPLE_ON = {
    "delegations": "members",
    "conferences": "members",
    "courses": "members",
    "activities": "members",
    "partners": "contacts",
    "officers": "",
}


def look_at_record(user, day: date, entity: Entity, record) -> None:
    """Notes a look at one record's page, where it names anybody."""
    if entity.slug not in PEOPLE_ON or _is_held_back(user, entity, record.pk):
        return
    people = getattr(record, PEOPLE_ON[entity.slug]).count() if PEOPLE_ON[entity.slug] else 1
    _note(user, day, entity, record.pk, Reading.Way.PAGE, people)


def look_at_file(user, day: date, entity: Entity, rows: int) -> None:
    """Notes a file of a list whose rows are people."""
    if PEOPLE_ON.get(entity.slug) == "":
        _note(user, day, entity, None, Reading.Way.FILE, rows)


def look_through_api(user, day: date, entity: Entity, pk: int | None, rows: Iterable[dict]) -> None:
    """Notes an answer of the API: people are rows of their own, or stand in a row's `members`."""
    if entity.slug in PEOPLE_ON and not _is_held_back(user, entity, pk):
        is_one = not PEOPLE_ON[entity.slug]
        people = sum(1 if is_one else len(row.get("members") or ()) for row in rows)
        _note(user, day, entity, pk, Reading.Way.API, people)


def _is_held_back(user, entity: Entity, pk: int | None) -> bool:
    """Asked only of those who are named for anything: nobody else sees a record of restricted access."""
    if pk is None or not user.is_named or not issubclass(entity.model, Activity):
        return False
    return Restriction.objects.open().filter(activity=pk).exists()


def _note(user, day: date, entity: Entity, pk: int | None, way: str, people: int) -> None:
    if people:
        Reading.note(user, day, entity.slug, pk, way, people)
