"""A number as people type it beside a figure: 1.909, “hơn 20”, “about 2,000”. Never knows what is counted."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.models import ReportedFigure
from unionrelations.kit.folding import fold

Qualifier = ReportedFigure.Qualifier

# Folded, as `fold` leaves them.
SAID = {
    Qualifier.MORE: ("hon", "tren", "more than", "over", "above"),
    Qualifier.FEWER: ("gan", "duoi", "chua den", "nearly", "almost", "under", "fewer than", "less than", "below"),
    Qualifier.ABOUT: ("khoang", "chung", "xap xi", "about", "around", "approximately"),
}
NUMBER = re.compile(r"\d{1,3}(?:[., \u00a0]\d{3})+|\d+", re.ASCII)
LONGEST_NUMBER = 9  # digits; no union counts a milliard


def read_count(typed: str) -> tuple[int, str | None]:
    """The number, and the qualifier where a word before it says one. Raises ValidationError with a sentence."""
    found = NUMBER.search(typed)
    if found is None or typed[found.end() :].strip():
        raise _not_a_number(typed)
    words = " ".join(fold(typed[: found.start()]).split())
    qualifier = next((one for one, said in SAID.items() if words in said), None)
    if words and qualifier is None:
        raise _not_a_number(typed)
    digits = re.sub(r"\D", "", found[0])
    if len(digits) > LONGEST_NUMBER:
        raise _not_a_number(typed)
    return int(digits), qualifier


def _not_a_number(typed: str) -> ValidationError:
    return ValidationError(
        _("“%(typed)s” is not a number. Write it like 1.909 or “hơn 20”; where none is printed, choose “no number”.")
        % {"typed": typed}
    )


def bounds(number: int | None, qualifier: str) -> tuple[int | None, int | None]:
    """The lower and the upper bound that a number with this qualifier has."""
    return (None if qualifier == Qualifier.FEWER else number, None if qualifier == Qualifier.MORE else number)
