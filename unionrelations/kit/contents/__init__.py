"""What a file is, told by its content and never by its name. An open list of dangers is not needed: only what is
known to be one of a few kinds passes, and each of those is looked at for what could harm.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

import puremagic
from django.utils.translation import gettext as _

from .archives import ends_as_archive, told_by_archive, told_by_compound
from .kinds import BY_MEDIA_TYPE, BY_SUFFIX, HEIC, JPEG, KINDS, PDF, PNG, SUFFIXES, TEXT, TIFF, WEBP, Kind, Refused
from .pictures import is_sane, size_of_heic, size_of_jpeg, size_of_png, size_of_tiff, size_of_webp

__all__ = ["BY_MEDIA_TYPE", "BY_SUFFIX", "KINDS", "SUFFIXES", "Kind", "Refused", "foreign_suffix", "told_by"]

HEAD = 4096  # bytes that tell most files
PIECE = 1024 * 1024
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc"}
MARKUP = ((b"<svg", "svg"), (b"<!doctype html", "html"), (b"<html", "html"), (b"<?xml", "xml"), (b"<", "html"))
PROGRAMS = ((b"MZ", "exe"), (b"\x7fELF", "elf"), (b"#!", "sh"))
OTHERS = ((b"PK\x03\x04", "zip"), (b"GIF8", "gif"), (b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"))
# Bytes that no text in an encoding of our offices holds: a page of UTF-8, of Windows or of TCVN3 has none of them.
NO_TEXT = bytes({*range(32)} - {*b"\t\n\r\f\x1a\x1b"})
NO_TEXT_SIGNS = set(NO_TEXT.decode("ascii"))


def told_by(file: IO[bytes]) -> Kind | None:
    """Which kind a file is; None where it is none that is kept. Raises Refused for one that must not be."""
    file.seek(0)
    head = file.read(HEAD)
    for starts, look in LOOKS:
        if starts(head):
            return look(file)
    return TEXT if _is_text(file, head) else None


def foreign_suffix(file: IO[bytes]) -> str:
    """What a file that is not kept is usually named, as far as anybody can tell; "" else."""
    file.seek(0)
    head = file.read(HEAD)
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for signs, text in ((PROGRAMS + OTHERS, head), (MARKUP, bare)):
        for start, suffix in signs:
            if text.startswith(start):
                return "svg" if b"<svg" in bare[:1000] else suffix
    try:
        return puremagic.from_string(head).lstrip(".")
    except (puremagic.PureError, ValueError):
        return ""


def _pdf(file: IO[bytes]) -> Kind:
    size = file.seek(0, 2)
    file.seek(max(0, size - HEAD))
    if b"%%EOF" not in file.read():
        raise Refused(
            _("“%(name)s” is damaged or incomplete. Open it in its own program, save it again and choose it anew.")
        )
    return _one_thing(file, PDF)


def _one_thing(file: IO[bytes], kind: Kind) -> Kind:
    if ends_as_archive(file):
        raise Refused(_("“%(name)s” is two things at once: an archive hangs at its end. It is not kept."))
    return kind


def _picture(kind: Kind, size_of: Callable) -> Callable[[IO[bytes]], Kind]:
    def look(file: IO[bytes]) -> Kind:
        size = size_of(file)
        if size is None:
            raise Refused(_("“%(name)s” is a damaged or incomplete picture. Scan or save it again."))
        if not is_sane(size):
            raise Refused(_("“%(name)s” is a picture of a size no scan has. Save it smaller and choose it again."))
        return _one_thing(file, kind)

    return look


def _is_text(file: IO[bytes], head: bytes) -> bool:
    """Whether every byte can be a text's; markup is none, since a browser might run it."""
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not bare or bare.startswith((b"<", b"{\\rtf", b"%!", b"%PDF", *(start for start, _suffix in PROGRAMS + OTHERS))):
        return False
    file.seek(0)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return not NO_TEXT_SIGNS & set(file.read().decode("utf-16"))
        except UnicodeDecodeError:
            return False
    return not any(len(piece.translate(None, NO_TEXT)) != len(piece) for piece in iter(lambda: file.read(PIECE), b""))


def _starts(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signs)


# A PDF begins with its sign; blanks may stand before it, another file's head may not.
LOOKS: tuple[tuple[Callable[[bytes], bool], Callable[[IO[bytes]], Kind | None]], ...] = (
    (lambda head: head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"), _pdf),
    (_starts(b"PK\x03\x04"), told_by_archive),
    (_starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), told_by_compound),
    (_starts(b"\xff\xd8\xff"), _picture(JPEG, size_of_jpeg)),
    (_starts(b"\x89PNG\r\n\x1a\n"), _picture(PNG, size_of_png)),
    (_starts(b"II*\0", b"MM\0*"), _picture(TIFF, size_of_tiff)),
    (lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP", _picture(WEBP, size_of_webp)),
    (lambda head: head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS, _picture(HEIC, size_of_heic)),
)
