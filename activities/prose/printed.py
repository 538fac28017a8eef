"""Periods as texts print them, as days. Never knows what happened in them, never asks for today.

Printed years run from 1 January of the first to 31 December of the last; only "nhiệm kỳ" (term) means a term's own
days, which whoever reads a figure asks of its union. Dates exact to the day are read by the kit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError

from unionrelations.kit.date_words import NUMBERS
from unionrelations.kit.periods import Period
from unionrelations.kit.typed_dates import read_when

Y = r"(?:19|20)\d\d"
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_DAY_VI = rf"\d{{1,2}}(?:[/.-]\d{{1,2}}[/.-]{Y}| tháng \d{{1,2}}(?:,? năm |[/ -]){Y})"
_DAY = rf"(?:{_DAY_VI}|\d{{1,2}} (?:{_MONTHS}),? {Y}|(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?,? {Y}|{Y}-\d\d-\d\d)"
_MONTH = rf"(?:(?:tháng |t)?\d{{1,2}}[/-]{Y}|tháng \d{{1,2}} năm {Y}|(?:{_MONTHS})\.?,? (?:of )?{Y})"
_TO = r" ?(?:-|đến(?: hết)?|tới|to|until|through|and|và) ?"
_COUNT = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|one|two|three|four|five|six|seven|eight|nine|ten)"
_PART = (
    r"(?:(?:3|6|9|ba|sáu|chín) tháng (?:đầu|cuối)|nửa (?:đầu|cuối)|quý (?:iv|iii|ii|i|[1-4])|(?:the )?(?:first|"
    r"second|last) half|"
    r"(?:the )?(?:first|last) (?:three|six|nine|3|6|9) months|(?:the )?(?:first|second|third|fourth|1st|2nd|3rd|"
    r"4th) quarter|[hq][1-4]|"
    r"quarter [1-4])"
)
_LEAD = (
    r"(?:(?:trong |từ |tính riêng |riêng )*(?:trong |từ )?(?:suốt )?(?:giai đoạn|thời kỳ|thời gian|kỳ|"
    rf"các năm|{_COUNT} năm|năm|from|between|over|during|in|for|the years|the period|years|"
    rf"period)+(?: \(?từ)?(?: năm)?:? )?\(?"
)
PATTERN = re.compile(
    rf"(?P<term>(?:(?:trong )?nhiệm kỳ(?: (?:đại hội )?[\wIVX]{{1,8}})?,? ?\(?|(?:the )?term (?:of )?){Y} ?- ?{Y}|"
    rf"(?:the )?{Y} ?- ?{Y} term)"
    rf"|(?P<days>(?:(?:trong|in) (?:kỳ|the period) )?(?:(?:từ|from|between) )?(?:ngày )?{_DAY}{_TO}(?:ngày )?{_DAY})"
    rf"|(?P<trip>(?:từ )?(?:ngày )?\d{{1,2}}(?:[/.]\d{{1,2}})? ?(?:-|đến|và)(?: ngày)? ?{_DAY_VI}|"
    rf"(?:from )?(?:{_MONTHS}) \d{{1,2}} ?(?:-|to) ?\d{{1,2}},? {Y}"
    rf"|(?:from )?\d{{1,2}} ?(?:-|to) ?\d{{1,2}} (?:{_MONTHS}),? {Y})"
    rf"|(?P<months>(?:(?:từ|from|between) )?(?:{_MONTH}|tháng \d{{1,2}}|(?:{_MONTHS})){_TO}{_MONTH})"
    rf"|(?P<asof>(?:tính )?(?:đến|tới)(?: hết)?(?: thời điểm)?(?: ngày| tháng)? (?:{_DAY}|{_MONTH})|(?:tính (?:đến|"
    rf"tới)(?: hết)?|(?:đến|tới) hết) năm {Y}|as (?:of|at) (?:{_DAY}|{_MONTH}))"
    rf"|(?P<since>(?:từ|from|since) (?:ngày )?{_DAY}(?: đến nay| to date)?(?! ?(?:-|đến|tới|to) ?(?:ngày )?\d))"
    rf"|(?P<day>(?:ngày )?{_DAY})"
    rf"|(?P<month>{_MONTH})"
    rf"|(?P<part>{_PART}(?: of| in)?(?:,? (?:của )?năm)?[ /-]?(?P<part_year>{Y})?)"
    rf"|(?P<open>(?:kể )?(?:từ|since)(?: năm)? (?P<open_year>{Y})(?: (?:đến|tới) (?:nay|thời điểm hiện tại)|"
    rf" to (?:date|the present|now))?(?! ?(?:-|đến|tới|to) ?(?:năm )?\d))"
    rf"|(?P<years>{_LEAD}{Y}(?:,? ?(?:-|đến(?: hết)?|tới|to|until|through|/)(?: năm)? ?|(?:, (?:năm )?{Y})*,?(?: và|"
    rf" and| &)(?: năm)? |(?:, (?:năm )?{Y})*, (?:năm )?){Y}(?!\d))"
    rf"|(?P<short>{_LEAD}{Y} ?- ?\d\d(?![\d/]))"
    rf"|(?P<year>(?:(?:trong |cả |của )?năm|(?:trong |in )?(?:giai đoạn|kỳ|the period)|in|during|for|of|year|"
    rf"throughout|by) {Y}(?!\d)|(?<![\d/.-]){Y}(?=:|\)|$|"
    rf"\t| ?-(?= ))|(?<=\()(?<!\d){Y}(?=\))|(?<![\w.,/-]){Y}(?= (?:results?|figures|reports?|plans?|programme|"
    rf"annual|external|foreign|international)\b))"
)
# What stands before a year that is of something else: a comparison, a law, a plan that others made.
NOT_OF_FIGURES = re.compile(
    r"\b(?:so với(?: cùng kỳ)?(?: của)?|cùng kỳ(?: của)?|compared (?:with|to)(?: the same period (?:of|in))?|"
    r"than in|thành lập|ra đời|"
    r"luật [\w ]{0,20}|nghị quyết[\w /.-]{0,30}|quyết định[\w /.-]{0,30}|nghị định[\w /.-]{0,30}|"
    r"chỉ thị[\w /.-]{0,30}|thông tư[\w /.-]{0,30}"
    r"|hiến pháp|đến|tới|trước|sau|tầm nhìn|founded|established|by|before|after) ?$"
)
YEARS = re.compile(Y)
BEFORE_DATES = re.compile(r"\b(?:from|between|trong|kỳ|the|period|in) ")
MAYBE = re.compile(r"\d|\b(?:quý|nửa|tháng|half|quarter|months)\b")  # without any of these no period is printed
LEADING = re.compile(r"^(?:của|tính riêng|riêng|trong|from|between|over|during|in|for|of|by|the|từ)(?: |$)|\($")


@dataclass(frozen=True)
class Printed:
    """A period as printed, `start` to `end` in the even text. Without `period` it tells when without saying days."""

    start: int
    end: int
    kind: str
    words: str
    period: Period | None
    term: str = ""  # the name of the term, such as 2018-2023

    @property
    def is_broad(self) -> bool:
        """Whether it may be the period of a whole report; a month or a day is that of what stands beside it."""
        return self.kind not in ("day", "month", "trip", "asof")


def periods(text: str, start: int, end: int, year: int | None = None) -> list[Printed]:
    """The periods printed between two places. `year` is the one a part of a year belongs to where none is printed."""
    return list(_periods(text, start, end, year))


def _periods(text: str, start: int, end: int, year: int | None) -> Iterator[Printed]:
    if not MAYBE.search(text, start, end):
        return
    for found in PATTERN.finditer(text, start, end):
        first, last = found.span()
        if (first and text[first - 1].isalnum()) or (last < len(text) and text[last].isalnum()):
            continue
        if first and text[first - 1] in "./,-+" and text[first].isdigit():
            continue
        kind = found.lastgroup or ""
        kind = "part" if kind == "part_year" else "open" if kind == "open_year" else kind
        if kind != "term" and NOT_OF_FIGURES.search(text, max(start, first - 48), first):
            yield Printed(first, last, "other", found[0], None)
            continue
        yield _printed(found, kind, year)


def _printed(found: re.Match, kind: str, year: int | None) -> Printed:
    words = found[0].strip(" (:")
    while trimmed := LEADING.match(words):
        words = words[trimmed.end() :]
    first = found.start() + found[0].index(words)
    there = Printed(first, first + len(words), kind, words, None)
    years = [int(one) for one in YEARS.findall(words)]
    match kind:
        case "term":
            return replace(there, period=_years(years), term="-".join(map(str, years)))
        case "years":
            return replace(there, period=_years(years))
        case "short":
            return replace(there, period=_years([years[0], years[0] // 100 * 100 + int(words[-2:])]))
        case "year":
            return replace(there, period=Period.years(years[0]))
        case "open":
            return replace(there, period=Period(date(years[0], 1, 1), None))
        case "part":
            return replace(there, period=_part(words, int(found["part_year"]) if found["part_year"] else year))
        case "since":
            day = _read(re.sub(r"\b(?:từ|from|since|đến nay|to date) ?", "", words).strip())
            return replace(there, period=Period(day.start, None) if day else None)
        case "asof":
            return there
    two_ends = re.sub(r" (?:và|and) ", " đến ", BEFORE_DATES.sub("", words))
    return replace(there, period=_read(two_ends))


def _years(years: list[int]) -> Period | None:
    return Period.years(years[0], years[-1]) if years[-1] >= years[0] else None


def _part(words: str, year: int | None) -> Period | None:
    """A half, a quarter or some months of a year; nothing where no year is known."""
    if year is None:
        return None
    if found := re.match(r"(?:the )?(?:first|last) (three|six|nine|3|6|9) months|(3|6|9|ba|sáu|chín) tháng", words):
        told = found[1] or found[2]
        count = int(told) if told.isdigit() else {"ba": 3, "sáu": 6, "chín": 9}.get(told) or NUMBERS[told]
        is_first = re.search(r"first|đầu", words) is not None
        return Period.months(year, 1 if is_first else 13 - count, count)
    if found := re.search(
        r"(first|second|last|đầu|cuối)(?: half)?$|^(?:the )?(first|second|last) half|^nửa (đầu|"
        r"cuối)|^h([12])",
        words,
    ):
        told = next(one for one in found.groups() if one)
        return Period.months(year, 1 if told in ("first", "đầu", "1") else 7, 6)
    found = re.search(
        r"\b(?:q|quý |quarter )(iv|iii|ii|i|[1-4])|(first|second|third|fourth|[1-4])(?:st|nd|rd|"
        r"th)? quarter",
        words,
    )
    if found is None:
        return None
    told = found[1] or found[2]
    quarter = int(told) if told.isdigit() else NUMBERS[told]
    return Period.months(year, quarter * 3 - 2, 3)


@lru_cache(maxsize=4096)
def _read(words: str) -> Period | None:
    try:
        reading = read_when(words, None)
    except ValidationError:
        return None
    return Period(reading.starts_on, reading.ends_on or reading.starts_on)
