"""The words of a date, Vietnamese and English, put into figures and signs. Never knows whether such a day exists.

What comes out has no blanks: `12/6/2023`, `m6/2022` a month, `q2/2022` a quarter, `h1/2023` a half-year, `2019`, `~`
between two ends, `?` before two days between which the start lies. What no rule knows stays, and is then no date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

DASHES = re.compile("[‐‑‒–—―−]")
SLASHES = re.compile(r"[⁄∕\\]")
ARROWS = re.compile("→|->|=>|\\.{2,}")

MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi mot": 11,
    "muoi hai": 12, "muoi": 10, "i": 1, "ii": 2, "iii": 3, "iv": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4, "six": 6, "three": 3, "nine": 9,
}  # fmt: skip
COUNTED = "muoi mot|muoi hai|muoi|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin"
ENGLISH = "|".join(MONTH_NAMES)

WEEKDAYS = {
    "hai|2|monday|mon": 0, "ba|3|tuesday|tue": 1, "tu|4|wednesday|wed": 2, "nam|5|thursday|thu": 3,
    "sau|6|friday|fri": 4, "bay|7|saturday|sat": 5, "chu nhat|sunday|sun": 6,
}  # fmt: skip
WEEKDAY = re.compile(
    r"\bthu (?P<vi>hai|ba|tu|nam|sau|bay|[2-7])\b,?|\b(?P<en>chu nhat|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b,?"
)


def number(words: str) -> int:
    return NUMBERS.get(words) or int(words)


def _part_of_year(found: re.Match) -> str:
    """The first or last so many months of a year; three are its quarter, six its half."""
    count = number(found["count"] or "six")
    first = found["end"] in ("dau", "first")
    if count not in range(1, 12):
        return found[0]
    if count == 6:
        return " h1 " if first else " h2 "
    if count == 3:
        return " q1 " if first else " q4 "
    return f" m1~m{count} " if first else f" m{13 - count}~m12 "


def _days_running(found: re.Match) -> str:
    """ "12, 13 và 14" of one month, where none is left out between them."""
    days = [int(one) for one in re.findall(r"\d+", found[0])]
    return f"{days[0]}-{days[-1]}" if days == list(range(days[0], days[-1] + 1)) else found[0]


# In this order: what is longer or more particular first.
RULES: tuple[tuple[str, str | Callable[[re.Match], str]], ...] = (
    (r"\b(?:trong khoang|some time between|between)\b", " ? "),
    (rf"\b(?P<count>\d{{1,2}}|{COUNTED}) ?(?:thang|t) (?P<end>dau|cuoi)\b( cua)?( nam\b)?", _part_of_year),
    (r"\b(?P<end>first|last) (?P<count>three|six|nine|\d{1,2}) months( of)?\b", _part_of_year),
    (r"\bnua (?:dau|dau cua)( nam\b)?|\bfirst half( of)?\b|\bh1\b", " h1 "),
    (r"\bnua (?:cuoi|sau)( nam\b)?|\b(?:second|last) half( of)?\b|\bh2\b", " h2 "),
    (r"\b(?:quy|quarter) ?(iv|iii|ii|i|[1-4]|mot|hai|ba|bon|tu)\b", lambda found: f" q{number(found[1])} "),
    (r"\b(first|second|third|fourth|1st|2nd|3rd|4th|last) quarter\b", lambda found: f" q{number(found[1])} "),
    (r"\bq ?([1-4])\b", r" q\1 "),
    (r"\btuan (?:dau|cuoi|thu \w+)(?: cua)? (?=thang\b)", " "),
    (rf"\bthang (\d{{1,2}}|{COUNTED})\b", lambda found: f" m{number(found[1])}"),
    (rf"\b({ENGLISH})\b\.?", lambda found: f" m{MONTH_NAMES[found[1]]}"),
    (r"\bt\.? ?(\d{1,2})(?=[/. ~-]|$)", r" m\1"),
    (r"\b(?:dau|giua|cuoi|early|mid|late|beginning of|end of)\b[ -]+(?=m\d|q\d|nam\b|\d{4}\b)", " "),
    (r"(?<![\d/.~-])\d{1,2}(?:(?:,| va| and| ?&) ?(?:ngay )?\d{1,2})+(?= *m\d|[/.-]\d)", _days_running),
    (r"\bq(\d) *(?:,|va|and|&) *q?(iv|iii|ii|[2-4])\b", lambda found: f"q{found[1]} ~ q{number(found[2])} "),
    (r"\b(?:den|toi|to|until|till|through)\b", " ~ "),
    (r"\b(?:tu|ngay|hom|vao|trong|nam|giai doan|thoi gian|cac|het|mong)\b", " "),
    (r"\b(?:from|on|in|during|the|of|years?|period|days?)\b", " "),
    (r"(?<=\d)(?:st|nd|rd|th)\b", ""),
    (r"[(),;]", " "),
    (r"(\d{4})[ /-]*([qh])([1-4])\b", r"\2\3/\1"),
    (r"(?<=\?) (.*?)\b(?:va|and)\b", r" \1 ~ "),
    (r"\.$", ""),
    (r" +", " "),
    (r"(?<!\d)(\d{1,2}) ?m(\d{1,2})(?!\d)(?:[ /.-]{1,3}(\d{4}))?", lambda one: _day(one[1], one[2], one[3])),
    (r"\bm(\d{1,2}) (\d{1,2} ?[-~] ?\d{1,2})(?!\d)(?: (\d{4}))?", lambda one: _day(one[2], one[1], one[3])),
    (r"\bm(\d{1,2}) (\d{1,2})(?!\d)(?: (\d{4}))?", lambda one: _day(one[2], one[1], one[3])),
    (r"([mqh]\d{1,2})[ /.-]+(\d{4})", r"\1/\2"),
    (r"(?<!\d)(\d{1,2}[/.]\d{1,2}) (\d{4})", r"\1/\2"),
    (r"(?<=\d)\.(?=\d)", "/"),
)


def _day(day: str, month: str, year: str | None) -> str:
    return "/".join(one for one in (day, month, year) if one)


READY = tuple((re.compile(pattern), put) for pattern, put in RULES)


def plain(words: str) -> str:
    """Lower case without marks, with one kind of dash, slash and blank, however a keyboard or program wrote them."""
    told = unicodedata.normalize("NFKC", words)
    told = "".join(one for one in told if unicodedata.category(one) != "Cf")  # signs that show nothing
    told = ARROWS.sub("~", SLASHES.sub("/", DASHES.sub("-", told)))
    bare = "".join(one for one in unicodedata.normalize("NFD", told.lower()) if not unicodedata.combining(one))
    return " ".join(bare.replace("đ", "d").split())


def in_signs(words: str, today: date | None) -> tuple[list[str], int | None]:
    """Every way the words can be put in signs, most often one; and the weekday named (Monday 0), None where none is."""
    told, weekday = _without_weekday(plain(words))
    return list(dict.fromkeys(_tight(one) for one in _made_absolute(words, told, today))), weekday


def _without_weekday(told: str) -> tuple[str, int | None]:
    found = WEEKDAY.search(told)
    if found is None or re.search(r"\btuan thu\b", told):
        return told, None
    name = found["vi"] or found["en"]
    number = next((day for names, day in WEEKDAYS.items() if name in names.split("|")), None)
    return WEEKDAY.sub(" ", told, count=1).strip(), number


def _tight(told: str) -> str:
    for pattern, put in READY:
        told = pattern.sub(put, told)
    if "~" not in told and told.count(" - ") == 1:
        told = told.replace(" - ", "~")
    return re.sub(r" ?([-/~?]) ?", r"\1", told.strip())


def _made_absolute(words: str, told: str, today: date | None) -> list[str]:
    """The words with what only today tells, such as yesterday or last year, put as days and years."""
    if today is None:
        return [told]
    days = {"hom nay": 0, "hom qua": -1, "hom kia": -2, "ngay mai": 1, "today": 0, "yesterday": -1, "tomorrow": 1}
    for name, step in days.items():
        if told == name:
            return [f"{today + timedelta(days=step):%d/%m/%Y}"]
    for name, step in {
        "nam nay": 0, "this year": 0, "nam ngoai": -1, "nam truoc": -1, "last year": -1, "nam toi": 1, "sang nam": 1,
        "nam sau": 1, "next year": 1,
    }.items():  # fmt: skip
        told = re.sub(rf"\b{name}\b", f"nam {today.year + step}", told)
    told = re.sub(r"\b(?:dau|giua|cuoi|sau) nam$", rf"\g<0> {today.year}", told)
    for name, step in {"thang nay": 0, "this month": 0, "thang truoc": -1, "last month": -1, "thang toi": 1,
                       "next month": 1}.items():  # fmt: skip
        told = re.sub(rf"\b{name}$", _month(today, step), told)
    return _june_or_next_month(words, told, today)


def _june_or_next_month(words: str, told: str, today: date) -> list[str]:
    """ "Tháng sáu" and "tháng sau" are one without their marks: June, and next month."""
    if not re.search(r"\bthang sau$", told):
        return [told]
    written = unicodedata.normalize("NFC", words).lower()
    june, following = re.sub(r"\bthang sau$", "thang 6", told), re.sub(r"\bthang sau$", _month(today, 1), told)
    if "sáu" in written:
        return [june]
    return [following] if "tháng" in written else [june, following]


def _month(today: date, step: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    return f"thang {month + 1} nam {year}"
