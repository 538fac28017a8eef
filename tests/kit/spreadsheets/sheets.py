"""Sheets for tests, written as short texts: one line a row, cells between bars."""

from __future__ import annotations

import re

from unionrelations.kit.folding import fold
from unionrelations.kit.spreadsheets import Book, Line, Sheet, find_tables

OUTBOUND = (
    "STT | TÊN TRƯỞNG ĐOÀN | NGÀY ĐI | NGÀY VỀ | VĂN BẢN XIN PHÉP | VĂN BẢN CHO PHÉP | ĐƠN VỊ XIN PHÉP | NƯỚC ĐẾN | "
    "MỤC ĐÍCH | SỐ TIỀN | NGUỒN KINH PHÍ | ĐƠN VỊ MỜI | BÁO CÁO | GHI CHÚ"
)
VOCABULARY = {fold(one) for one in OUTBOUND.split(" | ")} | {"ten doan", "truong doan", "nuoc di", "so nguoi", "don vi"}


def cell(written: str):
    written = written.strip()
    if re.fullmatch(r"\d+", written):
        return int(written)
    return written or None


def sheet(text: str, merges=(), name="Sheet1", hidden_rows=()) -> Sheet:
    """The lines of the text; a blank one is a blank row. Bars at the left edge leave columns empty."""
    lines = []
    for number, row in enumerate(text.removeprefix("\n").rstrip("\n").split("\n"), 1):
        cells = [cell(one) for one in row.split("|")]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            lines.append(Line(number, tuple(cells), number in hidden_rows))
    return Sheet(name, lines=lines, merges=list(merges))


def tables(text: str, merges=(), known=VOCABULARY, **more):
    return find_tables(Book("xlsx", [sheet(text, merges, **more)]), known)


def table(text: str, merges=(), known=VOCABULARY, **more):
    (found,) = tables(text, merges, known, **more)
    return found


def why(found) -> dict[int, str]:
    return {one.number: one.why for one in found.skipped}


def numbers(found) -> list[int]:
    return [row.number for row in found.rows]
