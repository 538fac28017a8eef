"""The period that the title of a table states. Never guesses: titles that contradict each other state none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from unionrelations.kit.date_words import plain
from unionrelations.kit.periods import Period
from unionrelations.kit.typed_dates import read_when

COUNT = r"(?:\d{1,2}|ba|sau|chin|three|six|nine)"
YEAR = r"(?:19|20)\d\d"
NO_PERIOD = (
    re.compile(rf"(?:[^,\d]{{2,40}}, ?)(?:ngay \d{{1,2}} )?thang \d{{1,2}}(?: nam |/){YEAR}"),  # Hà Nội, ngày …
    re.compile(rf"(?:nhiem ky|khoa|term)\b[^\d]{{0,20}}{YEAR} ?- ?{YEAR}"),  # a term has days of its own
    re.compile(r"(?:so|no\.?)\s*:? ?\d*\s*/[\w/-]+"),
)
DAYS = re.compile(
    rf"\b(?:tu|from)\b (?:ngay |thang |het )*\d[\d/.-]*(?: (?:thang|nam) \d+)* ?(?:-|den|toi|to|until)"
    rf" ?(?:het |ngay |thang )*\d[\d/.-]*(?: (?:thang|nam) \d+)*"
    rf"|\b\d{{1,2}}/\d{{1,2}}/{YEAR} ?(?:-|den) ?\d{{1,2}}/\d{{1,2}}/{YEAR}"
)
ONE_DAY = re.compile(rf"\b(?:ngay )?\d{{1,2}}(?:[/.-]\d{{1,2}}[/.-]| thang \d{{1,2}} nam ){YEAR}")
PARTS = re.compile(
    rf"\b(?:{COUNT} ?thang (?:dau|cuoi)(?: cua)?(?: nam)? {YEAR}|quy (?:iv|iii|ii|i|[1-4])(?: ?[/-] ?| nam | )(?:nam )?"
    rf"{YEAR}|thang \d{{1,2}}(?: ?[/-] ?| nam ){YEAR}|nua (?:dau|cuoi)(?: cua)?(?: nam)? {YEAR}|q[1-4][ /-]{YEAR}"
    rf"|(?:first|last|second) (?:half|quarter|{COUNT} months) (?:of )?{YEAR})\b"
)
YEARS = re.compile(
    rf"(?<![\d/.-])(?:(?:giai doan|nam|tu|years?)\s+)*(?:{YEAR} ?(?:-|den) ?(?:nam )?{YEAR}|{YEAR})(?![\d/-])"
)


def stated_period(titles: Iterable[str]) -> Period | None:
    """The period all titles agree on. Days stated outright go before the name of the year they are reported as."""
    told = " ; ".join(plain(one) for one in titles)
    for rule in NO_PERIOD:
        told = rule.sub(" ", told)
    found: dict[str, list[Period]] = {}
    for name, rule in (("days", DAYS), ("day", ONE_DAY), ("parts", PARTS), ("years", YEARS)):
        if name != "day":
            found[name] = [period for words in rule.findall(told) if (period := _read(words))]
        told = rule.sub(" ", told)
    exact, years = {*found["days"]}, {*found["years"]}
    chosen = exact or {*found["parts"]} or years
    if len(chosen) != 1:
        return None
    (period,) = chosen
    return period if all(period.overlaps(year) for year in years) else None


def _read(words: str) -> Period | None:
    try:
        reading = read_when(words.strip(), None)
    except ValidationError:
        return None
    return Period(reading.starts_on, reading.ends_on or reading.starts_on)
