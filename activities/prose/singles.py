"""Single activities told in a text: one delegation, course or conference, with what its sentence says of it.

A stub for a person to complete, never a record. What only names a kind of activity in general is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from unionrelations.kit.typed_dates import Reading as ReadDate
from unionrelations.kit.typed_dates import read_when

from . import words
from .held import ReadSentence
from .layout import Sentence
from .places import COUNTRIES, FOREIGN
from .printed import Printed
from .reading import Reading
from .speakers import OTHER, OURS, Mention
from .told import ToldActivity, ToldFigure

DONE = r"(?:đã |vừa |còn |cũng |sẽ |đang )*"
_COURSE = (
    r"(?:(?:các )?(?:khóa|lớp)(?: học)? |tổ chức )(?:tập huấn|đào tạo|bồi dưỡng)|(?:a |the |an )?(?:basic |"
    r"advanced |training )+course"
)
_MEETING = r"(?:hội thảo|hội nghị|tọa đàm|diễn đàn|workshop|conference|seminar|forum)"
KINDS: tuple[tuple[str, str, re.Pattern], ...] = tuple(
    (kind, role, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"))
    for kind, role, pattern in (
        (
            "delegation",
            "in",
            r"(?:đón|tiếp|đón tiếp|tiếp đón) (?:và làm việc với )?(?:một |các |01 )?đoàn(?! viên|"
            r" ra| vào| kết)",
        ),
        (
            "delegation",
            "in",
            r"(?:đón|tiếp|đón tiếp) (?:công đoàn|tổng công đoàn|"
            r"liên hiệp công đoàn)[^,;.]{0,80}(?:sang|đến) thăm",
        ),
        ("delegation", "in", r"(?:received|welcomed|hosted) (?:a|the) (?:\w+ ){0,3}delegation"),
        (
            "delegation",
            "out",
            rf"(?<!công )(?<!liên )(?<!tập )đoàn (?:đại biểu|công tác|cán bộ|"
            rf"lãnh đạo)?[^,;.:()]{{0,90}}? {DONE}(?:sang|đi|đến|tới) (?:thăm|làm việc|công tác|dự|tham dự)",
        ),
        (
            "delegation",
            "out",
            r"dẫn đầu đoàn[^,;.]{0,60}(?:thăm|sang|đi|dự|tham dự)|(?:led|sent) (?:a|"
            r"the) (?:\w+ ){0,3}delegation to",
        ),
        ("delegation", "out", r"(?:a|the) (?:\w+ ){0,3}delegation (?:of|from) [^,;.]{3,80}? visited"),
        ("course", "given", _COURSE),
        (
            "conference",
            "",
            rf"(?:tổ chức|đăng cai|chủ trì|tham gia|tham dự|dự|organi[sz]ed|hosted|held|"
            rf"attended)(?: (?:a|an|the|một))?(?: international)? {_MEETING}",
        ),
        ("conference", "", rf"(?<=và ){_MEETING}(?= [\"'])"),
        ("conference", "meeting", r"(?:held|holding) talks with|hội đàm với|(?:at|had) (?:the|a) meeting with"),
    )
)
ROLE = re.compile(
    r"^(?:(?P<hosted>tổ chức|đăng cai|chủ trì|organi[sz]ed|hosted|held)|(?P<went>tham gia|tham dự|dự|"
    r"attended))"
)
COURSE_NUMBER = re.compile(r"(?<!\w)khóa (?P<cohort>[ivxlc]+|\d+)(?:,? ?bước (?P<step>\d+|[ivx]+))?(?!\w)")
GENERAL = re.compile(
    r"(?:\b(?:nhiều|mọi|những|hiệu quả|nâng cao|tăng cường|đề xuất|đề nghị|kế hoạch|qua|"
    r"quy chế)(?: \w+){0,2} )$"
)
ASKED = re.compile(r"\b(?:đề nghị|đề xuất|kiến nghị|cần|nên|mong muốn|should|proposed|suggested|requested)\b")
HELD = re.compile(
    r"\b(?:tổ chức (?:các |thành công )?(?:khóa|lớp|tập huấn|đào tạo|bồi dưỡng)|hoàn thành|mở|hỗ trợ|"
    r"khai giảng|bế giảng|tham gia|cử|organi[sz]ed|held|ran|completed|opened|attended|took part)\b[^,;]*$"
)
PLACE = re.compile(
    r"\b(?:tại|ở|in|at) (?P<place>(?:(?:tp\.?|thành phố|tỉnh|khu vực|thủ đô|"
    r"city of) )?[^\W\d_][^,;.()\"]{1,60}(?:, (?:tỉnh|thành phố) [^,;.()]{2,30})?)"
)
PEOPLE = re.compile(r"\b(?:gồm|có|of|with) (\d{1,3}) (?:người|thành viên|cán bộ|đồng chí|members|officials|people)\b")
STOP = re.compile(r"[;.]|,? và (?=hội thảo)| (?:và|and) (?=phát|trao|cấp|awarded)|,? (?:cho biết|nêu)\b")
FORMATS = {
    "hội thảo": "workshop",
    "workshop": "workshop",
    "hội nghị": "conference",
    "conference": "conference",
    "tọa đàm": "seminar",
    "seminar": "seminar",
    "diễn đàn": "forum",
    "forum": "forum",
}
LONGEST_TITLE = 200
LONGEST_HELD = 366  # days; a longer period held from before dates no single activity


@dataclass(frozen=True)
class _Single:
    kind: str
    role: str
    start: int
    end: int
    read: ReadSentence


def singles(reading: Reading, figures: list[ToldFigure]) -> list[ToldActivity]:
    return [_told(reading, one, figures) for read in reading.read for one in _apart(_found(reading, read))]


def _found(reading: Reading, read: ReadSentence) -> Iterator[_Single]:
    text, sentence = reading.clear.text, read.sentence
    if not FOREIGN.search(text, sentence.start, sentence.end) or read.sentence.is_heading:
        return
    people = (words.PEOPLE, words.GUESTS)  # "gồm 5 người" is said of the one delegation
    counted = [(one.start, one.end) for one in read.candidates if one.noun not in people]
    for kind, role, pattern in KINDS:
        for found in pattern.finditer(text, sentence.start, sentence.end):
            inside = any(first < found.end() and found.start() < last for first, last in counted)
            if (
                inside
                or _is_counted(text, read, found)
                or GENERAL.search(text[max(sentence.start, found.start() - 40) : found.start()])
            ):
                continue
            if ASKED.search(text, sentence.start, found.start()) or (
                kind == "course" and not _is_done(text, sentence, found)
            ):
                continue
            here = role or (_role(found[0]) if kind == "conference" else "")
            yield _Single(kind, here, found.start(), _end(text, found, sentence), read)


def _is_counted(text: str, read: ReadSentence, found: re.Match) -> bool:
    """Whether what was found goes on from a number: "4 đoàn dự hội nghị" tells four, not one."""
    before = max((one.end for one in read.candidates if one.end <= found.start()), default=-1)
    return before >= 0 and found.start() - before < 60 and re.search(r"[,;.:]", text[before : found.start()]) is None


def _is_done(text: str, sentence: Sentence, found: re.Match) -> bool:
    return HELD.search(text, max(sentence.start, found.start() - 60), found.end()) is not None


def _role(words_found: str) -> str:
    done = ROLE.match(words_found)
    return "home" if done and done["went"] else "hosted"


def _end(text: str, found: re.Match, sentence: Sentence) -> int:
    quoted = re.match(r"[^;.\"]{0,60}\"[^\"]{3,300}\"", text[found.end() : sentence.end])
    after = found.end() + (quoted.end() if quoted else 0)
    stop = STOP.search(text, after, sentence.end)
    return stop.start() if stop else sentence.end


def _apart(found: Iterator[_Single]) -> list[_Single]:
    """One stub for each stretch; where two overlap the one that begins first, up to where the next begins."""
    kept: list[_Single] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.kind != kept[-1].kind or one.start - kept[-1].start > 60:
            last = kept.pop()
            kept += [_Single(last.kind, last.role, last.start, one.start, last.read), one]
    return kept


def _told(reading: Reading, one: _Single, figures: list[ToldFigure]) -> ToldActivity:
    clear, text = reading.clear, reading.clear.text
    start, end = clear.span(one.start, one.end)
    shown = text[one.start : one.end]
    printed = _when(one)
    date = _date(clear.printed(printed.start, printed.end)) if printed else None
    bodies = [body for body in one.read.mentions if one.start <= body.start < one.end]
    places = tuple(place for place, figure in enumerate(figures) if start <= figure.start < _sentence_end(reading, one))
    body = _whose(one)
    number = COURSE_NUMBER.search(shown) if one.kind == "course" else None
    people, certificates = _people(shown, figures, places)
    return ToldActivity(
        kind=one.kind,
        role="" if one.role == "meeting" else one.role,
        title=_title(clear.printed(one.start, one.end)),
        start=start,
        end=end,
        words=clear.original[start:end],
        when=" ".join(clear.printed(printed.start, printed.end).split()) if printed else "",
        starts_on=date.starts_on if date else None,
        ends_on=date.ends_on if date else None,
        precision=str(date.precision.value) if date else "",
        place=_place(clear, one),
        countries=tuple(
            dict.fromkeys(clear.printed(*found.span()) for found in COUNTRIES.finditer(text, one.start, one.end))
        ),
        partners=tuple(dict.fromkeys(clear.printed(body.start, body.end) for body in bodies if body.kind == OTHER)),
        people=people,
        certificates=certificates,
        cohort=number["cohort"].upper() if number else "",
        step=(number["step"] or "").upper() if number else "",
        format="meeting" if one.role == "meeting" else _format(shown) if one.kind == "conference" else "",
        planned=words.PLANNED.search(text, one.read.sentence.start, one.start) is not None,
        union=body.code if body else None,
        organisation=clear.printed(body.start, body.end) if body and body.end else None,
        figures=places if one.kind == "course" else (),
    )


def _sentence_end(reading: Reading, one: _Single) -> int:
    """Certificates are told behind the course, in the same sentence: up to the next activity or its end."""
    stop = reading.clear.text.find(";", one.end, one.read.sentence.end)
    return reading.clear.span(one.start, stop if stop > 0 else one.read.sentence.end)[1]


def _whose(one: _Single) -> Mention | None:
    acting = [
        body
        for body in one.read.mentions
        if body.end <= one.start and body.kind == OURS and (body.acts or body.reports)
    ]
    return acting[-1] if acting else one.read.held_body


def _when(one: _Single) -> Printed | None:
    inside = [printed for printed in one.read.dated if one.start <= printed.start < one.end]
    before = [printed for printed in one.read.dated if printed.end <= one.start]
    if inside or before:
        return inside[0] if inside else before[-1]
    held = one.read.held_period
    return held if held and held.period and (held.period.days or LONGEST_HELD + 1) <= LONGEST_HELD else None


def _date(printed: str) -> ReadDate | None:
    try:
        return read_when(" ".join(printed.split()), None)
    except ValidationError:
        return None


def _place(clear, one: _Single) -> str:
    found = PLACE.search(clear.text, one.start, one.end)
    if found is None or (
        not re.match(r"(?:tp|thành phố|tỉnh|khu vực|thủ đô)", found["place"])
        and not clear.cased[found.start("place")].isupper()
    ):
        return ""
    return " ".join(clear.printed(*found.span("place")).split())


def _people(shown: str, figures: list[ToldFigure], places: tuple[int, ...]) -> tuple[int | None, int | None]:
    told = {figures[place].indicator: figures[place].low for place in places}
    counted = PEOPLE.search(shown)
    return told.get("trainees") or (int(counted[1]) if counted else None), told.get("certificates")


def _format(shown: str) -> str:
    return next((name for word, name in FORMATS.items() if word in shown[:60]), "")


def _title(printed: str) -> str:
    title = " ".join(printed.split()).strip(" ,.:–-")
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
