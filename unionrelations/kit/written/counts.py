"""People in a cell: "gồm 6 thành viên", "2A và 6B (8 người)". Never makes a number of "hơn 20": its words are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from unionrelations.kit.date_words import plain

from .cells import LONGEST, Misread, Value, is_number, lowered, refuse_other_kinds, says_nothing, words_of
from .numerals import RUN, as_decimal, shown, spoken

MOST = 99_999
NONE_CAME = ("khong", "khong co", "khong co ai", "ko", "none", "no one", "nobody")

LEADS = (
    r"(?:(?:đoàn công tác|đoàn|thành phần đoàn|thành phần|tổng số|tổng cộng|tổng|số lượng|số người|bao gồm|gồm|có|cử|"
    r"cộng|đón|tiếp|đủ|các|in total|total|a delegation of|delegation of|with|of|including)\b[ :]*)*"
)
QUALIFIERS = (
    r"(?:hơn|trên|gần|khoảng|chừng|độ|ước(?: tính| chừng)?|xấp xỉ|dưới|ít nhất|tối thiểu|tối đa|không quá|dự kiến|"
    r"hàng (?:chục|trăm|nghìn|ngàn|vạn)|vài|nhiều|một (?:số|vài)|dăm|mấy|đông đảo|over|more than|about|around|"
    r"approximately|approx|nearly|almost|under|less than|fewer than|at least|at most|up to|several|many|some|a few|"
    r"dozens|hundreds|thousands|circa|ca)\b|[<>~≈±≥≤]"
)
AND_MORE = r".*\b(?:trở lên|or more)$"
RANGE = rf"(?:từ )?(?:{RUN}) ?(?:-|đến|tới|to) ?(?:{RUN})(?: |$)"
# Whole groups of people; what else may follow a number names a part of them.
EVERYBODY = (
    r"người|thành viên|đại biểu|cán bộ|khách|đồng chí|đ/c|đc|học viên|lượt|vị|công chức|viên chức|people|"
    r"persons?|members?|delegates?|guests?|participants?|officials?|trainees?|pax"
)
SOME = (
    r"nam|nữ|[abc](?![^\W\d_])|chuyên gia|lãnh đạo|công nhân|lao động|đoàn viên|giảng viên|trưởng|"
    r"phó|phiên dịch|thư ký|lái xe|nhà báo|phóng viên|nhân viên|sinh viên|quan chức|hướng dẫn viên|ông|bà|anh|chị|em|"
    r"cháu|m[ae]n|wom[ae]n|males?|females?|experts?|interpreters?|trainers?|leaders?|workers?|staff"
)
PARTS_FOLLOW = r"(?<=[\w)])[,;: -]+(?:trong đó|bao gồm|gồm|kể cả|including|of whom|of which|incl)\b[ :.]*"
JOINED = r" ?(?:\+|;|&|(?<!\d),|,(?!\d)|\b(?:và|cùng với|cùng|and)\b) ?"


@dataclass(frozen=True)
class Count:
    """How many people; None where only a qualified or vague amount is written."""

    number: int | None
    words: str


@dataclass(frozen=True)
class _Term:
    number: int
    noun: str  # "" where only figures stand

    @property
    def tells_all(self) -> bool:
        return not self.noun or self.noun in ("người", "nguoi", "people", "persons", "thành viên", "members")


class _Grammar:
    """The rules, for words with their marks and once more for words typed without any."""

    def __init__(self, told):
        self.qualified = re.compile(told(rf"(?:{QUALIFIERS})|{AND_MORE}|{RANGE}"))
        self.leads = re.compile(told(LEADS))
        self.people = re.compile(told(rf"(?P<noun>(?:{EVERYBODY}|{SOME})(?![^\W\d_])).*"))
        self.everybody = re.compile(told(rf"(?:{EVERYBODY})(?![^\W\d_])"))
        self.parts_follow = re.compile(told(PARTS_FOLLOW))
        self.joined = re.compile(told(JOINED))
        self.figures = re.compile(rf"(?:{RUN})(?!\d)", re.ASCII)


def _unmarked(pattern: str) -> str:
    """The rule without Vietnamese marks; what the pattern language uses stays."""
    return "".join(one if one.isascii() or not one.isalpha() else plain(one) for one in pattern)


MARKED, UNMARKED = _Grammar(str), _Grammar(_unmarked)


def read_count(value: Value) -> Count | None:
    """How many people the cell tells; None where it tells nothing. Raises Misread."""
    if is_number(value):
        number = shown(value)
        return Count(_within_reason(number, f"{number}"), f"{number}")
    refuse_other_kinds(value)
    words = words_of(value)
    if says_nothing(words):
        return None
    if plain(words) in NONE_CAME:
        return Count(0, words)
    if len(words) > LONGEST:
        raise _not_people(words[:40] + "…")
    told = re.sub(r"^(?:- |[+*•:] ?)", "", lowered(words))
    if re.match(r"-\d", told):
        raise Misread(_("“%(typed)s” is less than no one. Write how many people.") % {"typed": words})
    grammar = UNMARKED if told.isascii() else MARKED
    inside = [one.strip() for one in re.findall(r"\(([^()]*)\)", told)]
    outside = re.sub(r" ?\([^()]*\) ?", " ", told).strip(" .;,:") or (inside.pop(0) if inside else "")
    whole, *parts = grammar.parts_follow.split(outside[grammar.leads.match(outside).end() :], maxsplit=1)
    terms = _terms(whole, grammar, words)
    if terms is None:
        return Count(None, words)
    total = sum(one.number for one in terms)
    for part in (*parts, *inside):
        _check_parts(terms, total, part, grammar, words)
    return Count(_within_reason(Decimal(total), words), words)


def _terms(told: str, grammar: _Grammar, words: str) -> list[_Term] | None:
    """What is added up; None where one of them is no exact number."""
    found: list[_Term] = []
    told = told[grammar.leads.match(told).end() :]
    if grammar.qualified.match(told) or told.endswith("+"):
        return None
    for one in grammar.joined.split(told):
        one = one[grammar.leads.match(one).end() :].strip(" .:")
        if grammar.qualified.match(one):
            return None
        if term := _term(one, grammar, words):
            found.append(term)
        elif not (found and grammar.everybody.match(one)):  # "8 cán bộ, công chức" goes on; "và trưởng đoàn" adds one
            raise _not_people(words)
    return found


def _term(told: str, grammar: _Grammar, words: str) -> _Term | None:
    if run := grammar.figures.match(told):
        written, rest = as_decimal(run[0]), told[run.end() :].strip()
        if written is None:
            raise Misread(
                _("“%(typed)s” is not a number: look at its points and commas. Write it like 1.250 or 1250.")
                % {"typed": words}
            )
    else:
        tokens = told.split()
        number, used = spoken(tokens)
        written = Decimal(number)
        if not used or (tokens[:used] == ["nam"] and not grammar.everybody.match(" ".join(tokens[1:]))):
            return None
        rest = " ".join(tokens[used:])
    noun = grammar.people.fullmatch(rest)
    if rest and (noun is None or re.search(r"[\d/%]", rest.removeprefix("đ/c"))):
        raise _not_people(words)
    return _Term(_within_reason(written, words), rest if rest in ("nam", "nữ", "nu") else noun["noun"] if noun else "")


def _check_parts(terms: list[_Term], total: int, told: str, grammar: _Grammar, words: str) -> None:
    """What stands in brackets, or after "trong đó", must agree with the whole where it tells all of it."""
    try:
        parts = _terms(told, grammar, words)
    except Misread:
        return  # a remark
    if not parts:
        return
    told_of = sum(one.number for one in parts)
    sexes = {"nam": 0, "nữ": 1, "nu": 1, "men": 0, "women": 1}
    complete = (
        (all(one.noun in ("a", "b", "c") for one in parts) and len(parts) > 1)
        or len({sexes[one.noun] for one in parts if one.noun in sexes}) == 2
        or (len(parts) == 1 and parts[0].tells_all)
    )
    if told_of == total or (told_of < total and not complete):
        return
    several = terms if len(terms) > 1 else parts
    added = sum(one.number for one in several)
    raise Misread(
        _("“%(typed)s”: %(added)s, but %(said)d is written too. Correct one of them.")
        % {
            "typed": words,
            "added": " + ".join(str(one.number) for one in several) + (f" = {added}" if len(several) > 1 else ""),
            "said": told_of if several is terms else total,
        },
        suggestion=str(added) if len(several) > 1 else "",
    )


def _within_reason(number: Decimal, words: str) -> int:
    if number != int(number):
        raise Misread(_("“%(typed)s” is not a whole number. People are counted whole.") % {"typed": words})
    if number < 0:
        raise Misread(_("“%(typed)s” is less than no one. Write how many people.") % {"typed": words})
    if number > MOST:
        raise Misread(_("“%(typed)s” is more than %(most)d people. Check the number.") % {"typed": words, "most": MOST})
    return int(number)


def _not_people(words: str) -> Misread:
    return Misread(
        _("“%(typed)s” was not understood as a number of people. Write the number alone, such as 8.") % {"typed": words}
    )
