"""Loads records from fixture files. Never knows what a record means, nor who runs it.

The files are Django's own YAML fixtures, read in the order of their names, so that whatever a record points at stands
before it. What is new is checked and saved as a form would do it; what is there already stays as people left it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core import serializers
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _


class Refused(Exception):
    """Why nothing was loaded, in one line that names the file and the record."""

    def __init__(self, place: str, reason: object):
        super().__init__(" ".join(f"{place}: {reason}".split()))


@dataclass
class Tally:
    new: int = 0
    there: int = 0


class Fixtures:
    """The fixture files of one folder."""

    def __init__(self, folder: Path):
        self.folder = folder

    @property
    def files(self) -> list[Path]:
        """In the order they load."""
        return sorted(self.folder.glob("*.yaml"))

    @transaction.atomic
    def load(self) -> dict[type[models.Model], Tally]:
        """Saves every record that is not there yet, all or none; says how many of each kind. Raises Refused."""
        if not self.files:
            raise Refused(str(self.folder), _("There is no fixture file here."))
        tallies: dict[type[models.Model], Tally] = defaultdict(Tally)
        added: set[tuple[type[models.Model], object]] = set()
        for file in self.files:
            for place, record in _records(file):
                tally = tallies[type(record)]
                if _is_peoples(record, added):
                    tally.there += 1
                    continue
                _save(record, place)
                added |= {(kind, record.pk) for kind in (type(record), *record._meta.all_parents)}
                tally.new += 1
        return dict(tallies)


def _records(file: Path) -> Iterator[tuple[str, models.Model]]:
    """Each record with its place; one that is there already carries its key."""
    number, place = 0, file.name
    try:
        reader = iter(serializers.deserialize("yaml", file.read_text(encoding="utf-8")))
        while True:
            number += 1
            place = _("%(file)s, record %(number)d") % {"file": file.name, "number": number}
            found = next(reader, None)
            if found is None:
                return
            yield place, found.object
    except (DeserializationError, UnicodeDecodeError, TypeError) as reason:
        raise Refused(place, str(reason) or reason.__cause__) from reason


def _is_peoples(record: models.Model, added: set[tuple[type[models.Model], object]]) -> bool:
    """Whether it was there before, or is part of something that was: people may have changed or removed it since."""
    if record.pk is not None:
        return True
    return any((field.related_model, getattr(record, field.attname)) not in added for field in _owners(record))


def _owners(record: models.Model) -> list[models.Field]:
    """Along these keys it is part of another record: what it is deleted with, else the document that printed it."""
    given = [
        field
        for field in record._meta.concrete_fields
        if field.many_to_one and getattr(record, field.attname) is not None
    ]
    wholes = [field for field in given if field.remote_field.on_delete is models.CASCADE]
    return wholes or [field for field in given if field.name == "document"]


def _save(record: models.Model, place: str) -> None:
    place = f"{place} ({record._meta.label_lower} {'/'.join(str(part) for part in record.natural_key())})"
    try:
        record.full_clean()
        record.save()
    except ValidationError as refusal:
        raise Refused(place, _in_one_line(refusal)) from refusal
    except DatabaseError as refusal:
        raise Refused(place, refusal) from refusal


def _in_one_line(refusal: ValidationError) -> str:
    return "; ".join(
        " ".join(messages) if field == NON_FIELD_ERRORS else f"{field}: {' '.join(messages)}"
        for field, messages in refusal.message_dict.items()
    )
