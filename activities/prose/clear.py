"""A text made even for reading, with the way back to its own offsets. Never changes what is printed.

Lower case, composed, one blank for any run of blanks, one kind of dash and quotation mark, and tone marks set one way
(khoá and khóa are the same word). Line ends stay where a new line begins something new.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

DASHES = dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’", "'") | {"\x0b": "\n"}
BULLET = re.compile(r"\s*(?:[-–—•*+●▪■◦➢✓o·]\s|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđA-Z]|[ivxIVX]{1,5})[.)]\s)")
# The tone stands on the first vowel of an open oa, oe, uy, as the older spelling has it: the same letters, moved.
TONES = re.compile(r"o[àáảãạèéẻẽẹ](?!\w)|(?<!q)u[ỳýỷỹỵ](?!\w)")
MOVED = {
    **{f"o{toned}": f"{moved}a" for toned, moved in zip("àáảãạ", "òóỏõọ", strict=True)},
    **{f"o{toned}": f"{moved}e" for toned, moved in zip("èéẻẽẹ", "òóỏõọ", strict=True)},
    **{f"u{toned}": f"{moved}y" for toned, moved in zip("ỳýỷỹỵ", "ùúủũụ", strict=True)},
}
MARKS = r"\u0300-\u036f\u200b-\u200f\u2060\ufeff\u00ad"
PLAIN = "".join(re.escape(sign) for sign in DASHES)
PIECE = re.compile(rf"(?:[^\s{MARKS}{PLAIN}](?![{MARKS}]))+|(?P<blank>\s+)|\S[{MARKS}]*")
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
GOES_ON = re.compile(r"(?:,|\b(?:và|của|với|các|đã|cử|đón|tại|cho|the|of|and|to|in|with|from|năm|giai đoạn))$")


@dataclass(frozen=True)
class Clear:
    """`text` and `cased` have a sign for each place; `places` says where in the original it stands, and ends there."""

    original: str
    text: str
    cased: str
    places: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of a stretch of the even text."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end]

    def printed(self, start: int, end: int) -> str:
        first, last = self.span(start, end)
        return self.original[first:last]


def clear(text: str) -> Clear:
    signs: list[str] = []
    places: list[int] = []
    for piece in PIECE.finditer(text):
        found, start = piece[0], piece.start()
        if piece["blank"]:
            signs.append(_blank(text, start, piece.end()) if found != " " else " ")
            places.append(start)
        elif len(found) > 1 and (UNSEEN.search(found) or unicodedata.combining(found[1])):
            made = unicodedata.normalize("NFC", UNSEEN.sub("", found))
            signs.append(made)
            places.extend([start] * len(made))
        else:
            signs.append(DASHES.get(found, found))
            places.extend(range(start, piece.end()))
    places.append(len(text))
    cased = "".join(signs)
    return Clear(text, TONES.sub(lambda found: MOVED[found[0]], _lower(cased)), cased, places)


def _lower(cased: str) -> str:
    """In lower case sign for sign; a letter that would become two stays."""
    lower = cased.lower()
    return lower if len(lower) == len(cased) else "".join(one if len(one.lower()) > 1 else one.lower() for one in cased)


def _blank(text: str, start: int, end: int) -> str:
    """What a run of blanks means: a column, a new line, or a blank inside a sentence."""
    run = text[start:end]
    breaks = run.count("\n") or run.count("\r") + run.count("\u2028") + run.count("\u2029") + run.count("\x0b")
    if not breaks:
        return "\t" if "\t" in run else " "
    if breaks > 1 or start == 0 or end == len(text):
        return "\n"
    return " " if _is_wrapped(text, start, end) else "\n"


def _is_wrapped(text: str, start: int, end: int) -> bool:
    """Whether a line was only broken by the width of a page: the next goes on in the middle of a sentence."""
    before = text[max(start - 20, 0) : start]
    if before[-1] in ".:;!?" or BULLET.match(text, end) or "\t" in text[end : end + 80].split("\n")[0]:
        return False
    if "\t" in text[max(start - 200, 0) : start].rsplit("\n", 1)[-1]:
        return False
    return text[end].islower() or GOES_ON.search(unicodedata.normalize("NFC", before).lower()) is not None
