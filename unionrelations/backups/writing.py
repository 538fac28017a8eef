"""What goes into a backup: one look at the whole database, then the files. Constant memory, however much it is."""

from __future__ import annotations

import hashlib
import io
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from unionrelations.kit.shelf import stored_files

from . import archive, states
from .archive import Contents, Tally, Writer
from .figures import figures
from .refusals import Refused
from .rows import columns, lines, tables
from .sequences import highest_key


def write(stream: IO[bytes], now: datetime, say: Callable[[int], None] = lambda percent: None) -> Contents:
    """Everything the house keeps, in the order `archive` tells. `say` must not ask the database.

    Raises Refused where the tables are not those of this release.
    """
    contents, writer = Contents(), Writer(stream)
    with one_look():
        state = states.of_database(connection)
        if state != states.of_code():
            raise Refused(_("The database is not as this release has it: run migrate first."))
        writer.put_json(archive.HEAD, _head(now, state))
        models = tables(apps)
        for number, model in enumerate(models):
            label = model._meta.label_lower
            tally = contents.tables[label] = Tally()
            names = archive.line_of([one.column for one in columns(model)])
            writer.put_lines(f"{archive.TABLES}/{label}", lines(model, connection, tally), names)
            tally.highest = highest_key(model)
            say(40 * number // len(models))
        writer.put_lines(archive.FIGURES, figures(contents.figures))
        contents.missing = sum(not stored.storage.exists(str(stored.name)) for _row, stored in stored_files())
    say(45)
    _put_files(writer, contents.files)
    writer.put_json(archive.MANIFEST, contents.as_json())
    writer.close()
    return contents


def _head(now: datetime, state: states.State) -> dict:
    return {
        "format": archive.FORMAT,
        "release": release(),
        "made_at": now.isoformat(),
        "database": connection.vendor,
        "migrations": state,
    }


def release() -> str:
    """The version of the house."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]


@contextmanager
def one_look() -> Iterator[None]:
    """All questions inside are answered as of one moment, and nobody has to wait for it."""
    mode = getattr(connection, "transaction_mode", None)
    try:
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            connection.transaction_mode = "DEFERRED"  # a reader: writers go on beside it
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode


class _Hashed(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


def _put_files(writer: Writer, tally: Tally) -> None:
    """All of them, also those no row names any more: a row may still be brought back."""
    told: list[bytes] = []
    number = 1
    for name, is_draft in default_storage.names():
        if is_draft or not default_storage.exists(name):  # being written, or taken away since
            continue
        with default_storage.open(name) as file:
            hashed, size = _Hashed(file), file.size
            writer.put(f"{archive.FILES}/{name}", hashed, size)
        line = archive.line_of([name, size, hashed.digest.hexdigest()])
        tally.add(line, size)
        told.append(line)
        if len(told) == archive.MANY_FILES:
            writer.put_part(archive.HASHES, number, told)
            number, told = number + 1, []
    writer.put_part(archive.HASHES, number, told)
