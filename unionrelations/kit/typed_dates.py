"""Dates as people type them, read into a window with its precision. Never guesses: two readings are both offered.

The day always comes first, then the month. A year left out is the one nearest to the day handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .date_refusals import NoSuchDay, YearMissing, month_missing, not_understood
from .date_words import in_signs
from .periods import Period, month_end
from .windows import EARLIEST, LATEST, Precision, day_in_words, in_words, window_around

LONGEST = 120  # characters; the column that keeps the words holds no more
TURN_OF_YEAR = 183  # days; 28/12-5/1 passes into the next year, 5/7-3/6 was mistyped


@dataclass(frozen=True)
class Reading:
    """What typed words say; dates as `Dated` keeps them."""

    starts_on: date
    ends_on: date | None
    precision: Precision
    words: str = ""
    year_said: bool = True

    @property
    def window(self) -> Period:
        """The days on which it can have started."""
        return Period(self.starts_on, self.starts_on if self.precision == Precision.DAY else self.ends_on)

    @property
    def in_words(self) -> str:
        return in_words(self.starts_on, self.ends_on, self.precision)


def read_when(words: str, today: date | None, within: Period | None = None) -> Reading:
    """The window the words tell. A year left out is the nearest to today, or the only one it can have in `within`.

    With neither the year must be written. Raises ValidationError, with a sentence that says what was not
    understood and how to write it.
    """
    words = words.strip()
    if len(words) > LONGEST:
        raise ValidationError(_("At most %(most)d characters for a date.") % {"most": LONGEST})
    problems: list[ValidationError] = []
    found: dict[tuple, Reading] = {}
    signs, weekday = in_signs(words, today)
    placed = partial(_only_one, within=within) if within else partial(_nearest, today=today)
    for one in signs:
        for attempt in _attempts(one, placed):
            try:
                reading = _within_reason(attempt())
            except ValidationError as problem:
                problems.append(problem)
            else:
                found.setdefault((reading.starts_on, reading.ends_on, reading.precision), reading)
    if len(found) > 1:
        raise _ambiguous(words, list(found.values()))
    if not found:
        raise problems[0] if problems else not_understood(words)
    reading = replace(*found.values(), words=words)
    _check_weekday(reading, weekday)
    return reading


def to_type(starts_on: date, ends_on: date | None, precision: str) -> str:
    """The same window as words to type: read, they give it back."""
    if precision == Precision.DAY and ends_on == starts_on:
        return f"{starts_on.day}–{day_in_words(starts_on)}"
    return in_words(starts_on, ends_on, precision)


# --- One end: a day, month, quarter, half-year or year


@dataclass(frozen=True)
class _End:
    unit: Precision
    month: int  # its first
    day: int = 1
    year: int | None = None
    written: str = ""

    def window(self, year: int) -> Period:
        """Its days in that year; ValidationError where no calendar has it."""
        if not EARLIEST.year <= year <= LATEST.year:
            raise ValidationError(_("“%(year)d” lies before 1900 or after 2100. Check the year.") % {"year": year})
        if self.month > 12 or self.month < 1:
            raise ValidationError(
                _("“%(typed)s”: there is no month %(month)d. Write the day first: day/month/year.")
                % {"typed": self.written, "month": self.month}
            )
        try:
            return window_around(date(year, self.month, self.day), self.unit)
        except ValueError:
            if self.day and (last := month_end(date(year, self.month, 1))).day < self.day:
                raise NoSuchDay(self.written, last) from None
            raise not_understood(self.written) from None


DAY = re.compile(r"(\d{1,2})([/-])(\d{1,2})(?:([/-])(\d{4}|\d{2}))?", re.ASCII)
DAY_YEAR_FIRST = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", re.ASCII)
MONTH = re.compile(r"m(\d{1,2})(?:[/-](\d{4}|\d{2}))?|(\d{1,2})[/-](\d{4})", re.ASCII)
MONTH_YEAR_FIRST = re.compile(r"(\d{4})[/-](\d{1,2})", re.ASCII)
PART = re.compile(r"([qh])(\d)(?:/(\d{4}))?", re.ASCII)
DASHED = re.compile(r"\d{1,2}-\d{1,2}-\d{2,4}", re.ASCII)  # 12-06-2023 is one day, never the 12th to June 2023
DAYS_WITHOUT_MONTH = re.compile(r"\d{1,2}-\d{1,2}", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
BARE = re.compile(r"\d{1,2}", re.ASCII)


def _ends(text: str) -> Iterator[_End]:
    """What one end can be: nothing, or one or more readings of it."""
    if found := DAY.fullmatch(text):
        day, first, month, second, year = found.groups()
        if year is None or len(year) == 4 or first == second:
            yield _End(Precision.DAY, int(month), int(day), _year(year), text)
    if found := DAY_YEAR_FIRST.fullmatch(text):
        yield _End(Precision.DAY, int(found[2]), int(found[3]), int(found[1]), text)
    if found := MONTH.fullmatch(text):
        yield _End(
            Precision.MONTH, int(found[1] or found[3]), year=_year(found[2] or found[4]), written=text.strip("m")
        )
    if found := MONTH_YEAR_FIRST.fullmatch(text):
        yield _End(Precision.MONTH, int(found[2]), year=int(found[1]), written=text)
    if found := PART.fullmatch(text):
        unit, months = (Precision.QUARTER, 3) if found[1] == "q" else (Precision.HALF_YEAR, 6)
        yield _End(unit, (int(found[2]) - 1) * months + 1, year=_year(found[3]), written=text)
    if YEAR.fullmatch(text):
        yield _End(Precision.YEAR, 1, year=int(text), written=text)


def _year(figures: str | None) -> int | None:
    if figures is None:
        return None
    if len(figures) == 4:
        return int(figures)
    return int(figures) + (1900 if int(figures) >= 70 else 2000)


Placed = Callable[[_End], Period]  # the days an end lies on whose year was left out

# --- Whole dates: one end, or two with a sign between them


def _attempts(text: str, placed: Placed) -> Iterator[Callable[[], Reading]]:
    """Everything the signs can mean, each to be tried."""
    open_start = text.startswith("?")
    text = text.removeprefix("?")
    if DAYS_WITHOUT_MONTH.fullmatch(text) and int(text.split("-")[0]) < int(text.split("-")[1]):
        raise month_missing(text)
    if not open_start:
        for end in _ends(text):
            yield lambda end=end: _single(end, placed)
    if DASHED.fullmatch(text):
        return
    cuts = [one.start() for one in re.finditer("~" if "~" in text else "-", text)]
    for cut in cuts:
        left, right = text[:cut], text[cut + 1 :]
        for last in _ends(right):
            for first in _first_ends(left, last):
                yield lambda first=first, last=last: _between(first, last, placed, open_start)
        if "~" not in text and YEAR.fullmatch(left) and re.fullmatch(r"\d\d", right, re.ASCII):
            year = int(left) // 100 * 100 + int(right)
            if year > int(left):  # 2018-19
                first, last = _End(Precision.YEAR, 1, year=int(left)), _End(Precision.YEAR, 1, year=year)
                yield lambda first=first, last=last: _between(first, last, placed, False)


def _first_ends(text: str, last: _End) -> Iterator[_End]:
    """The first end of a range, of the same unit as the last; "12" before 18/6/2023 is a day of June 2023."""
    if BARE.fullmatch(text):
        if last.unit == Precision.DAY:
            yield replace(last, day=int(text), written=f"{text}/{last.month}" + (f"/{last.year}" if last.year else ""))
        elif last.unit == Precision.MONTH and last.month and int(text) <= 12:
            yield replace(last, month=int(text), written=text)
    for end in _ends(text):
        if end.unit == last.unit:
            yield end


def _single(end: _End, placed: Placed) -> Reading:
    window = end.window(end.year) if end.year else placed(end)
    ends_on = None if end.unit == Precision.DAY else window.end
    return Reading(window.start, ends_on, end.unit, year_said=end.year is not None)


def _between(first: _End, last: _End, placed: Placed, open_start: bool) -> Reading:
    said = first.year is not None or last.year is not None
    if last.year:
        begin = first.window(first.year or last.year).start
        end = last.window(last.year).last
        if end < begin and first.year is None:
            earlier = first.window(last.year - 1).start
            begin = earlier if (end - earlier).days < TURN_OF_YEAR else begin
    else:
        begin = first.window(first.year).start if first.year else placed(first).start
        end = last.window(begin.year).last
        if end < begin and ((later := last.window(begin.year + 1).last) - begin).days < TURN_OF_YEAR:
            end = later
    if end < begin:
        raise ValidationError(_("The last day lies before the first. Check both dates."))
    precision = Precision.DAY if last.unit == Precision.DAY and not open_start else Precision.SPAN
    return Reading(begin, end, precision, year_said=said)


def _nearest(end: _End, today: date | None) -> Period:
    """The window of that name nearest to today, the earlier one where two are as near."""
    if today is None:
        raise YearMissing(end.written)
    found, problem = [], None
    for year in range(max(today.year - 4, EARLIEST.year), min(today.year + 4, LATEST.year) + 1):  # a leap day is among
        try:
            found.append(end.window(year))
        except ValidationError as refused:
            problem = refused
    if not found:
        raise problem or not_understood(end.written)
    return min(found, key=lambda one: (max((one.start - today).days, (today - one.last).days, 0), one.start))


def _only_one(end: _End, within: Period) -> Period:
    """The window of that name in a span of days; where that lies in one year, the one of that year."""
    years = range(within.start.year, min(within.last.year, LATEST.year) + 1)
    found, problem = [], None
    for year in years:
        try:
            found.append(end.window(year))
        except ValidationError as refused:
            problem = refused
    if not found and problem:
        raise problem
    if len(years) > 1:
        found = [one for one in found if one.overlaps(within)]
    if len(found) != 1:
        raise YearMissing(end.written)
    return found[0]


# --- Refusals


def _within_reason(reading: Reading) -> Reading:
    if not (reading.starts_on >= EARLIEST and (reading.ends_on or reading.starts_on) <= LATEST):
        raise ValidationError(_("A year lies before 1900 or after 2100. Check the dates."))
    return reading


def _check_weekday(reading: Reading, weekday: int | None) -> None:
    if weekday is None or reading.precision != Precision.DAY or reading.starts_on.weekday() == weekday:
        return
    raise ValidationError(
        _("%(day)s is not the weekday you wrote. Check both.") % {"day": day_in_words(reading.starts_on)}
    )


def _ambiguous(words: str, readings: list[Reading]) -> ValidationError:
    offered = [to_type(one.starts_on, one.ends_on, one.precision) for one in readings]
    return ValidationError(
        _("“%(typed)s” can be read in two ways. Write “%(first)s” or “%(second)s”.")
        % {"typed": words, "first": offered[0], "second": offered[1]}
    )
