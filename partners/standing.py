"""How an agreement may stand, and how long one lasts by the words of its duration. Pure; never asks for today."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.folding import fold
from unionrelations.kit.periods import month_end
from unionrelations.kit.windows import LATEST

# "5 năm", "03 (ba) năm", "36 tháng", "five (5) years"; with more words, such as a tacit renewal, they name no last day.
LENGTH = re.compile(
    r"(?:(?:co |voi )?(?:thoi han|hieu luc)(?: la)? |for )?"
    r"(?:(?:[a-z]+ )?(?P<number>\d{1,3})(?: [a-z]+)??) (?P<unit>nam|thang|years?|months?)(?: (?:ke )?tu ngay ky)?"
)
TREATIES = ("cong uoc", "hiep uoc", "dinh uoc", "hiep dinh")  # names that the law keeps for treaties between states


class Standing(models.TextChoices):
    """Worked out from dates and events on a given day, and never typed."""

    NOT_YET = "not_yet", _("not in force yet")
    IN_FORCE = "in", _("in force")
    SUSPENDED = "suspended", _("suspended")
    EXPIRED = "expired", _("expired")
    ENDED = "ended", _("ended")


def last_day_of(first: date, duration: str) -> date | None:
    """The last day of what begins on `first` and lasts as these words say; None where they name no plain length."""
    told = LENGTH.fullmatch(" ".join(fold(duration).split()))
    if told is None or int(told["number"]) == 0:
        return None
    months = int(told["number"]) * (12 if told["unit"] in ("nam", "year", "years") else 1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year > LATEST.year:
        return None
    end = month_end(date(year, month + 1, 1))
    return end if end.day < first.day else end.replace(day=first.day) - timedelta(days=1)


def is_called_a_treaty(words: str) -> bool:
    """Whether a kind or a title begins with a word that the law keeps for treaties."""
    return " ".join(fold(words).split()).startswith(TREATIES)
