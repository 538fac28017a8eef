"""How the lines of a form announce themselves: totals, notes, signatures, marks of groups, numbers of columns.

Rules of wording alone; never knows where on the sheet a line stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from unionrelations.kit.date_words import plain
from unionrelations.kit.folding import fold, spell

from .books import Value

COUNTERS = frozenset(("stt", "tt", "so tt", "so thu tu", "s t t", "thu tu", "no", "nr", "ordinal"))
LONGEST_HEADING = 150  # characters; the longest known one has 60
LONGEST_GROUP = 200

ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
ALONE = (
    ("roman", re.compile(rf"{ROMAN}\s*[.)/:]?")),
    ("letter", re.compile(r"[A-ZĐ]\s*[.)/:]?")),
    ("small", re.compile(r"[a-zđ]\s*[.)/:]?")),
)
BEFORE_WORDS = (
    ("roman", re.compile(rf"(?:(?:Phần|PHẦN|Mục|MỤC)\s+)?{ROMAN}\s*[.)/:–-]\s*\S")),
    ("letter", re.compile(r"(?:(?:Phần|PHẦN|Mục|MỤC)\s+)?[A-ZĐ]\s*[.)/:]\s*\S")),
    ("arabic", re.compile(r"\d{1,2}\s*[.)/:]\s*[^\W\d]")),
    ("small", re.compile(r"[a-zđ]\s*[.)]\s*\S")),
)
COUNTER = re.compile(r"\d{1,6}(?:\.\d{1,4})*\s*[.)]?")

# "cộng" and "công" differ by their marks, so totals are read in their spelling; without any mark only bare words count.
TOTAL = re.compile(
    r"(?:cả năm|tổng cộng|tổng số|cộng tổng|tổng|cộng|grand total|sub ?-?total|total)\b(?P<rest>.*)", re.DOTALL
)
BARE_TOTAL = re.compile(r"(?:tong cong|tong so|cong|tong|total)(?P<rest>)", re.DOTALL)
BEHIND_TOTAL = {
    "mục", "phần", "nhóm", "khối", "chung", "toàn", "tỉnh", "ngành", "cả", "năm", "quý", "số", "đoàn", "lượt",
    "người", "cán", "bộ", "khách", "trang", "này", "và", "các", "đơn", "vị", "cấp", "thành", "phố", "huyện", "địa",
    "phương", "kinh", "phí", "bảng", "ra", "vào", "of", "all", "for", "the", "year", "delegations", "people",
    "items",
}  # fmt: skip
SHORT_MARK = re.compile(r"[a-zđ]|[ivx]+|\d[\d.,]*")

NOTE = re.compile(
    r"(?:ghi chu|nguon|chu thich|luu y|chu y|giai thich|notes?|sources?|remarks?)(?: so lieu)?\s*[:.(–-]|"
    r"\(?\*{1,4}\)?|\([a-z0-9]{1,2}\) .{12,}|[-+•] .{3,}"
)
SIGNATURE = re.compile(
    r"(?:nguoi|can bo|chuyen vien)(?: lap| tong hop| bao cao| ky)|lap bieu|thu truong|tm\.|t/m|tl\.|t/l|kt\.|k/t|tuq\.|"
    r"noi nhan\b|\(?ky(?: va)?[ ,]|\(?da ky\)?$|xac nhan cua|phe duyet cua|prepared by|approved by|"
    r"signed\b|recipients?:|"
    r"(?:[^,\d]{2,40}, )?(?:ngay|date)\b[ .…\d_]*(?:thang)[ .…\d_]*(?:nam)\b[ .…\d_]*$"
)
STATE = re.compile(r"cong hoa xa hoi chu nghia|doc lap ?- ?tu do|socialist republic|so ?: ?.{0,20}/")
NUMBER_OF_COLUMN = re.compile(r"[(\[]?(?:(\d{1,2})|([A-ZĐa-z]))[)\]]?(?:\s*=\s*[\d()+\-*/: x]+)?")


@lru_cache(maxsize=50_000)
def folded(words: str) -> str:
    return " ".join(fold(words).split())


def is_counter(value: Value) -> bool:
    """Whether it numbers a line: 7, "07", "7." or "1.2"."""
    if isinstance(value, str):
        return COUNTER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def mark_alone(value: Value) -> str:
    """The kind of mark that stands alone in its cell, as I, A or a; "" where it is none."""
    if not isinstance(value, str) or len(value) > 8:
        return ""
    return next((kind for kind, rule in ALONE if rule.fullmatch(value)), "")


def mark_before_words(words: str) -> str:
    """The kind of mark a group's words begin with, as in "I. Cấp tỉnh"; "" where they have none."""
    return next((kind for kind, rule in BEFORE_WORDS if rule.match(words)), "")


def is_total(words: str) -> bool:
    """ "Tổng cộng (I+II)" is one, "Tổng công ty", "Tổng Liên đoàn" and "Công đoàn" are none."""
    spelled = spell(words).strip(" .:…")
    found = TOTAL.match(spelled) or (BARE_TOTAL.fullmatch(spelled) if spelled.isascii() else None)
    if found is None:
        return False
    rest = found["rest"].lstrip()
    if rest.startswith(":"):
        return True
    tokens = re.findall(r"[^\W_]+", rest)
    return all(token in BEHIND_TOTAL or SHORT_MARK.fullmatch(token) for token in tokens)


def is_note(words: str) -> bool:
    return NOTE.match(plain(words[:300])) is not None


def is_signature(words: str) -> bool:
    return len(words) <= LONGEST_GROUP and SIGNATURE.match(plain(words)) is not None


def is_letterhead(words: str) -> bool:
    return STATE.match(plain(words[:300])) is not None


def could_head(value: Value) -> bool:
    """Whether a cell can be a heading: short words that announce nothing else, or a year."""
    if isinstance(value, int) and not isinstance(value, bool):
        return 1900 <= value <= 2100
    return (
        isinstance(value, str)
        and len(value) <= LONGEST_HEADING
        and not value.endswith(":")
        and not is_counter(value)
        and not is_letterhead(value)
        and not is_signature(value)
    )


def are_column_numbers(values: list[Value], columns: int) -> bool:
    """A line as forms have under their headings: (1) (2) (3), or A B 1 2, over most of the columns."""
    if len(values) < max(2, columns * 0.6):
        return False
    figures, bracketed = [], 0
    for value in values:
        written = str(value).strip()
        found = NUMBER_OF_COLUMN.fullmatch(written)
        if found is None or isinstance(value, bool | float):
            return False
        bracketed += written[0] in "(["
        if found[1]:
            figures.append(int(found[1]))
    if len(values) < 3 and not bracketed:
        return False
    first = figures[:1] == [1] or (len(values) > len(figures) and figures[:1] in ([2], [3])) or not figures
    return first and all(after == before + 1 for before, after in pairwise(figures))
