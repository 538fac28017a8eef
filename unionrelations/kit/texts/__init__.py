"""The text of a file somebody hands in: plain text, Word, or a PDF with a text layer. Never knows what is told in it.

What a file is, its content says and not its name. Whatever cannot be read is refused in one sentence that says how to
mend it.
"""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .paged import text_of_pdf
from .plain import text_of_plain
from .word import text_of_docx

LARGEST = 20 * 1024 * 1024  # bytes of a file
LONGEST = 1_000_000  # characters of a text; a report of a term has a tenth of that
SUFFIXES = (".txt", ".docx", ".pdf")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and any Office file with a password
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")


def text_of(content: bytes, name: str) -> str:
    """The text of a file, its paragraphs one a line, as `even` leaves it.

    Raises ValidationError with a sentence for the person who chose the file called `name`.
    """
    if len(content) > LARGEST:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)d MB. Save the text alone, or paste the part that holds the figures.")
            % {"name": name, "most": LARGEST // 1024 // 1024}
        )
    text = even(_read(content, name))
    if not any(one.isalnum() for one in text):
        raise ValidationError(_("“%(name)s” holds no text.") % {"name": name})
    refuse_too_long(text)
    return text


def even(text: str) -> str:
    """The same text with composed letters and plain line ends, so that places counted in it hold; twice is once."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\x00", "").removeprefix("\ufeff").strip("\n")


def refuse_too_long(text: str) -> None:
    if len(text) > LONGEST:
        raise ValidationError(
            _("The text has more than %(most)s characters. Read it in parts, each with its own figures.")
            % {"most": f"{LONGEST:_}".replace("_", ".")}
        )


def is_plain(content: bytes) -> bool:
    """Whether it is no Word file, PDF, picture or the like, so that its characters are those of the file itself."""
    starts = (b"PK\x03\x04", _OLE, b"{\\rtf", *_PICTURES)
    return b"%PDF-" not in content[:1024] and not content.startswith(starts)


def _read(content: bytes, name: str) -> str:
    if b"%PDF-" in content[:1024]:
        return text_of_pdf(content, name)
    if content.startswith(b"PK\x03\x04"):
        return text_of_docx(content, name)
    if content.startswith(_OLE):
        if _PASSWORD in content:
            raise ValidationError(
                _("“%(name)s” is protected by a password. Save it without one, or paste its text.") % {"name": name}
            )
        raise ValidationError(
            _("“%(name)s” is in the form Word used before 2007. Save it as .docx, or paste its text.") % {"name": name}
        )
    if content.startswith(b"{\\rtf"):
        raise ValidationError(_("“%(name)s” is an RTF file. Save it as .docx, or paste its text.") % {"name": name})
    if content.startswith(_PICTURES):
        raise ValidationError(
            _("“%(name)s” is a picture, and a picture holds no text. Type or paste what it says.") % {"name": name}
        )
    return text_of_plain(content, name)
