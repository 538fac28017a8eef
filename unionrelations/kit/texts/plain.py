"""Plain text in whatever encoding it was saved. Never guesses at bytes that are no text."""

from __future__ import annotations

import codecs
from itertools import pairwise

from charset_normalizer import from_bytes
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# By the mark at the beginning; the longer marks first, since one begins with the other.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
VIETNAMESE = "cp1258"  # the letters of Windows before Unicode, their marks apart
_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook, dot below


def text_of_plain(content: bytes, name: str) -> str:
    encoding = next((one for mark, one in _MARKED if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = _guessed(content)
    if text is None or _is_binary(text):
        raise ValidationError(
            _("“%(name)s” is neither text, Word (.docx) nor PDF. Save it as one of these, or paste its text.")
            % {"name": name}
        )
    return text


def _guessed(content: bytes) -> str | None:
    """Vietnamese of Windows where its marks stand on letters that carry them, else what the bytes look most like."""
    vietnamese = _decoded(content, VIETNAMESE)
    if vietnamese is not None and _reads_as_vietnamese(vietnamese):
        return vietnamese
    best = from_bytes(content).best()
    return None if best is None else str(best)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _reads_as_vietnamese(text: str) -> bool:
    carried = [before.lower() in "aăâeêioôơuưy" for before, mark in pairwise(text) if mark in _MARKS]
    return bool(carried) and all(carried)


def _is_binary(text: str) -> bool:
    strange = sum(1 for one in text[:10_000] if one < " " and one not in "\t\n\r\f\v\x1b")
    return strange > len(text[:10_000]) // 100
