"""The text layer of a PDF, its printed lines joined into paragraphs. Never reads a picture of a page."""

from __future__ import annotations

import io
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

MOST_PAGES = 500
FULL = 0.8  # a line this long, of the longest on its page, ran on because there was no more room

_PAGE_NUMBER = re.compile(r"[\W_]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?[\W_]*", re.IGNORECASE)
_ENDED = tuple(".!?:;…")
_ITEM = re.compile(r"[-–•+*●▪]\s|\(?(?:\d{1,2}|[a-zđ]|[IVX]{1,5})[.)](?:\s|\d)")


def text_of_pdf(content: bytes, name: str) -> str:
    try:
        pages = _pages(content, name)
    except (DependencyError, NotImplementedError):
        raise _locked(name) from None
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError):
        raise ValidationError(
            _("“%(name)s” is damaged and cannot be read. Print it to a new PDF, or paste its text.") % {"name": name}
        ) from None
    text = "\n".join(_joined(pages))
    if not any(one.isalpha() for one in text):
        raise ValidationError(
            _("“%(name)s” is a scan: pictures of pages, without text. Let a scanner read it, or type what it says.")
            % {"name": name}
        )
    return text


def _pages(content: bytes, name: str) -> list[list[str]]:
    """The lines of each page, page numbers left out."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _locked(name)
    if len(reader.pages) > MOST_PAGES:
        raise ValidationError(
            _("“%(name)s” has more than %(most)d pages. Save those with figures apart, or paste their text.")
            % {"name": name, "most": MOST_PAGES}
        )
    return [_without_number(page.extract_text().splitlines()) for page in reader.pages]


def _locked(name: str) -> ValidationError:
    return ValidationError(
        _("“%(name)s” is protected by a password. Save it without one, or paste its text.") % {"name": name}
    )


def _without_number(lines: list[str]) -> list[str]:
    lines = [one.rstrip() for one in lines]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    for end in (-1, 0):
        if lines and _PAGE_NUMBER.fullmatch(lines[end].strip()):
            lines.pop(end)
    return lines


def _joined(pages: list[list[str]]) -> list[str]:
    """Paragraphs. One goes on in the next line, over pages as well, where that begins small or its own was full."""
    paragraphs: list[str] = []
    was_full = is_open = False
    for lines in pages:
        room = max((len(one) for one in lines), default=0) * FULL
        for line in lines:
            words = " ".join(line.split())
            if words and is_open and _goes_on(paragraphs[-1], words, was_full):
                paragraphs[-1] = _with(paragraphs[-1], words)
            elif words:
                paragraphs.append(words)
            is_open, was_full = bool(words), len(line) >= room
    return paragraphs


def _goes_on(before: str, words: str, was_full: bool) -> bool:
    if _ITEM.match(words):
        return False
    return words[0].islower() or (was_full and not before.endswith(_ENDED))


def _with(before: str, words: str) -> str:
    """The two lines as one; a word cut at the line's end is whole again, where it is one in no other way."""
    if before.endswith("\u00ad"):
        return before[:-1] + words
    if re.search(r"[a-z]{3}-$", before) and re.match(r"[a-z]{3}", words):
        return before[:-1] + words
    return f"{before} {words}"
