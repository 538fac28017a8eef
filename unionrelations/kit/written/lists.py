"""Several names in one cell, taken apart. Never knows the names: it goes by signs and by how names of bodies begin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from .cells import Value, says_nothing, words_of

# How names of organisations begin; what follows a comma or "và" and begins otherwise goes on with the name before it.
BEGINNINGS = re.compile(
    r"(?:Công đoàn|CĐ\w*|Liên đoàn|LĐLĐ|Liên hiệp|Tổng(?! hợp| quan| kết)|Trung ương|TƯ|Hiệp hội|Nghiệp đoàn|"
    r"Đoàn|Hội(?! nhập| nghị| thảo| viên| họp)|Viện(?! trợ)|Học viện|Tổ chức|Đại sứ quán|ĐSQ|Lãnh sự quán|Trường|Quỹ|"
    r"Đại học|Bộ(?! phận| máy| môn)|Trung tâm|Công ty|Tập đoàn|Đảng|Mặt trận|Ủy ban|Uỷ ban|UBND|Ban|"
    r"Văn phòng|Sở|Cục|Vụ|Phòng|Ngân hàng|"
    r"Chính phủ|Union|Federation|Confederation|Congress|Ministry|Embassy|Institute|Foundation|Association|"
    r"Council|Organi[sz]ation|University|Cent(?:re|er)|Committee|Office|Department|The)\b.*\s\S",
    re.IGNORECASE,
)
ENGLISH_BODY = re.compile(
    r"\b(?:Unions?|Federation|Confederation|Congress|Council|Ministry|Institute|Foundation|Association|Organi[sz]ation|"
    r"University|Cent(?:re|er)|Committee|Embassy)\b"
)
ACRONYM = re.compile(r"(?=(?:[^A-ZĐƯ]*[A-ZĐƯ]){2})[A-ZĐƯ0-9][A-ZĐƯ0-9.+-]*(?: [A-ZĐƯ]{2,}[A-ZĐƯ0-9.+-]*)*(?: \(.*\))?")

BEGINS_SHORT = re.compile(r"[A-ZĐƯ]{2}[A-ZĐƯ0-9]*\b(?!-[a-z])")

MOST_SIGNS = 5  # within one name

NUMBERING = re.compile(r"(?:(?<=^)|(?<=\s)|(?<=[;,]))\d{1,2}[.)/](?=\s*[^\W\d])")
BULLET = re.compile(r"^(?:[-–—•*+▪●]\s+|[•*+▪●]\s*)")
SIGNS = re.compile(r"\s*(?P<sign>[,/&]|\s[-–—]\s|\s(?:và|and|cùng|với)\s)\s*", re.IGNORECASE)


def split_names(
    value: Value, *, is_country: bool = False, is_one: Callable[[str], bool] = lambda words: False
) -> list[str]:
    """The names in a cell. `is_one` says of a stretch of words that it is one name, however it looks."""
    words = words_of(value)
    if says_nothing(words):
        return []

    def is_whole(line: str) -> bool:
        """A mere question mark beside a name is a doubt, and no part of it."""
        return all(any(map(str.isalnum, part)) for part in re.split(r"[,;/&–—-]", line)) and is_one(line)

    found: list[str] = []
    for line in _apart(words):
        pieces = [line] if is_whole(line) else _by_signs(line, is_country, is_whole)
        found += [name for one in pieces if (name := _bare(one))]
    return found


def _apart(words: str) -> list[str]:
    """The stretches that line ends, semicolons and numbering part for certain."""
    lines = [BULLET.sub("", line) for line in _cut(words, re.compile(r"[\n;]"))]
    return [part for line in lines for part in _cut(line, NUMBERING) if _bare(part)]


def _by_signs(line: str, is_country: bool, is_one: Callable[[str], bool]) -> list[str]:
    """Parts between weaker signs, joined again where they are one name."""
    cuts = [one for one in SIGNS.finditer(line) if one.start() not in _within_brackets(line)]
    edges = [0, *(one.end() for one in cuts)]
    ends = [*(one.start() for one in cuts), len(line)]
    found: list[str] = []
    place = 0
    while place < len(edges):
        last = next(
            (
                at
                for at in range(min(len(edges) - 1, place + MOST_SIGNS), place, -1)
                if is_one(line[edges[place] : ends[at]])
            ),
            place,
        )
        part, sign = line[edges[place] : ends[last]], cuts[place - 1] if place else None
        if sign is None or is_country or _parts(sign["sign"].strip().lower(), found[-1], part):
            found.append(part)
        else:
            found[-1] += sign[0] + part
        place = last + 1
    return found


def _parts(sign: str, left: str, right: str) -> bool:
    """Whether the sign stands between the names of two organisations."""
    left, right = _bare(left), _bare(right)
    if not (left[:1].isupper() and right[:1].isupper()):
        return False
    shouted = right.isupper() and left.isupper() and " " in left + right  # in capitals all over, no word is an acronym
    if ACRONYM.fullmatch(right) and not shouted:  # after a dash it is the short form of the name before
        return sign not in ("-", "–", "—") or ACRONYM.fullmatch(left) is not None
    if BEGINS_SHORT.match(right) and not shouted:
        return True
    if BEGINNINGS.match(right) and (ENGLISH_BODY.match(right) is None or ENGLISH_BODY.search(left) is not None):
        return True
    if ENGLISH_BODY.search(right) is None:
        return False
    bodies = list(ENGLISH_BODY.finditer(left))
    return bool(bodies) and (sign in (",", "/") or bodies[-1].end() >= len(left) - 1)


def _cut(words: str, sign: re.Pattern[str]) -> list[str]:
    inside, found, begin = _within_brackets(words), [], 0
    for one in sign.finditer(words):
        if one.start() not in inside:
            found.append(words[begin : one.start()])
            begin = one.end()
    return [*found, words[begin:]]


def _within_brackets(words: str) -> set[int]:
    """The places inside brackets; one that is never closed holds nothing."""
    inside: set[int] = set()
    opened: list[int] = []
    for place, sign in enumerate(words):
        if sign in "([":
            opened.append(place)
        elif sign in ")]" and opened:
            inside.update(range(opened.pop(), place + 1))
    return inside


def _bare(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split())).strip(" ,;/&.–—-•")
