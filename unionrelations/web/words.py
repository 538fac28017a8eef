"""A report's text as a page shows it: each number leads to its rows, one that no longer matches is marked.

Never writes a text, never counts: what a number should be, the report's findings say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from activities.reports.indicators import BY_CODE
from activities.reports.reading import checked
from activities.reports.reports import Report

NEW_PARAGRAPH = "\n\n"


@dataclass(frozen=True)
class Piece:
    """Words, or the digits of a number. `expected` is what a stale number would be now, None where that is unknown."""

    text: str
    url: str = ""
    is_stale: bool = False
    expected: int | None = None


def paragraphs(text: str, report: Report) -> Iterator[list[Piece]]:
    """The text of a report, paragraph by paragraph."""
    for part in text.replace("\r\n", "\n").split(NEW_PARAGRAPH):
        if part.strip():
            yield [_piece(one, report) for one in checked(part, report.findings)]


def stale_numbers(text: str, report: Report) -> list[Piece]:
    """The numbers of the text that no longer match."""
    return [one for part in paragraphs(text, report) for one in part if one.is_stale]


def _piece(segment, report: Report) -> Piece:
    if not segment.indicator:
        return Piece(segment.text)
    url = report.rows_url(BY_CODE[segment.indicator])
    return Piece(segment.text, url, segment.state == "stale", segment.expected)
