"""An uploaded report between the step that reads it and the step that saves: a file of nobody's but its uploader.

It is stored as no record, under a name of our own, and goes when it is taken, or after a day.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from activities.models import DocumentFile, SourceDocument

FOLDER = "waiting"
KEPT_FOR = timedelta(hours=24)
SALT = "unionrelations.web.prose.originals"


@dataclass(frozen=True)
class Waiting:
    """An uploaded file that waits for its document: where it lies, and what its person called it."""

    path: str
    name: str

    def sign(self, user) -> str:
        return signing.dumps([user.pk, self.path, self.name], salt=SALT)

    @classmethod
    def read(cls, token: str | None, user) -> Waiting | None:
        """The file this person uploaded within the last day; None for any other."""
        try:
            owner, path, name = signing.loads(token or "", salt=SALT, max_age=KEPT_FOR)
        except (signing.BadSignature, TypeError, ValueError):
            return None
        return cls(path, name) if owner == user.pk and default_storage.exists(path) else None

    @classmethod
    def store(cls, content: bytes, name: str) -> Waiting:
        clear_old()
        path = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(content))
        return cls(path, name)

    @property
    def content(self) -> bytes:
        with default_storage.open(self.path) as stored:
            return stored.read()

    def forget(self) -> None:
        default_storage.delete(self.path)


def clear_old() -> None:
    """Takes away what nobody came back for."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < timezone.now() - KEPT_FOR:
            default_storage.delete(path)


def keep_original(document: SourceDocument, uploaded: Waiting, by) -> DocumentFile:
    """The uploaded report becomes the document's file, byte for byte. Raises `contents.Refused` with its sentence."""
    return DocumentFile.objects.keep(document, uploaded.content, uploaded.name, by)
