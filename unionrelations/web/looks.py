"""Notes who looked at the details of people: on the page of a record that lists them, in a file of officers."""

from __future__ import annotations

from django.utils import timezone

from unionrelations.kit.entities import Entity
from unionrelations.privacy.models import Reading

# The rows with people's names that stand on a record's page, by the slug of its entity; "" where it is one itself.
PEOPLE_ON = {
    "delegations": "members",
    "conferences": "members",
    "courses": "members",
    "activities": "members",
    "partners": "contacts",
    "officers": "",
}


def look_at_record(user, entity: Entity, record) -> None:
    """Notes a look at one record's page, where it names anybody."""
    if entity.slug not in PEOPLE_ON:
        return
    people = getattr(record, PEOPLE_ON[entity.slug]).all() if PEOPLE_ON[entity.slug] else (record,)
    _note(user, entity, record.pk, Reading.Way.PAGE, len(people))


def look_at_file(user, entity: Entity, rows: int) -> None:
    """Notes a file of a list whose rows are people."""
    if PEOPLE_ON.get(entity.slug) == "":
        _note(user, entity, None, Reading.Way.FILE, rows)


def _note(user, entity: Entity, pk: int | None, way: str, people: int) -> None:
    if people:
        Reading.note(user, timezone.localdate(), entity.slug, pk, way, people)
