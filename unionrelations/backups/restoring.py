"""Bringing a backup back: into the database and the folder of files of this house, all of it or nothing.

Rows come in one transaction, which ends only after every row was read back from the database, every file from the disk
and every figure counted anew, and all were as the backup says. Before it, tables are made in an empty database; killed
there, they are empty still, and the same command goes on. New files are put in place before the transaction ends:
killed in between, they are files without a row, which the house takes away by itself. Only a file that takes another
one's place under the same name, as files of reports may where records are replaced, comes after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _

from unionrelations.history import triggers
from unionrelations.kit.acts import untold

from . import archive, states
from .archive import Contents, Tally, members, read_head
from .figures import figures
from .loading import Tables
from .making import only_one
from .refusals import Refused
from .sealing import opened
from .staging import Stage

IN_MEMORY = 1024 * 1024


class Restored:
    """What was brought back, and which reports this release counts otherwise than the one that made the backup."""

    def __init__(self, contents: Contents, otherwise: int = 0):
        self.contents, self.otherwise = contents, otherwise


def restore(file: Path, *, replace: bool = False) -> Restored:
    """Brings everything back, and the tables forward to this release; raises Refused, and then nothing has changed.

    A database that holds records is refused unless they may be replaced.
    """
    try:
        source = file.open("rb")
    except OSError as error:
        raise Refused(_("“%(file)s” cannot be read: %(why)s.") % {"file": file, "why": error.strerror}) from None
    with source, only_one():
        with opened(source) as stream:
            contents = _wholly_read(stream)  # to its end: damage is found before anything begins
        source.seek(0)
        with opened(source) as stream, untold():  # the history is in the backup, and nothing is added to it
            restored = _bring_back(members(stream), contents, replace)
        triggers.make()  # tables that were built anew have none
        return restored


def _wholly_read(stream: IO[bytes]) -> Contents:
    contents = None
    for name, content in members(stream):
        if name == archive.HEAD:
            read_head(content)
        elif name == archive.MANIFEST:
            contents = Contents.read(json.load(content))
    if contents is None:
        raise Refused(_("This file is no backup of this house."))
    return contents


def _bring_back(parts: Iterator[tuple[str, IO[bytes]]], wanted: Contents, replace: bool) -> Restored:
    head = read_head(next(parts)[1])
    state = head["migrations"]
    states.check(state, head["release"])
    is_todays = state == states.of_code()
    _make_tables(state)
    with SpooledTemporaryFile(IN_MEMORY) as told, Stage() as stage:
        with transaction.atomic(durable=True):
            house = _emptied(state, replace)
            _fill(house, stage, parts, told)
            house.done()
            house.give_keys_on(wanted)
            found = Contents(house.read_back(), stage.tally, missing=wanted.missing)
            _compare(found, wanted, stage)
            ContentType.objects.clear_cache()
            if is_todays and (differing := next(_differing(told, found.figures), None)):
                raise Refused(_("A figure is counted otherwise after restoring: %(what)s") % {"what": differing})
            stage.put(replace=replace)
        stage.put_the_rest()
        if is_todays:
            return Restored(found)
        call_command("migrate", verbosity=0, interactive=False)
        return Restored(found, sum(1 for _one in _differing(told, found.figures)))


def _make_tables(state: states.State) -> None:
    """The tables as they were when the backup was made. Only where no records are is anything built anew."""
    there = states.of_database(connection)
    if there == state:
        return
    if there:
        with transaction.atomic(durable=True):
            house = Tables(states.apps_of(there))
            house.lock()
            if house.hold_records():
                raise Refused(
                    _(
                        "The backup is of an older release and this database holds records: restore it into an empty "
                        "database, which is then brought forward."
                    )
                )
            states.drop_everything(there, connection)
    states.migrate_to(state, connection)


def _emptied(state: states.State, replace: bool) -> Tables:
    house = Tables(states.apps_of(state))
    house.lock()
    if house.hold_records() and not replace:
        raise Refused(_("This database holds records. --replace puts those of the backup in their place."))
    house.clear()
    return house


def _fill(house: Tables, stage: Stage, parts: Iterator[tuple[str, IO[bytes]]], told: IO[bytes]) -> None:
    for name, content in parts:
        folder, _slash, rest = name.partition("/")
        if folder == archive.TABLES:
            house.take(rest.partition("/")[0], content)
        elif folder == archive.FIGURES:
            told.write(content.read())
        elif folder == archive.FILES:
            stage.take(rest, content)
        elif folder == archive.HASHES:
            stage.compare(content)


def _compare(found: Contents, wanted: Contents, stage: Stage) -> None:
    for label in {**found.tables, **wanted.tables}:
        ours, theirs = found.tables.get(label, Tally()), wanted.tables.get(label, Tally())
        if not ours.says_the_same(theirs) or ours.highest != theirs.highest:
            raise Refused(
                _("%(table)s is not as it was: %(ours)s rows are there, %(theirs)s were, or they say something else.")
                % {"table": label, "ours": ours.rows, "theirs": theirs.rows}
            )
    if stage.waiting or not found.files.says_the_same(wanted.files):
        raise Refused(_("The files are not as they were."))


def _differing(told: IO[bytes], tally: Tally) -> Iterator[str]:
    """Lines of figures that are counted otherwise now."""
    told.seek(0)
    for ours, theirs in zip_longest(figures(tally), told, fillvalue=b""):
        if ours != theirs:
            yield f"{theirs.decode().strip()} ≠ {ours.decode().strip()}"
