"""Files from a backup: laid beside the folder of files first, compared, then put in their places. Never knows a row."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from unionrelations.kit.uploads import sha256_of

from .archive import Tally, line_of
from .refusals import Refused

STAGE = ".restoring-"
PIECE = 1024 * 1024


class Stage:
    """A folder that is gone when the block ends; what a killed process leaves, the next one takes away."""

    def __enter__(self):
        root = Path(default_storage.path(""))
        root.mkdir(parents=True, exist_ok=True)
        for left in root.glob(f"{STAGE}*"):  # of one that was killed: no two run at once
            shutil.rmtree(left, ignore_errors=True)
        self.place = Path(tempfile.mkdtemp(prefix=STAGE, dir=root))
        self.tally = Tally()
        self.waiting: dict[str, str] = {}  # name → SHA-256 of what was written, until the backup tells it
        self.other: list[tuple[Path, str]] = []  # files whose names hold something else now
        return self

    def __exit__(self, *broken):
        shutil.rmtree(self.place, ignore_errors=True)

    def take(self, name: str, content: IO[bytes]) -> None:
        """Writes one file down. Raises Refused for a name that leads elsewhere."""
        try:
            default_storage.path(name)
        except SuspiciousFileOperation:
            raise Refused(_("The backup holds a file whose name leads elsewhere: %(name)s.") % {"name": name}) from None
        draft = self.place / name
        draft.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with draft.open("wb") as file:
            while piece := content.read(PIECE):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        self.waiting[name] = digest.hexdigest()

    def compare(self, content: IO[bytes]) -> None:
        """With what the backup says of the files before it: the bytes that came, and those that lie on the disk now."""
        for line in content:
            name, size, told = json.loads(line)
            came = self.waiting.pop(name, None)
            draft = self.place / name
            if came is not None:
                with draft.open("rb") as file:
                    came = came if sha256_of(file) == came and draft.stat().st_size == size else None
            if came != told:
                raise Refused(_("A file is not as it was: %(name)s.") % {"name": name})
            self.tally.add(line_of([name, size, told]), size)

    def put(self, *, replace: bool) -> None:
        """Every file into its place. Where another one is, it is refused or, with `replace`, left for last."""
        for draft in sorted(one for one in self.place.rglob("*") if one.is_file()):
            name = draft.relative_to(self.place).as_posix()
            if default_storage.take_over(draft, name):
                continue
            with draft.open("rb") as ours, default_storage.open(name) as theirs:
                if sha256_of(ours) == sha256_of(theirs):
                    continue
            if not replace:
                raise Refused(_("The folder of files holds another file of this name: %(name)s.") % {"name": name})
            self.other.append((draft, name))

    def put_the_rest(self) -> None:
        """Once the records are in: files that take the place of others."""
        for draft, name in self.other:
            default_storage.take_over(draft, name, replace=True)
