"""Stretches that look like figures of external activity and are none, for a reader to see that they were understood."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from .reading import Reading
from .told import Span

KINDS: tuple[tuple[str, re.Pattern], ...] = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{pattern})"))
    for kind, pattern in (
        ("presidium", r"đoàn chủ tịch(?!\w)"),
        ("youth union", r"đoàn thanh niên(?!\w)|đoàn tncs hồ chí minh"),
        ("members", r"(?:\d[\d.,]*|hàng \w+|nhiều) (?:triệu |nghìn |ngàn )?đoàn viên(?!\w)"),
        ("congress", r"đại hội (?:đại biểu )?(?:lần thứ )?[ivxlc\d]+(?!\w)"),
        ("course number", r"khóa [ivxlc\d]+(?:,? bước \d+)?(?!\w)|bước \d+ khóa [ivxlc\d]+"),
        ("act+1", r"act ?\+ ?1(?!\w)"),
        (
            "collective agreement",
            r"(?:\d[\d.,]* )?(?:bản )?thỏa ước lao động tập thể|"
            r"(?:\d[\d.,]* )?collective (?:labou?r |bargaining )?agreements?",
        ),
        ("document", r"số:? \d+[\w/.-]*/[a-zđ][\w-]*|\d+[-/]\w*[-/](?:tlđ|qđ|kh|bc|nq|ct|cp|ttg)\S*"),
        ("rank", r"lần thứ \w+|thứ (?:\d+|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\w)"),
    )
)


def lookalikes(reading: Reading) -> list[Span]:
    figures = sorted((one.candidate.start, one.candidate.end) for one in reading.found)
    kept: list[tuple[str, int, int]] = []
    for kind, start, end in sorted(_found(reading), key=lambda one: (one[1], -one[2])):
        near = figures[max(bisect_left(figures, (start, 0)) - 2, 0) :][:4]
        overlaps = any(start < last and first < end for first, last in near)
        if not overlaps and (not kept or kept[-1][2] <= start):
            kept.append((kind, start, end))
    return [_span(reading, *one) for one in kept]


def _found(reading: Reading) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in KINDS:
        for one in pattern.finditer(reading.clear.text):
            yield kind, one.start(), one.end()
    for sentence in reading.read:
        for one in sentence.candidates:
            if not one.indicators or one.refused:
                yield one.refused or f"{one.noun} of no report", one.start, one.end
        for printed in sentence.periods:
            if printed.kind in ("month", "day", "trip"):
                yield "month" if printed.kind == "month" else "date", printed.start, printed.end


def _span(reading: Reading, kind: str, start: int, end: int) -> Span:
    first, last = reading.clear.span(start, end)
    return Span(kind, first, last, reading.clear.original[first:last])
