"""Documents named in a cell: "Số 45/TLĐ-QT ngày 3/4/2023". Never says what such a document is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from unionrelations.kit.periods import Period

from .cells import Misread, Value, is_number, says_nothing, words_of
from .days import SERIALS, read_day

CODE = r"[A-ZĐƯÂÊÔa-zđư][\wĐđ.]*"
NUMBER = re.compile(
    rf"(?<![\w/.-])\d{{1,6}}[a-zA-Z]?\s?[/-]\s?(?:(?:19|20)\d{{2}}\s?[/-]\s?)?{CODE}(?:/{CODE}|-{CODE}|\s?[-/]\s?[A-ZĐƯ][A-ZĐƯa-zđ\d.]*)*"
)
NAMED = re.compile(
    r"(?:\b(?:số|no|nr|công văn|quyết định|tờ trình|thông báo|giấy mời|thư mời|báo cáo|kế hoạch|cv|qđ|"
    r"ttr|tb|bc|kh)\b|№)[ .:]*"
    r"(?P<number>\d{1,6}[a-z]?)(?![\w/.-]*[/.-]\d)(?!\w)",
    re.IGNORECASE,
)
DAY = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|\d{4}-\d{1,2}-\d{1,2})(?![\d/])|"
    r"\d{1,2} tháng \d{1,2} năm \d{4}|(?<=ngày )\d{1,2}[/.-]\d{1,2}(?![\d/])",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"[\n;]+")
GOES_ON = re.compile(r"(?:,|\bvà\b|\band\b|&)\s*(?=[^,&\n]*)")


@dataclass(frozen=True)
class WrittenPaper:
    """A document's number and day as far as they are written; what has neither keeps its words."""

    number: str
    day: date | None
    words: str


def read_papers(value: Value, period: Period | None = None) -> list[WrittenPaper]:
    """Every document of the cell. Raises Misread where a day is none."""
    if isinstance(value, date) or (is_number(value) and int(value) in SERIALS):
        return [WrittenPaper("", read_day(value), f"{read_day(value):%d/%m/%Y}")]
    words = words_of(value)
    if says_nothing(words) or words.lower() in ("không", "không có"):
        return []
    if is_number(value):
        return [WrittenPaper(words.removesuffix(".0"), None, words)]
    return [_paper(one, period) for one in _apart(words)]


def read_paper(value: Value, period: Period | None = None) -> WrittenPaper | None:
    """The one document of the cell; None where it tells nothing. Raises Misread where it tells several."""
    found = read_papers(value, period)
    if len(found) > 1:
        raise Misread(
            _("“%(typed)s” names several documents. Write one here.") % {"typed": " ".join(words_of(value).split())}
        )
    return found[0] if found else None


def _apart(words: str) -> list[str]:
    """One stretch for each document: a line that only dates the number above belongs to it."""
    found: list[str] = []
    for line in filter(str.strip, BETWEEN.split(words)):
        for part in _by_numbers(line):
            goes_on = (
                found and not _number(part) and _number(found[-1]) and not DAY.search(found[-1]) and DAY.search(part)
            )
            if goes_on:
                found[-1] += " " + part.strip()
            else:
                found.append(part.strip(" ,-–•"))
    return [one for one in found if one]


def _by_numbers(line: str) -> list[str]:
    """Cut where a comma or "và" stands before a further number."""
    numbers = list(NUMBER.finditer(line))
    cuts = [
        [sign.end() for sign in GOES_ON.finditer(line, before.end(), after.start())][-1:]
        for before, after in pairwise(numbers)
    ]
    edges = [0, *(one[0] for one in cuts if one), len(line)]
    return [re.sub(r"(?:,|\s(?:và|and|&))\s*$", "", line[begin:end]) for begin, end in pairwise(edges)]


def _paper(words: str, period: Period | None) -> WrittenPaper:
    found, day = DAY.search(words), None
    if found:
        try:
            day = read_day(re.sub(r"\s?([/.-])\s?", r"\1", found[0]), period)
        except Misread as problem:
            problem.suggestion = problem.suggestion and words.replace(found[0], problem.suggestion)
            raise
    return WrittenPaper(_number(words), day, " ".join(words.split()))


def _number(words: str) -> str:
    if found := NUMBER.search(words):
        return re.sub(r"\s", "", found[0]).rstrip(".-/")
    named = NAMED.search(words)
    return named["number"] if named else ""
