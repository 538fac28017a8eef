"""Which days offices work: not on Saturdays, Sundays and Vietnam's public holidays, but for what was exchanged.

The holidays are those of the `holidays` package, lunar ones included. The government swaps days late in the year
before; what the package does not know yet is handed in as days off and working days. Pure: never asks for today.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from django.utils.translation import get_language, pgettext
from holidays import country_holidays

A_DAY = timedelta(days=1)
LONGEST_LEAVE = 60  # days; nobody is away for longer, so a calendar that says so is mistaken
NAMES_IN = {"vi": "vi", "en": "en_US"}


@cache
def _vietnam(language: str):
    return country_holidays("VN", language=language)


@dataclass(frozen=True)
class WorkingDays:
    """The calendar of an office; `off` and `working` are its own word about a day, `off` with its name."""

    off: dict[date, str] = field(default_factory=dict)
    working: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        if day in self.off:
            return False
        return day in self.working or _vietnam("vi").is_working_day(day)

    def last_before(self, day: date) -> date:
        """The day itself where offices work on it, else the last working day before it."""
        for back in range(LONGEST_LEAVE):
            if self.is_working(day - back * A_DAY):
                return day - back * A_DAY
        return day

    def why_off(self, day: date) -> str:
        """Why offices do not work on a day, in the reader's language: "Sunday", "Lunar New Year"; "" where they do."""
        if self.is_working(day):
            return ""
        return self.off.get(day) or self._holiday(day) or weekday(day)

    @staticmethod
    def _holiday(day: date) -> str:
        return _vietnam(NAMES_IN.get(get_language() or "", "vi")).get(day, "")


def weekday(day: date) -> str:
    """Its name in the reader's language."""
    return (
        pgettext("in a sentence", "Monday"),
        pgettext("in a sentence", "Tuesday"),
        pgettext("in a sentence", "Wednesday"),
        pgettext("in a sentence", "Thursday"),
        pgettext("in a sentence", "Friday"),
        pgettext("in a sentence", "Saturday"),
        pgettext("in a sentence", "Sunday"),
    )[day.weekday()]
