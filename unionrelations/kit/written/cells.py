"""A cell's words before they are read, and the refusal of what cannot be. Never knows what a column asks for."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time
from typing import TypeGuard

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from unionrelations.kit.date_words import DASHES, plain

Value = None | str | int | float | bool | date | datetime | time

LONGEST = 300  # characters; a number with what stands beside it needs no more
NOTHING_SAID = re.compile(
    r"[\W_]*|(?:khong|chua|k|ko) (?:ro|biet|xac dinh)(?: so lieu)?|chua (?:co|thong ke|cap nhat|bao cao)(?: so lieu)?|"
    r"khong co so lieu|n/?a|unknown|not known|tbd|tbc"
)


class Misread(ValidationError):
    """A cell that is not what its column asks for: one sentence, and what it could say instead ("" if unknown)."""

    def __init__(self, message: str, suggestion: str = ""):
        super().__init__(message, code="misread")
        self.suggestion = suggestion


def words_of(value: Value) -> str:
    """The words of a cell, letters composed, blanks evened out, line ends kept."""
    told = unicodedata.normalize("NFC", "" if value is None else str(value))
    told = "".join(one for one in told if one in "\t\r\n" or unicodedata.category(one) not in ("Cf", "Cc"))
    return "\n".join(line for one in told.splitlines() if (line := " ".join(one.split())))


def lowered(words: str) -> str:
    """Lower case on one line with one kind of dash; the marks stay, since only they tell năm (five) from nam (men)."""
    told = DASHES.sub("-", unicodedata.normalize("NFKC", words).lower())
    return " ".join(unicodedata.normalize("NFC", told).split())


def says_nothing(words: str) -> bool:
    """Whether the cell is blank or says that nobody knows."""
    return NOTHING_SAID.fullmatch(plain(words)) is not None


def is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def refuse_other_kinds(value: Value) -> None:
    """Words are asked for, or a number: a date or a tick in their place was put in the wrong column."""
    if isinstance(value, (date, time)):
        raise Misread(_("The cell holds a date. A number or words are asked for here: check the format of the cell."))
    if isinstance(value, bool):
        raise Misread(_("The cell holds a tick. A number or words are asked for here."))
