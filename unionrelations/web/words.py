"""A report's text as a page shows it: numbers lead to their rows, what no longer matches or was written by hand is
marked.

Never writes a text, never counts: what a number should be, the report's findings say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from activities.reports.indicators import BY_CODE
from activities.reports.reading import Segment, by_hand, checked
from activities.reports.reports import Report

NEW_PARAGRAPH = "\n\n"


@dataclass(frozen=True)
class Piece:
    """Words, or the digits of a number. `expected` is what a stale number would be now, None where that is unknown."""

    text: str
    url: str = ""
    is_stale: bool = False
    expected: int | None = None
    is_by_hand: bool = False


def paragraphs(text: str, report: Report, generated: str = "") -> Iterator[list[Piece]]:
    """The text of a report, paragraph by paragraph; words that `generated` does not have are marked, where given."""
    for part in text.replace("\r\n", "\n").split(NEW_PARAGRAPH):
        if part.strip():
            marks = by_hand(part, generated) if generated else [(part, False)]
            yield [*_pieces(checked(part, report.findings), marks, report)]


def _pieces(segments: list[Segment], marks: list[tuple[str, bool]], report: Report) -> Iterator[Piece]:
    """The segments, cut where words written by hand begin and end; a number is never cut."""
    ends, place = [], 0
    for words, mark in marks:
        place += len(words)
        ends.append((place, mark))
    for one in segments:
        start = one.start
        if one.indicator:
            url = report.rows_url(BY_CODE[one.indicator])
            yield Piece(one.text, url, one.state == "stale", one.expected)
            continue
        for end, mark in ends:
            if start < end and start < one.end:
                cut = min(end, one.end)
                yield Piece(one.text[start - one.start : cut - one.start], is_by_hand=mark)
                start = cut
