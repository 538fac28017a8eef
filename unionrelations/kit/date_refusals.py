"""Why typed words are no date, each with what mends it. Never reads any."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _


class NoSuchDay(ValidationError):
    """A day its month does not have, such as 31/02/2023; `written` in signs, and the month's `last` day."""

    def __init__(self, written: str, last: date):
        self.written, self.last = written, last
        super().__init__(
            _("“%(typed)s” is not a day of the calendar: %(month)s %(year)d has %(days)d days.")
            % {"typed": written, "month": MONTHS[last.month], "year": last.year, "days": last.day}
        )


class YearMissing(ValidationError):
    """A date whose year neither its words nor what is handed in tell."""

    def __init__(self, written: str):
        super().__init__(_("“%(typed)s” has no year. Write it too.") % {"typed": written})


def month_missing(text: str) -> ValidationError:
    first, last = text.split("-")
    if int(last) > 12:
        return ValidationError(_("“%(typed)s” has no month. Write it too: %(typed)s/6/2023.") % {"typed": text})
    return ValidationError(
        _("“%(typed)s” can be read in two ways. Write “%(first)s” or “%(second)s”.")
        % {"typed": text, "first": f"{first}/{last}", "second": f"{text}/6/2023"}
    )


def not_understood(words: str) -> ValidationError:
    return ValidationError(
        _(
            "“%(typed)s” was not understood as a date. Write it like 12-18/6/2023, tháng 6/2022, quý II/2022 or "
            "6 tháng đầu năm 2023."
        )
        % {"typed": words}
    )
