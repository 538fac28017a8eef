"""The seal: opened by its key alone, and only where not one byte is other than it was."""

import errno
import gzip
import hashlib
import io
import os
from contextlib import suppress

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyrage import x25519

from unionrelations.backups.refusals import Refused
from unionrelations.backups.sealing import new_key, opened, sealed


@pytest.fixture(autouse=True)
def key(settings):
    settings.BACKUP_KEYS = [new_key()]
    return settings.BACKUP_KEYS[0]


def seal(content: bytes) -> bytes:
    file = io.BytesIO()
    with sealed(file) as stream:
        stream.write(content)
    return file.getvalue()


def unseal(sealed_bytes: bytes) -> bytes:
    with opened(io.BytesIO(sealed_bytes)) as stream:
        return stream.read()


@given(some.binary(max_size=1000), some.integers(0, 300))
def test_what_was_sealed_comes_out_as_it_went_in(content, times):
    assert unseal(seal(content * times)) == content * times


def test_other_programs_open_it_with_the_key(key):
    packed = pyrage.decrypt(seal(b"Cong doan"), [x25519.Identity.from_str(key)])
    assert gzip.decompress(packed) == b"Cong doan"


def test_another_key_opens_nothing(settings):
    file = seal(b"content")
    settings.BACKUP_KEYS = [new_key()]
    with pytest.raises(Refused, match="BACKUP_KEY"):
        unseal(file)


def test_a_key_that_was_changed_still_opens_what_it_sealed(settings, key):
    file = seal(b"content")
    settings.BACKUP_KEYS = [new_key(), key]
    assert unseal(file) == b"content"


def test_a_changed_byte_is_found_wherever_it_stands():
    file = seal(b"content")
    for place in range(len(file)):
        changed = bytearray(file)
        changed[place] ^= 1
        with pytest.raises(Refused):
            unseal(bytes(changed))


@given(some.integers(0, 200_000), some.integers(1, 255))
def test_a_changed_byte_is_found_in_a_long_file_too(place, change):
    file = bytearray(seal(some_noise(200_000)))
    file[place] ^= change
    with pytest.raises(Refused):
        unseal(bytes(file))


def test_a_missing_end_is_found_however_short():
    file = seal(b"content")
    for length in range(len(file)):
        with pytest.raises(Refused):
            unseal(file[:length])


@given(some.integers(1, 150_000))
def test_a_missing_end_of_a_long_file_is_found(missing):
    with pytest.raises(Refused):
        unseal(seal(some_noise(200_000))[:-missing])


def test_something_added_is_found():
    with pytest.raises(Refused):
        unseal(seal(b"content") + b"\0")
    with pytest.raises(Refused):
        unseal(seal(b"content") + seal(b"content"))


def test_what_broke_off_opens_to_nobody():
    file = io.BytesIO()
    with suppress(ZeroDivisionError), sealed(file) as stream:
        stream.write(some_noise(200_000))
        raise ZeroDivisionError
    with pytest.raises(Refused):
        unseal(file.getvalue())


class Full(io.RawIOBase):
    """A disk with room for so many bytes."""

    def __init__(self, room):
        self.room = room

    def writable(self):
        return True

    def write(self, piece):
        self.room -= len(piece)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(piece)


@pytest.mark.parametrize("room", [0, 100, 70_000, 150_000])
def test_a_full_disk_is_told_as_one(room):
    with pytest.raises(OSError, match="No space left") as told, sealed(Full(room)) as stream:
        stream.write(some_noise(400_000))
    assert told.value.errno == errno.ENOSPC


def test_without_a_key_nothing_is_sealed(settings):
    settings.BACKUP_KEYS = []
    with pytest.raises(Refused, match="BACKUP_KEY"):
        seal(b"content")


def test_a_key_with_a_slip_is_refused_without_being_repeated(settings, key):
    settings.BACKUP_KEYS = [key[:-1] + ("Q" if key[-1] != "Q" else "P")]
    with pytest.raises(Refused) as told:
        seal(b"content")
    assert settings.BACKUP_KEYS[0] not in str(told.value)


def some_noise(length: int) -> bytes:
    """Bytes that gzip cannot make fewer of, always the same."""
    digest, found = b"", []
    for number in range(length // 32 + 1):
        digest = hashlib.sha256(digest + bytes([number % 256])).digest()
        found.append(digest)
    return b"".join(found)[:length]


def test_a_reader_who_refuses_before_the_end_is_heard(settings):
    """What is not read yet waits in the pipe, larger than it, and it breaks with it: that says nothing of the seal."""
    settings.BACKUP_KEYS = [new_key()]
    file = io.BytesIO()
    with sealed(file) as into:
        into.write(os.urandom(120_000))
    file.seek(0)
    with pytest.raises(Refused, match="too new"), opened(file):
        raise Refused("too new")
