"""Text with separators, in any common encoding, as a book of one sheet. Never tells numbers: its values are words."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from itertools import islice, pairwise

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .books import LONGEST_CELL, Book, Room, Sheet, Unreadable, Value, check_column, check_length, tidy

SEPARATORS = ",;\t|"
MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
SAMPLE = 200_000  # characters, or bytes
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
QUOTED_FORMULA = re.compile(r"'[=+\-@\t\r]")  # as this house writes what a spreadsheet would take for a formula
VOWELS = frozenset("aeiouyAEIOUY")
VIETNAMESE = re.compile("[ĂăĐđƠơƯư\u0300\u0301\u0303\u0309\u0323]")


def read_csv(content: bytes) -> Book:
    """Raises Unreadable, with a sentence for whoever sent the file."""
    text = decoded(content)
    separator, text = _separator(text)
    room = Room()
    lines, number = [], 0
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    try:
        for number, record in enumerate(reader, 1):
            cells = [_value(one, number, column, room) for column, one in enumerate(record)]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                check_column(len(cells) - 1)
                lines.append(room.line(number, cells))
    except csv.Error:  # a cell beyond what the library takes
        raise Unreadable(
            _("Row %(row)d has a cell with more than %(most)d characters; shorten it and send the file again.")
            % {"row": number + 1, "most": LONGEST_CELL}
        ) from None
    return Book("csv", [Sheet(pgettext("of a spreadsheet", "Table"), lines=lines)])


def _value(written: str, number: int, column: int, room: Room) -> Value:
    check_length(len(written), column, number)
    value = tidy(written[1:] if QUOTED_FORMULA.match(written) else written)
    if value is not None:
        room.take(value)
    return value


def decoded(content: bytes) -> str:
    """The text, by its mark, as UTF-8, as UTF-16, or in the older way that makes sense of it."""
    for encoding, mark in MARKS:
        if content.startswith(mark):
            return _checked(_decode(content, encoding))
    if b"\0" in content[:SAMPLE]:
        sample = content[:SAMPLE]
        encoding = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        return _checked(_decode(content, encoding))
    for encoding in ("utf-8", *_older(content)):
        if (text := _decode(content, encoding)) is not None:
            return _checked(text)
    raise _rubbish()


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _older(content: bytes) -> list[str]:
    """Encodings of one byte a letter, the likeliest first: Vietnamese where marks stand on vowels, else Western."""
    vietnamese = _decode(content[:SAMPLE], "cp1258")
    if vietnamese and VIETNAMESE.search(vietnamese) and _stands_on_vowels(vietnamese):
        return ["cp1258", "cp1252"]
    return ["cp1252", "cp1258"]


def _stands_on_vowels(text: str) -> bool:
    return all(
        unicodedata.normalize("NFD", before)[0] in VOWELS or before in "ƠơƯư"
        for before, mark in pairwise(text)
        if unicodedata.combining(mark)
    )


def _checked(text: str | None) -> str:
    """The text, unless it is what a program wrote for itself."""
    if text is None or len(CONTROL.findall(text[:SAMPLE])) * 200 > len(text[:SAMPLE]):
        raise _rubbish()
    return text


def _separator(text: str) -> tuple[str, str]:
    """The sign that parts most lines into equally many cells; a first line "sep=;" says it itself."""
    first, _end, rest = text.partition("\n")
    if len(first.strip()) == 5 and first.lower().startswith("sep="):
        return first[4], "\n" + rest
    sample = text[:SAMPLE].splitlines(keepends=True)
    return max(SEPARATORS, key=lambda one: _agreement(sample, one)), text


def _agreement(sample: list[str], separator: str) -> tuple[int, int]:
    """How many lines have the commonest number of cells, where that is more than one, and that number."""
    try:
        widths = Counter(len(one) for one in islice(csv.reader(sample, delimiter=separator), 200))
    except csv.Error:
        return 0, 0
    width, lines = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(0, 0))
    return (lines, width) if width > 1 else (0, 0)


def _rubbish() -> Unreadable:
    return Unreadable(
        _("This file holds no readable table; save the table as .xlsx, or as CSV in UTF-8, and send that.")
    )
