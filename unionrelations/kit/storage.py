"""Where uploads and made files lie: outside what is served, each whole or not at all, under names of our own.

Never knows whose file it is. A name somebody's computer gave never becomes a path.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import FileUploadHandler

DRAFT = ".part"  # ends the name of a file that is still being written


def own_name(folder: str, suffix: str) -> str:
    """A path nobody can guess: `papers/3f/3f9c….pdf`."""
    name = secrets.token_hex(16)
    return f"{folder}/{name[:2]}/{name}.{suffix}"


class WholeFiles(FileSystemStorage):
    """A file appears under its name once all of it is on the disk, and never takes another's place.

    Web and workers may be two users of one group; nobody else reads.
    """

    def __init__(self, **options):
        super().__init__(**{"file_permissions_mode": 0o640, "directory_permissions_mode": 0o750} | options)

    def _save(self, name, content):
        full = Path(self.path(name))
        self._make_folders(full)
        with NamedTemporaryFile(dir=full.parent, suffix=DRAFT, delete=False) as draft:
            try:
                for piece in content.chunks():
                    draft.write(piece.encode() if isinstance(piece, str) else piece)
                draft.flush()
                os.fsync(draft.fileno())
                if self.file_permissions_mode is not None:
                    os.chmod(draft.name, self.file_permissions_mode)
                name = self._put(Path(draft.name), name)
            finally:
                Path(draft.name).unlink()
        self._ensure_location_group_id(self.path(name))
        return name.replace("\\", "/")

    def _put(self, draft: Path, name: str) -> str:
        """A link fails where the name is taken, so of two writers neither loses a file."""
        while True:
            try:
                os.link(draft, self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name

    def take_over(self, draft: Path, name: str, *, replace: bool = False) -> bool:
        """Puts a whole file under exactly this name; False where another is there, unless that one is to go."""
        full = Path(self.path(name))
        self._make_folders(full)
        if self.file_permissions_mode is not None:
            draft.chmod(self.file_permissions_mode)
        if replace:
            draft.replace(full)
        else:
            try:
                os.link(draft, full)
            except FileExistsError:
                return False
        self._ensure_location_group_id(str(full))
        return True

    def _make_folders(self, full: Path) -> None:
        for folder in (full.parent.parent, full.parent):  # a mode holds for the last folder that is made alone
            folder.mkdir(mode=self.directory_permissions_mode or 0o777, parents=True, exist_ok=True)

    def names(self):
        """(name, whether it is still being written) of every file there is."""
        root = Path(self.location)
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.relative_to(root).parts[0].startswith("."):
                yield path.relative_to(root).as_posix(), path.name.endswith(DRAFT)


class CutOff(FileUploadHandler):
    """Stops writing an upload down once it is larger than anything that is kept: its size then says that it is.

    Stands before the handlers that write.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data, start):
        if self.taken > settings.UPLOAD_LIMIT:
            return None
        self.taken += len(raw_data)
        return raw_data

    def file_complete(self, file_size):
        return None
