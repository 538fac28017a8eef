"""A Document as CSV: its tables alone. Never lets a cell start a formula."""

from __future__ import annotations

import csv
from io import BytesIO, TextIOWrapper
from typing import IO

from unionrelations.kit.documents import UNKNOWN, Document, Grid

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(document: Document) -> bytes:
    """The document's tables, with the mark spreadsheets need to read Vietnamese; no cell starts a formula."""
    file = BytesIO()
    write_csv_to(file, document)
    return file.getvalue()


def write_csv_to(file: IO[bytes], document: Document) -> None:
    """The same into an open file, row after row."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text)
    for block in (*document.blocks, *document.annexes):
        if isinstance(block, Grid):
            lines.writerow(block.headers)
            lines.writerows([_harmless(value) for value in row] for row in block.rows)
    text.detach()  # the file is its owner's to close


def _harmless(value):
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None or value is UNKNOWN else value
