"""The envelope of a backup: gzip inside age, written and read as a stream. Never knows what is inside.

age (https://age-encryption.org/v1) is a published format with programs of its own, so that a backup can be opened
without this house: `age --decrypt --identity KEYFILE backup.age | tar --extract --gzip`. Each piece of 64 KiB is sealed
(ChaCha20-Poly1305), so that a changed, missing or moved byte is found wherever it stands, and so is a missing end.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import IO

import pyrage
from django.conf import settings
from django.utils.translation import gettext as _
from pyrage import x25519

from .refusals import Refused

PIECE = 64 * 1024
LEVEL = 6  # of gzip: more takes much longer for little


def new_key() -> str:
    return str(x25519.Identity.generate())


def keys() -> list[x25519.Identity]:
    """The first one seals, all of them open. Raises Refused where none is set."""
    if not settings.BACKUP_KEYS:
        raise Refused(_("BACKUP_KEY is not set: without a key there is no backup. “backup --new-key” makes one."))
    try:
        return [x25519.Identity.from_str(one) for one in settings.BACKUP_KEYS]
    except pyrage.IdentityError:
        raise Refused(_("BACKUP_KEY is no key: “backup --new-key” makes one.")) from None


class _Pump(Thread):
    """Runs what age does beside whoever writes or reads; keeps what went wrong."""

    def __init__(self, work: Callable[[], None]):
        super().__init__(daemon=True)
        self.work, self.error = work, None
        self.start()

    def run(self):
        try:
            self.work()
        except BaseException as error:
            self.error = error


class _UntilWhole(io.RawIOBase):
    """What comes through a pipe; its end counts as the end only once somebody has said that it is."""

    def __init__(self, pipe: IO[bytes]):
        self.pipe, self.is_whole = pipe, False

    def read(self, size=-1):
        piece = self.pipe.read(size if size > 0 else PIECE)
        if not piece and not self.is_whole:
            raise EOFError
        return piece


class _Telling(io.RawIOBase):
    """Writes to a file, and keeps the error that age would turn into words of its own."""

    def __init__(self, file: IO[bytes]):
        self.file, self.error = file, None

    def write(self, piece):
        try:
            self.file.write(piece)
        except OSError as error:
            self.error = error
            raise
        return len(piece)


@contextmanager
def sealed(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """What is written into this lies sealed in the file; where the block breaks off, the file has no end and opens to
    nobody. Raises OSError where the file cannot be written, such as on a full disk."""
    reader = keys()[0].to_public()
    out, into = os.pipe()
    target = _Telling(file)
    source = _UntilWhole(os.fdopen(out, "rb", buffering=0))

    def encrypt():
        with source.pipe:  # closed at once where age gives up, or whoever writes would wait for ever
            pyrage.encrypt_io(source, target, [reader])

    pump = _Pump(encrypt)
    try:
        with os.fdopen(into, "wb", buffering=PIECE) as pipe:
            with gzip.GzipFile(fileobj=pipe, mode="wb", compresslevel=LEVEL, mtime=0) as packed:
                yield packed
            pipe.flush()
            source.is_whole = True
    except BrokenPipeError:
        pump.join()
        raise target.error or pump.error or OSError() from None
    finally:
        pump.join()
    if pump.error:
        raise target.error or pump.error
    file.flush()


@contextmanager
def opened(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """What lies sealed in the file. Raises Refused for a wrong key and for a file that is not as it was made; that may
    be found only at the end of the block, so nothing read from it may be kept before."""
    readers = keys()
    out, into = os.pipe()
    target = _Telling(os.fdopen(into, "wb", buffering=PIECE))

    def decrypt():
        with target.file:
            pyrage.decrypt_io(file, target, readers)

    pump = _Pump(decrypt)
    try:
        with os.fdopen(out, "rb", buffering=PIECE) as pipe, gzip.GzipFile(fileobj=pipe, mode="rb") as packed:
            yield packed
            while packed.read(PIECE):
                pass  # up to the last piece, whose seal says that it is the last
    except (EOFError, gzip.BadGzipFile, zlib.error, Refused) as found:
        pump.join()
        closed = target.error or isinstance(pump.error, BrokenPipeError)  # by whoever refused to read on
        if isinstance(found, Refused) and (pump.error is None or closed):
            raise  # the seal is sound as far as it was read
        raise _refusal(pump.error) from None
    finally:
        pump.join()
    if pump.error:
        raise _refusal(pump.error) from None


def _refusal(error: BaseException | None) -> Refused:
    if isinstance(error, pyrage.DecryptError):
        if "No matching keys" in str(error):
            return Refused(
                _("BACKUP_KEY does not open this file: another key sealed it, or its first lines were changed.")
            )
        return Refused(_("This file is no backup, or its beginning is damaged."))
    return Refused(_("This backup is damaged or incomplete: it is not as it was sealed."))
