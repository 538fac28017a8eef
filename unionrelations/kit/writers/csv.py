"""A Document as CSV: its tables alone. Never lets a cell start a formula."""

from __future__ import annotations

import csv
from io import StringIO

from unionrelations.kit.documents import UNKNOWN, Document, Grid

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(document: Document) -> bytes:
    """The document's tables, with the mark spreadsheets need to read Vietnamese; no cell starts a formula."""
    text = StringIO()
    lines = csv.writer(text)
    for block in (*document.blocks, *document.annexes):
        if isinstance(block, Grid):
            lines.writerow(block.headers)
            lines.writerows([_harmless(value) for value in row] for row in block.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(value):
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None or value is UNKNOWN else value
