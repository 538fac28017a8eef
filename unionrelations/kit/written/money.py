"""Money in a cell: "1 tỷ 250 triệu", "45,5" below "triệu đồng". Never rounds, nor changes one currency to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from unionrelations.kit.date_words import plain

from .cells import LONGEST, Misread, Value, is_number, refuse_other_kinds, says_nothing, words_of
from .marks import funding_in
from .numerals import RUN, TWO_WAYS, as_decimal, shown

HOME = "VND"
TOO_MUCH = Decimal(10) ** 12  # đồng; more in one row means that cell and heading both tell the unit

SCALES = {
    "nghin": 3, "ngan": 3, "thousand": 3, "k": 3, "trieu": 6, "tr": 6, "million": 6, "ty": 9, "ti": 9, "billion": 9,
}  # fmt: skip
CURRENCIES = {
    "dong viet nam": "VND", "viet nam dong": "VND", "dong": "VND", "vnd": "VND", "d": "VND", "₫": "VND",
    "do la my": "USD", "do la": "USD", "dollars": "USD", "dollar": "USD", "us$": "USD", "usd": "USD", "$": "USD",
    "euros": "EUR", "euro": "EUR", "eur": "EUR", "€": "EUR", "yen nhat": "JPY", "yen": "JPY", "jpy": "JPY",
    "bang anh": "GBP", "gbp": "GBP", "£": "GBP", "nhan dan te": "CNY", "cny": "CNY", "rmb": "CNY", "won": "KRW",
    "krw": "KRW", "kip": "LAK", "lak": "LAK", "bat": "THB", "baht": "THB", "thb": "THB", "aud": "AUD", "sgd": "SGD",
    "chf": "CHF", "cad": "CAD", "sek": "SEK", "dkk": "DKK", "nok": "NOK", "hkd": "HKD", "rub": "RUB", "khr": "KHR",
}  # fmt: skip

SCALE = rf"(?:{'|'.join(SCALES)})(?![a-ce-z])(?!d[a-z])\.?"
CURRENCY = rf"(?:{'|'.join(re.escape(one) for one in CURRENCIES)})(?![a-z])"
PART = re.compile(rf"(?P<run>{RUN}) ?(?P<scale>{SCALE})?", re.ASCII)
AMOUNT = re.compile(
    rf"(?:(?P<before>{CURRENCY}) ?)?(?P<parts>(?:{RUN})(?: ?{SCALE})?(?: ?(?<![\d.,])(?:{RUN})(?: ?{SCALE})?){{0,3}}) ?"
    rf"(?P<after>{CURRENCY})?(?P<rest>(?!\w).*)",
    re.ASCII,
)
UNIT = re.compile(
    rf"(?<![a-z])(?P<scale>{SCALE})? ?(?P<currency>{CURRENCY})|(?<![a-z])(?P<alone>nghin|ngan|trieu|ty)(?![a-z])"
)
THOUSANDS = re.compile(rf"1(?P<zeros>(?:[., ]?000)+) ?(?P<currency>{CURRENCY})?")
ABOUT = re.compile(r"(?:hon|tren|gan|khoang|uoc(?: tinh)?|xap xi|duoi|toi da|about|over|nearly|up to)\b|[<>~≈]")
IN_WORDS = re.compile(r"[ .,;:-]*(?:chan|/-)?[ .]*(?:\([^()\d]*(?:dong|chan|bang chu)[^()\d]*\))?[ .,;-]*")


@dataclass(frozen=True)
class Amount:
    """So much money of one currency; its words as written."""

    value: Decimal
    currency: str
    words: str


@dataclass(frozen=True)
class _Unit:
    power: int = 0
    currency: str = HOME


def read_amount(value: Value, heading: str = "") -> Amount | None:
    """The money of the cell, in the unit it tells or else the heading; None where it tells nothing. Raises Misread."""
    unit = _unit_of(heading)
    if is_number(value):
        return _amount(shown(value) * 10**unit.power, unit.currency, words_of(value), unit.power > 0)
    refuse_other_kinds(value)
    words = words_of(value)
    told = plain(words).strip(" .:;*•+")
    if says_nothing(words) or told in ("chua quyet toan", "chua thanh toan"):
        return None
    if told in ("khong", "khong co", "khong dong", "free", "mien phi"):
        return Amount(Decimal(0), unit.currency, words)
    if len(words) > LONGEST:
        raise _no_amount(words[:40] + "…", told)
    if ABOUT.match(told):
        raise Misread(
            _("“%(typed)s” is no exact amount. Write the exact one, or put the words in the remark.") % {"typed": words}
        )
    found = AMOUNT.fullmatch(told)
    if found is None or not (IN_WORDS.fullmatch(found["rest"]) or _only_says_who_pays(found["rest"])):
        raise _no_amount(words, told)
    said = found["before"] or found["after"]
    parts = [(one["run"], SCALES.get((one["scale"] or "").strip("."))) for one in PART.finditer(found["parts"])]
    currency = CURRENCIES[said] if said else unit.currency
    tells_unit = bool(said) or any(power for _run, power in parts)
    power = 0 if tells_unit else unit.power
    return _amount(_added_up(parts, power, said, words), currency, words, power > 0)


def _unit_of(heading: str) -> _Unit:
    """The unit a heading tells, such as "Kinh phí (triệu đồng)" or "ĐVT: 1.000 đ"."""
    told = plain(heading)
    if found := THOUSANDS.search(told):
        return _Unit(found["zeros"].count("0"), CURRENCIES.get(found["currency"] or "", HOME))
    found = UNIT.search(told)
    if found is None:
        return _Unit()
    scale = (found["scale"] or found["alone"] or "").strip(".")
    return _Unit(SCALES.get(scale, 0), CURRENCIES.get(found["currency"] or "", HOME))


def _added_up(parts: list[tuple[str, int | None]], power: int, said: str | None, words: str) -> Decimal:
    """ "1 tỷ 250 triệu": each part of a smaller unit than the one before, and too small to reach it."""
    total, before = Decimal(0), None
    for place, (run, scale) in enumerate(parts):
        number = as_decimal(run)
        if number is None:
            raise Misread(
                _("“%(typed)s” is not a number: look at its points and commas. Write it like 1.250.000 or 45,5.")
                % {"typed": words}
            )
        unit = power if scale is None else scale
        if unit and TWO_WAYS.fullmatch(run):
            raise _two_ways(run, words)
        worth = number * 10**unit
        alone = place > 0 and scale is None and not said  # "1 tỷ 2" may mean 1,2 tỷ
        if alone or (before is not None and worth >= Decimal(10) ** before) or (before == 0):
            raise _no_amount(words, plain(words))
        total, before = total + worth, unit
    return total


def _amount(value: Decimal, currency: str, words: str, by_heading: bool) -> Amount:
    if value < 0:
        raise Misread(_("“%(typed)s”: an amount of money is not below 0.") % {"typed": words})
    if by_heading and currency == HOME and value >= TOO_MUCH:
        raise Misread(
            _("“%(typed)s” is too much in the unit of the heading. Write the unit beside it.") % {"typed": words},
            suggestion=f"{words} đồng",
        )
    return Amount(value, currency, words)


def _only_says_who_pays(rest: str) -> bool:
    return not re.search(r"[\d/]", rest) and bool(funding_in(rest))


def _two_ways(run: str, words: str) -> Misread:
    thousands, fraction = run.replace(",", ""), run.rstrip("0").rstrip(",")
    return Misread(
        _("“%(typed)s” can be read in two ways. Write “%(first)s” or “%(second)s”.")
        % {"typed": words, "first": words.replace(run, thousands), "second": words.replace(run, fraction)}
    )


def _no_amount(words: str, told: str) -> Misread:
    if not re.search(r"\d", told) and funding_in(words):
        return Misread(
            _("“%(typed)s” says who pays, not how much. Put it in the column for the source of the money.")
            % {"typed": words}
        )
    if told.startswith("-"):
        return Misread(_("“%(typed)s”: an amount of money is not below 0.") % {"typed": words})
    return Misread(
        _(
            "“%(typed)s” was not understood as one amount of money. "
            "Write it like 45.500.000 đồng, 45,5 triệu or 1.200 USD."
        )
        % {"typed": words}
    )
