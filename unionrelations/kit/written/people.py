"""A person on one line: name, then title. Never knows whether there is such a person."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from unionrelations.kit.folding import fold

from .cells import Misread, Value, says_nothing, words_of

NUMBERING = re.compile(r"^\s*(?:\d{1,3}\s*(?:[.)/:\]-]+(?!\d)|\t|\s)|[-–—•*+])\s*")
COURTESY = re.compile(
    r"^(?:(?:ông|bà|đồng chí|đ/c|đ\.\s?c|đc|mrs|mr|ms|miss|madam|comrade)(?:\s*[.:]\s*|\s+))+", re.IGNORECASE
)
BETWEEN = re.compile(r"\s*\t\s*|\s*[,;:]\s*|\s+[-–—]\s+|\s+(?=\()")


def name_and_title(line: str) -> tuple[str, str]:
    """Both as written, without courtesy words; ("", …) where the line holds no letter."""
    name, *rest = BETWEEN.split(COURTESY.sub("", line), maxsplit=1)
    title = ", ".join(part for one in rest[0].split("\t") if (part := evened(one).strip(" ,;"))) if rest else ""
    if title.startswith("(") and title.endswith(")"):
        title = title[1:-1].strip()
    name = evened(name).strip(" .,;")
    return (name if fold(name) else ""), title


def evened(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def read_person(value: Value) -> tuple[str, str] | None:
    """Name and title of the one person in a cell; None where it tells nothing. Raises Misread where it names two."""
    words = words_of(value)
    if says_nothing(words):
        return None
    line, *further = (NUMBERING.sub("", one, count=1) for one in words.split("\n"))
    name, title = name_and_title(", ".join((line.rstrip(" ,;"), *further)))
    if COURTESY.match(title) or re.search(r"[,;]\s*(?:ông|bà|đồng chí|đ/c)\s", title, re.IGNORECASE):
        raise Misread(
            _("“%(typed)s” names more than one person. Write one here: the name, a comma, the title.")
            % {"typed": evened(words)},
            suggestion=line,
        )
    if not name or any(one.isdigit() for one in name):
        raise Misread(
            _("“%(typed)s” is not the name of a person. Write the name, a comma, the title.") % {"typed": evened(words)}
        )
    return name, title
