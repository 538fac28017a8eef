"""A file somebody hands in: looked at by its content, measured, and named for display. Never keeps it.

Refusals are sentences in the reader's language that say which file, what is wrong and how to mend it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .contents import BY_SUFFIX, KINDS, Kind, Refused, foreign_suffix, told_by

LONGEST_NAME = 150  # characters, the suffix included
PIECE = 1024 * 1024
MEGABYTE = 1024 * 1024

_MEANT_FOR_PATHS = re.compile(r'[<>:"|?*\\/]')


@dataclass(frozen=True)
class Told:
    """What is known of a file once it was looked at."""

    name: str
    kind: Kind
    size: int  # bytes
    sha256: str


def look_at(file: IO[bytes], name: str) -> Told:
    """Raises Refused, with the sentence to show, for what is not kept. Leaves the file at its beginning."""
    shown = shown_name(name)
    try:
        size = file.seek(0, 2)
        if not size:
            raise Refused(_("“%(name)s” is empty. Choose the file again."))
        if size > settings.UPLOAD_LIMIT:
            raise Refused(
                _("“%(name)s” is larger than %(most)s, the most that is kept. Scan it in grey, or split it."),
                most=most_in_words(),
            )
        kind = told_by(file)
        suffix = suffix_of(shown)
        if kind is None or (suffix and suffix not in kind.suffixes):
            raise _not_as_named(suffix, kind.suffix if kind else foreign_suffix(file))
        digest = sha256_of(file)
    except Refused as why:
        raise why.about(shown) from why
    finally:
        file.seek(0)
    return Told(shown if suffix else f"{shown}.{kind.suffix}", kind, size, digest)


def sha256_of(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def shown_name(name: str) -> str:
    """A name fit to be shown and sent: no folders, no signs that are not seen or turn the writing round, not too long.

    What a browser sends is somebody's word. It is shown, and never becomes a path.
    """
    seen = "".join(one for one in unicodedata.normalize("NFC", name) if not _is_unseen(one))
    last = seen.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    bare = " ".join(_MEANT_FOR_PATHS.sub("_", last).split()).rstrip(". ")
    stem, dot, suffix = bare.rpartition(".")
    if not dot:
        return bare[:LONGEST_NAME].strip() or _("file")
    suffix = suffix[:10].strip()
    stem = stem[: LONGEST_NAME - len(suffix) - 1].strip(". ") or _("file")
    return f"{stem}.{suffix}"


def suffix_of(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem else ""


def in_words(size: int | None) -> str:
    """A number of bytes as people say it."""
    if size is None:
        return ""
    if size < MEGABYTE:
        return _("%(n)s KB") % {"n": number_format(max(1, round(size / 1024)))}
    return _("%(n)s MB") % {"n": number_format(round(size / MEGABYTE, 1), 1 if size < 10 * MEGABYTE else 0)}


def most_in_words() -> str:
    return in_words(settings.UPLOAD_LIMIT)


def accepted() -> str:
    """The kinds that are kept, for a hint."""
    return ", ".join(kind.suffix.upper() for kind in KINDS)


def _is_unseen(one: str) -> bool:
    """Control and formatting characters, among them those that turn the writing direction round; lone surrogates."""
    return unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _not_as_named(suffix: str, content: str) -> Refused:
    words = {"kinds": accepted(), "content": content.upper()}
    if suffix and suffix not in BY_SUFFIX:
        return Refused(_("“%(name)s” is of a type that is not kept. Kept are: %(kinds)s."), **words)
    if content and content != suffix:
        return Refused(
            _("“%(name)s” is not what its name says: its content is of type %(content)s. Save it anew as %(kinds)s."),
            **words,
        )
    return Refused(
        _("“%(name)s” is not what its name says, and of no type that is kept. Save it anew as %(kinds)s."), **words
    )
