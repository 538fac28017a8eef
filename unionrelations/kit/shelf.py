"""All stored files beside all rows that name one: which are missing, changed, or named by no row any more.

A file outlives its row, since the row may be brought back. It is taken away once it was found without one for longer
than that is possible. Asks every table that has a column for files. Never knows which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

from .uploads import sha256_of

NOTES = ".without-a-row.json"  # when each file was first found without a row
LEFT_FOR = timedelta(hours=25)  # an hour longer than anything can be undone


@dataclass
class Shelf:
    """What was found, and what was taken away."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)  # which row, and the name of its file
    changed: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)  # names of files without a row
    removed: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not (self.missing or self.changed or self.orphans)


def look_through(now: datetime, *, contents: bool = True, clean: bool = False) -> Shelf:
    """Looks at every file; with `contents` reads each and compares it with its SHA-256.

    With `clean`, takes away those found without a row for longer than LEFT_FOR. Finding one begins that time.
    """
    found, named = Shelf(), set()
    for row, stored in stored_files():
        name = str(stored.name)
        named.add(name)
        found.checked += 1
        line = f"{row._meta.label} {row.pk}: {name}"
        if not stored.storage.exists(name):
            found.missing.append(line)
        elif contents and (wanted := getattr(row, "sha256", None)):
            with stored.storage.open(name) as file:
                if sha256_of(file) != wanted:
                    found.changed.append(line)
    found.orphans = [name for name, _is_draft in default_storage.names() if name not in named]
    _age(found, now, clean=clean)
    return found


def stored_files() -> Iterator[tuple[models.Model, models.fields.files.FieldFile]]:
    """(row, its file) for every row of every table that holds one."""
    for model in apps.get_models():
        if model._meta.proxy:
            continue
        columns = [one for one in model._meta.local_fields if isinstance(one, models.FileField)]
        known = [one.attname for one in model._meta.local_fields if one.attname == "sha256"]
        for column in columns:
            rows = model._base_manager.exclude(**{column.attname: ""}).exclude(**{f"{column.attname}__isnull": True})
            for row in rows.only("pk", column.attname, *known).order_by("pk").iterator():
                yield row, getattr(row, column.attname)


def _age(found: Shelf, now: datetime, *, clean: bool) -> None:
    notes = Path(default_storage.path(NOTES))
    since = json.loads(notes.read_text()) if notes.exists() else {}
    since = {name: since.get(name, now.isoformat()) for name in found.orphans}
    if clean:
        for name, moment in list(since.items()):
            if now - datetime.fromisoformat(moment) > LEFT_FOR:
                default_storage.delete(name)
                found.removed.append(name)
                del since[name]
        found.orphans = list(since)
    if since or notes.exists():
        notes.parent.mkdir(parents=True, exist_ok=True)
        draft = notes.with_suffix(".new")
        draft.write_text(json.dumps(since))
        draft.replace(notes)
