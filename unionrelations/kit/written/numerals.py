"""Numbers as written in Vietnamese and English: 1.909, 1,909, 45,5, mười hai, twelve. Never knows what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from unionrelations.kit.date_words import plain

# A run of figures, points and commas; blanks only where they part thousands.
RUN = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?![\d.,]*\d)|\d(?:[\d.,]*\d)?"
VIETNAMESE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
PLAIN = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
TWO_WAYS = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)  # one comma before three figures: thousands, or a fraction

UNITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
ENGLISH_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip


def _with_unmarked(words: dict[str, int]) -> dict[str, int]:
    return {plain(word): number for word, number in words.items()} | words


FIRST = _with_unmarked(UNITS)
FOLLOWING = {word: number for word, number in FIRST.items() if word != "nam"}  # "mười nam" are ten men
TEN, TENS = ("mười", "muoi"), ("mươi", "muoi", "mười")
SCALES = ((1000, ("nghìn", "ngàn", "nghin", "ngan")), (100, ("trăm", "tram")))
ZERO_TENS = ("linh", "lẻ", "le")


def as_decimal(run: str) -> Decimal | None:
    """The number a run of figures writes; None where points and commas stand as no language puts them."""
    run = re.sub(r"\s", "", run)
    if run.startswith("0") and re.fullmatch(r"0[.,]\d+", run, re.ASCII):
        return Decimal(run.replace(",", "."))
    if VIETNAMESE.fullmatch(run):
        return Decimal(run.replace(".", "").replace(",", "."))
    if ENGLISH.fullmatch(run):
        return Decimal(run.replace(",", ""))
    return Decimal(run.replace(",", ".")) if PLAIN.fullmatch(run) else None


def shown(value: int | float) -> Decimal:
    """A number of a spreadsheet as it shows it: to 15 figures, beyond which its binary fraction only makes noise."""
    return Decimal(int(value)) if value == int(value) else Decimal(f"{value:.15g}")


def spoken(words: Sequence[str]) -> tuple[int, int]:
    """The number the words begin with, and how many of them tell it; (0, 0) where they begin with none."""
    if words and (parts := [ENGLISH_WORDS.get(one, 0) for one in words[0].split("-")]) and all(parts):
        if len(parts) == 1 and parts[0] >= 20 and 0 < ENGLISH_WORDS.get(next(iter(words[1:]), ""), 0) < 10:
            return parts[0] + ENGLISH_WORDS[words[1]], 2
        return sum(parts), 1
    total = used = 0
    for scale, names in SCALES:
        value, count = _below_hundred(words[used:])
        if count and used + count < len(words) and words[used + count] in names:
            total, used = total + value * scale, used + count + 1
    if used and used < len(words) and words[used] in ZERO_TENS:
        value, count = _below_hundred(words[used + 1 :])
        return (total + value, used + 1 + count) if count else (total, used)
    value, count = _below_hundred(words[used:])
    return total + value, used + count


def _below_hundred(words: Sequence[str]) -> tuple[int, int]:
    if not words:
        return 0, 0
    after = FOLLOWING.get(words[1]) if len(words) > 1 else None
    if words[0] in TEN:
        return (10 + after, 2) if after else (10, 1)
    unit = FIRST.get(words[0])
    if unit is None:
        return 0, 0
    if len(words) > 1 and words[1] in TENS:
        last = FOLLOWING.get(words[2]) if len(words) > 2 else None
        return (unit * 10 + last, 3) if last else (unit * 10, 2)
    return unit, 1
