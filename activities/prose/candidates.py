"""Numbers that stand with a word of the field, as a sentence prints them. Never knows which indicator they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import words
from .numbers import EXACT, Number, numbers

# A label and its number: "Số đoàn ra: 06 đoàn", "the number of inbound delegations was 6".
LABELLED = re.compile(
    r"(?: ?[:=\t|]+ ?| - ?| (?:là|đạt|ở mức|is|was|were|are|totall?ed|reached|stood at|numbered)(?: (?:tổng cộng|"
    r"tổng số|được|tất cả|at))? )(?:có |tổng số |đã cử |đã đón )?$"
)
BARE = re.compile(r"(?:^|[,;:(\n]) ?(?:số )?(?P<noun>(?:hội nghị, )?[a-zđà-ỹ][\w ]{4,60}) $")
SURE_LABEL = re.compile(
    r"(?:đoàn (?:ra|vào)|(?:hội nghị|hội thảo)[^.;]* (?:đăng cai|chủ trì)|outbound delegations?|"
    r"inbound delegations?)\b"
)
LEAD = re.compile(r"(?:(?:tổng )?số (?:lượng )?|(?:the )?(?:total )?number of )$")
LABEL = re.compile(r"[^.,;:\n\t|()]{2,110}$")
ZERO = re.compile(
    r"\b(?:không (?:có|cử|tổ chức|đón|tiếp|cấp|phát sinh)(?: (?:một|bất kỳ))? (?P<vi>(?:đoàn ra|đoàn vào|"
    r"lượt cán bộ|khách quốc tế|học viên|chứng chỉ)) nào|"
    r"(?:with |there (?:was|were) |sent |received |had |and )?no (?P<en>(?:outbound delegations?|"
    r"inbound delegations?|person-trips?|international guests?|trainees?|certificates?)))\b"
)
STOPS = re.compile(
    r"[,;:(\n\t]| (?:và|and) (?=\d|đã |đón|tiếp|cử|ký|đăng cai|tổ chức|received|hosted|sent|signed|"
    r"attended)|\)"
)
LONGEST_TAIL = 140


@dataclass(eq=False)
class Candidate:
    """`start` to `end` are the words shown; `label` what stood before a colon, `tail` what follows up to a stop."""

    noun: str
    number: Number
    start: int
    end: int
    label: str = ""
    tail: str = ""
    reach: str = ""  # what follows up to the next number or clause, commas and all
    verb: str = ""
    verb_at: int = -1
    indicators: list[str] = field(default_factory=list)
    host: Candidate | None = None
    whole: Candidate | None = None
    is_part: bool = False
    seeks_whole: bool = False  # said to be a part of what an earlier sentence tells
    planned: bool = False
    refused: str = ""  # what it is instead of a figure
    doubt: str = ""

    @property
    def indicator(self) -> str:
        return self.indicators[0] if self.indicators else ""


def candidates(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> list[Candidate]:
    """Those between two places, in their order; nothing in what is already `taken` as a period or a name."""
    found = list(_zeros(text, start, end))
    for number in numbers(text, start, end):
        if any(first < number.end and number.start < last for first, last in taken):
            continue
        if any(one.start <= number.start < one.end for one in found):
            continue
        if (one := _with_noun(text, start, end, number)) is not None:
            found.append(one)
    found.sort(key=lambda one: one.start)
    for place, one in enumerate(found):
        following = found[place + 1].start if place + 1 < len(found) else end
        one.tail = _tail(text, max(one.end, one.number.end), max(following, one.end))
        one.reach = _reach(text, max(one.end, one.number.end), max(following, one.end))
    _find_verbs(text, start, found)
    return found


def _zeros(text: str, start: int, end: int) -> Iterator[Candidate]:
    for found in ZERO.finditer(text, start, end):
        name = "vi" if found["vi"] else "en"
        first = found.start(name)
        noun = _noun_at(text, first, end)
        if noun is not None:
            yield Candidate(noun[0], Number(found.start(), first, 0, EXACT), found.start(), found.end())


def _noun_at(text: str, place: int, end: int) -> tuple[str, int] | None:
    for kind, pattern in words.NOUNS:
        if found := pattern.match(text, place, end):
            return kind, found.end()
    return None


def _with_noun(text: str, start: int, end: int, number: Number) -> Candidate | None:
    noun = _noun_at(text, number.end, end)
    label = _label(text, start, number)
    if label and (noun is None or noun[0] in (label[0], words.DELEGATION, words.PEOPLE) or label[0] in (words.GUESTS,)):
        if noun is None and text[number.end : number.end + 1] not in (
            "",
            " ",
            ".",
            ",",
            ";",
            ")",
            "\t",
            "\n",
            "(",
            "|",
            "/",
        ):
            return None
        if noun is None or noun[0] == label[0] or (label[0] == words.GUESTS and noun[0] == words.PEOPLE):
            return Candidate(
                label[0], number, label[1], noun[1] if noun else number.end, label=text[label[1] : number.start]
            )
    if noun is None:
        return None
    return Candidate(noun[0], number, number.start, noun[1])


def _label(text: str, start: int, number: Number) -> tuple[str, int] | None:
    """The kind of the noun that a number is set beside, and where that label begins."""
    first = max(start, number.start - 130)
    sign = LABELLED.search(text, first, number.start)
    if sign is None:
        return _bare_label(text, first, number)
    label = LABEL.search(text[first : sign.start()])
    if label is None:
        return None
    begin = first + label.start()
    for word in re.finditer(r"(?<!\w)(?=\w)", text[begin : sign.start()]):
        if noun := _noun_at(text, begin + word.start(), sign.start()):
            if _is_counted(text, begin, begin + word.start()):
                return None
            lead = LEAD.search(text[begin : begin + word.start()])
            return noun[0], begin + (lead.start() if lead else word.start())
    return None


def _bare_label(text: str, first: int, number: Number) -> tuple[str, int] | None:
    """ "đoàn ra 3 đoàn, hội thảo quốc tế đăng cai 1": a part of a sentence that is a noun and its number alone."""
    label = BARE.search(text[first : number.start])
    if label is None or not re.match(
        r"(?: đoàn| lượt| cuộc| lớp)?(?: *$| ?[,.;)\n])", text[number.end : number.end + 8]
    ):
        return None
    noun = _noun_at(text, first + label.start("noun"), number.start)
    sure = SURE_LABEL.match(label["noun"])
    return (noun[0], first + label.start("noun")) if noun and sure else None


def _is_counted(text: str, begin: int, place: int) -> bool:
    """Whether a noun has a number of its own already."""
    return any(one.end == place - 1 for one in numbers(text, begin, place))


def _tail(text: str, start: int, end: int) -> str:
    tail = text[start : min(end, start + LONGEST_TAIL)]
    stop = STOPS.search(tail)
    return tail[: stop.start()] if stop else tail


def _reach(text: str, start: int, end: int) -> str:
    reach = re.split(r"[;\n\t]", text[start : min(end, start + 200)])[0]
    verb = next(
        (one for one in words.VERB.finditer(reach) if one.lastgroup in ("send", "receive", "host", "sign")), None
    )
    return reach[: verb.start()] if verb else reach


def _find_verbs(text: str, start: int, found: list[Candidate]) -> None:
    """Each with the last verb before it in its own part of the sentence; one inside its label is nearer still."""
    end = max((one.end for one in found), default=start)
    verbs = [(one.lastgroup or "", one.start(), one.end()) for one in words.VERB.finditer(text, start, end)]
    for one in found:
        first = max((text.rfind(";", start, one.start) + 1), start)
        place = one.number.start if one.label else one.start
        before = [verb for verb in verbs if first <= verb[1] and verb[2] <= place]
        if len(before) > 1 and before[-1][0] == "have":
            before = [verb for verb in before if verb[0] != "have"] or before
        if before:
            one.verb, one.verb_at = before[-1][0], before[-1][1]
