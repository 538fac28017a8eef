"""The order Vietnamese readers look names up in: a ă â, d đ, tones last, capitals after small letters.

PostgreSQL's ICU knows it; SQLite is taught the same order under the same name. Never knows whose names they are.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from django.db.models import F, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Collate, NullIf
from django.utils.translation import get_language

COLLATION = "vi-x-icu"

# As the Unicode collation table orders them: signs, then figures, then letters; what is not here comes after all.
_SIGNS = "_-‐‑‒–—,;:!?.…·'‘’\"“”«»()[]{}§@*/\\&#%`´^°+±<=>|~$€№"
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {one: bytes([number]) for number, one in enumerate(f" {_SIGNS}0123456789{_LETTERS}", 1)}
_BEYOND = b"\xff"

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; a letter without any stands before them
_SHAPES = "\u0306\u0302\u031b"  # the breve, the circumflex and the horn make another letter


def _letters(words: str):
    """(letter, tone, whether a capital) one by one; a letter keeps the shape that makes it another letter."""
    letter, tone = "", 0
    for one in unicodedata.normalize("NFD", words):
        if not unicodedata.combining(one):
            if letter:
                yield letter, tone
            letter, tone = one, 0
        elif one in _SHAPES:
            letter = unicodedata.normalize("NFC", letter + one)
        else:
            tone = _TONES.find(one) + 1 or len(_TONES) + 1
    if letter:
        yield letter, tone


@lru_cache(maxsize=10_000)
def sort_key(words: str) -> tuple[bytes, bytes, bytes, str]:
    """Compares as the names do: letters first, over the whole name; then tones; then capitals; then as written."""
    placed, tones, capitals = bytearray(), bytearray(), bytearray()
    for letter, tone in _letters(words):
        small = letter.lower()
        placed += _PLACE.get(" " if small.isspace() else small) or _BEYOND + small.encode()
        tones.append(tone)
        capitals.append(small != letter)
    return bytes(placed), bytes(tones), bytes(capitals), words


def compare(one: str, other: str) -> int:
    """Negative, nought or positive, as SQLite asks for it."""
    first, second = sort_key(one), sort_key(other)
    return (first > second) - (first < second)


def teach_sqlite(sender, connection, **kwargs) -> None:
    """Gives every new connection to SQLite the collation PostgreSQL has of its own."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compare)


class NameShown(Func):
    """A name as the reader is shown it; `en` is used where it is not empty and they read English."""

    def __init__(self, name: str, en: str = ""):
        super().__init__(F(name), *([F(en)] if en else []))

    def resolve_expression(self, *args, **kwargs):
        return self._shown().resolve_expression(*args, **kwargs)

    def _shown(self) -> Combinable:
        # Only now, when the question is put, is there a reader with a language.
        name, *english = self.get_source_expressions()
        if english and get_language() == "en":
            return Coalesce(NullIf(english[0], Value("")), name)
        return name


class ByName(NameShown):
    """The order of names in the reader's language."""

    def _shown(self) -> Combinable:
        return Collate(super()._shown(), COLLATION)
