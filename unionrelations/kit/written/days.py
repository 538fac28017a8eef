"""Dates in cells: days of the spreadsheet's own, serial numbers, words. Never takes a year from the day it is read."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from unionrelations.kit.date_refusals import NoSuchDay, YearMissing
from unionrelations.kit.periods import Period
from unionrelations.kit.typed_dates import LONGEST, Reading, read_when
from unionrelations.kit.windows import EARLIEST, LATEST, Precision, window_around

from .cells import Misread, Value, is_number, says_nothing, words_of

FIRST_OF_SERIALS = date(1899, 12, 30)  # spreadsheets count from here, from March 1900 on
SERIALS = range(20_000, 60_001)  # 1954 to 2064: numbers that can be nothing but a day a cell lost the format of

CLOCK = r"\d{1,2} ?(?:[hg](?:iờ)? ?(?:\d{2})?|:\d{2}(?::\d{2})?)(?: ?phút)?(?: ?(?:sáng|chiều|tối|am|pm))?(?!\w)"
HOURS = re.compile(
    rf"(?<![\w/.-])(?:(?:từ|lúc|vào lúc|from|at) )?{CLOCK}(?: ?(?:-|–|đến|to) ?{CLOCK})?,?", re.IGNORECASE
)
LENGTH = re.compile(r"\(\s*\d{1,3} (?:ngày|days?)(?: \d{1,3} (?:đêm|nights?))?\s*\)", re.IGNORECASE)


def read_day(value: Value, period: Period | None = None) -> date | None:
    """The one day of the cell; None where it tells nothing. A year left out comes from the period, or is asked for."""
    found = read_window(value, period)
    if found is None:
        return None
    if found.precision != Precision.DAY or found.ends_on not in (None, found.starts_on):
        raise Misread(
            _("“%(typed)s” is not one day. One day is asked for here, such as 03/04/2023.") % {"typed": found.words}
        )
    return found.starts_on


def read_window(value: Value, period: Period | None = None) -> Reading | None:
    """The day, days or window of the cell; None where it tells nothing. Raises Misread."""
    if isinstance(value, date):
        return _of_day(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, (bool, time)):
        raise Misread(_("The cell holds no date. Write it like 12-18/6/2023 or tháng 6/2022."))
    words = words_of(value)
    if is_number(value):
        return _of_number(value, words)
    if says_nothing(words):
        return None
    words = " ".join(words.split("\n"))
    if re.fullmatch(r"\d{5}", words, re.ASCII) and int(words) in SERIALS:
        return _of_number(int(words), words)
    return _of_words(words, period)


def _of_words(words: str, period: Period | None) -> Reading:
    if len(words) > LONGEST:
        raise Misread(_("At most %(most)d characters for a date.") % {"most": LONGEST})
    told = " ".join(HOURS.sub(" ", LENGTH.sub(" ", words)).split()).strip(" ,;") or words
    try:
        found = read_when(told, None, within=period)
    except NoSuchDay as problem:
        raise Misread(str(problem.message), _mended(words, problem)) from None
    except YearMissing as problem:
        raise Misread(str(problem.message)) from None
    except ValidationError as problem:
        raise Misread(" ".join(problem.messages)) from None
    return Reading(found.starts_on, found.ends_on, found.precision, words, found.year_said)


def _of_day(day: date, words: str = "") -> Reading:
    if not EARLIEST <= day <= LATEST:
        raise Misread(_("A year lies before 1900 or after 2100. Check the dates."))
    return Reading(day, None, Precision.DAY, words or f"{day:%d/%m/%Y}")


def _of_number(value: int | float, words: str) -> Reading:
    if int(value) in SERIALS:
        return _of_day(FIRST_OF_SERIALS + timedelta(days=int(value)))
    if value == int(value) and EARLIEST.year <= value <= LATEST.year:
        year = window_around(date(int(value), 1, 1), Precision.YEAR)
        return Reading(year.start, year.end, Precision.YEAR, str(int(value)))
    raise Misread(
        _("“%(typed)s” is a number, not a date. Write the date with its year, such as 03/04/2023.") % {"typed": words}
    )


def _mended(words: str, problem: NoSuchDay) -> str:
    """The words with the last day of that month; "" where the day does not stand in them as it was read."""
    if re.fullmatch(r"\D*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\D*", words):
        return f"{problem.last:%d/%m/%Y}"
    if problem.written in words:
        return words.replace(problem.written, f"{problem.last.day}{problem.written[problem.written.index('/') :]}")
    return ""
