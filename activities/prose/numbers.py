"""Numbers as texts write them: figures, words, and how sure they are. Never knows what is counted.

A decimal, a share, money, a year, a date and a range are no count of ours, and are not read as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

EXACT, MORE, FEWER, ABOUT, VAGUE = "exact", "gt", "lt", "approx", "vague"


@dataclass(frozen=True)
class Number:
    """`start` is where its qualifier begins; a vague one has no value."""

    start: int
    end: int
    value: int | None
    qualifier: str = EXACT

    @property
    def low(self) -> int | None:
        return None if self.qualifier in (FEWER, VAGUE) else self.value

    @property
    def high(self) -> int | None:
        return None if self.qualifier in (MORE, VAGUE) else self.value


UNITS_VI = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
UNITS_EN = {
    name: value
    for value, name in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        1,
    )
}
TENS_EN = {
    name: value * 10
    for value, name in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {"trăm": 100, "nghìn": 1000, "ngàn": 1000, "hundred": 100, "thousand": 1000}

_UNIT_VI = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
_LAST_VI = f"{_UNIT_VI}|mốt|lăm|nhăm|tư"
_TENS_VI = rf"(?:(?:{_UNIT_VI}) (?:mươi|chục)|mười)(?: (?:{_LAST_VI})(?!\w))?"
WORDS_VI = rf"(?:(?:{_UNIT_VI}) trăm(?: (?:linh|lẻ) (?:{_LAST_VI})| (?:{_TENS_VI}))?|{_TENS_VI}|{_UNIT_VI})"
_SMALL_EN = rf"(?:{'|'.join(TENS_EN)})(?:[- ](?:{'|'.join(list(UNITS_EN)[:9])}))?|{'|'.join(reversed(UNITS_EN))}"
WORDS_EN = rf"(?:(?:{'|'.join(list(UNITS_EN)[:9])}|a) hundred(?: and (?:{_SMALL_EN}))?|{_SMALL_EN}|a dozen)"

MORE_WORDS = r"hơn|trên|ít nhất(?: là)?|không dưới|tối thiểu|more than|over|above|at least|no fewer than|upwards of"
FEWER_WORDS = (
    r"gần|dưới|xấp xỉ dưới|chưa đến|chưa tới|không đến|nearly|almost|under|fewer than|less than|close to|"
    r"just under"
)
ABOUT_WORDS = r"khoảng|chừng|ước|ước tính|ước khoảng|xấp xỉ|about|around|approximately|some|roughly|an estimated"
VAGUE_WORDS = (
    r"hàng (?:chục|trăm|nghìn|ngàn|vạn)(?: nghìn)?|(?:vài|mấy) (?:chục|trăm|nghìn|ngàn)|nhiều|"
    r"(?:many |several )?(?:dozens|scores|hundreds|thousands|tens)(?: of(?: thousands of)?)?|numerous|many|several"
)
FIGURES = r"\d{1,3}(?:\.\d{3})+(?![.,]?\d)|\d{1,3}(?:,\d{3})+(?![.,]?\d)|\d+(?![.,]\d)"

PATTERN = re.compile(
    rf"(?<![\w.,+])(?:(?P<more>{MORE_WORDS})|(?P<fewer>{FEWER_WORDS})|"
    rf"(?P<about>{ABOUT_WORDS}))?(?(more) )(?(fewer) )(?(about) )"
    rf"(?:(?P<figures>(?<![\w.,+:]){FIGURES})(?: (?P<scale>nghìn|ngàn|thousand)(?!\w))?(?: ?\((?:{WORDS_VI}|"
    rf"{WORDS_EN})\))?"
    rf"|(?P<vi>{WORDS_VI})|(?P<en>{WORDS_EN})|(?P<vague>{VAGUE_WORDS}))(?P<plus>\+)?(?!\w)"
)
# What makes digits no count: a share, money, the rest of a date or number, a fraction.
NO_COUNT_AFTER = re.compile(
    r" ?(?:%|[-/.:] ?\d|°|(?:phần trăm|triệu|tỷ|tỉ|đồng|usd|vnđ|vnd|euro|đô la|percent|"
    r"per cent|million|billion)\b)"
)
RANGE_BEFORE = re.compile(r"(?:\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)) ?(?:-|đến|tới|to) ?$|\d[/.,:-]$")
RANGE_AFTER = re.compile(r" ?(?:-|đến|tới|to) ?(?:\d+|" + WORDS_VI + r")(?= )")
A_YEAR = re.compile(r"(?:19|20)\d\d")
BEFORE_YEAR = re.compile(
    r"\b(?:trong|hàng|hằng|cả|mỗi|cuối|đầu|giữa|qua|nhiều|các|từng|\d|mấy|những|theo|một|hai|"
    r"ba|bốn) $"
)
ORDINAL_BEFORE = re.compile(
    r"(?:\b(?:lần|thứ|ngày|mùng|tháng|quý|khóa|bước|kỳ|điều|khoản|điểm|chương|mục|phần|(?<!tổng )(?<!con )(?<!trong )"
    r"số|nhóm|"
    r"khu|vòng|tốp|top|hạng|tuần|nghị quyết|"
    r"quyết định|kế hoạch số|no\.|number|article|clause|chapter|section|step|stage|phase|round|item|top|month|quarter|"
    r"covid|level|page|trang|lớp|tuổi|aged?|tầng|phòng|tel|đt|điện thoại|hotline)(?: số)?:?|[$€£#+]|\bact ?\+) ?$"
)


def numbers(text: str, start: int, end: int) -> Iterator[Number]:
    """The counts printed between two places, in their order."""
    for found in PATTERN.finditer(text, start, end):
        if (number := _read(text, found, start)) is not None:
            yield number


def _read(text: str, found: re.Match, start: int) -> Number | None:
    begin = found.start()
    before = text[max(start, begin - 24) : begin]
    if found["vague"]:
        return Number(begin, found.end(), None, VAGUE)
    if NO_COUNT_AFTER.match(text, found.end()) or RANGE_AFTER.match(text, found.end()) or RANGE_BEFORE.search(before):
        return None
    if ORDINAL_BEFORE.search(before):
        return None
    if found["vi"] == "năm" and BEFORE_YEAR.search(before):
        return None
    value = _value(found)
    return None if value is None else Number(begin, found.end(), value, _qualifier(found))


def _value(found: re.Match) -> int | None:
    if figures := found["figures"]:
        if figures.isdigit() and (len(figures) > 7 or A_YEAR.fullmatch(figures)):
            return None  # a telephone, a year
        return int(re.sub(r"\D", "", figures)) * SCALES.get(found["scale"], 1)
    return _of_words((found["vi"] or found["en"]).replace("-", " ").split())


def _of_words(words: list[str]) -> int | None:
    total, last = 0, 0
    for word in words:
        if word in ("mươi", "chục"):
            total, last = total + last * 9, last * 10
        elif word == "mười":
            total, last = total + 10, 10
        elif word in SCALES:
            total, last = total * SCALES[word], 0
        elif word in ("linh", "lẻ", "and"):
            continue
        elif word in ("a", "dozen"):
            total, last = (1, 1) if word == "a" else (12, 12)
        else:
            last = UNITS_VI.get(word) or UNITS_EN.get(word) or TENS_EN[word]
            total += last
    return total


def _qualifier(found: re.Match) -> str:
    if found["more"] or found["plus"]:
        return MORE
    if found["fewer"]:
        return FEWER
    return ABOUT if found["about"] else EXACT
