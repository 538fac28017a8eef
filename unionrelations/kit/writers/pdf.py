"""A Document as an accessible PDF (PDF/UA-1) with its fonts inside: the same content and order as the Word file.

The words travel as data, so none of them is read as mark-up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import get_language

from unionrelations.kit.documents import UNKNOWN, Block, Document, Grid, Heading, Paragraph, Picture

from .cells import in_words, is_number, printable, widths
from .official import wording
from .pages import runs

PICTURE_WIDTH = 700  # of the drawing, in its own dots: its letters come out as large as those of a table
UPRIGHT, SIDEWAYS = 80, 123  # characters of a table that fit beside each other


@cache
def _page() -> bytes:
    return Path(__file__).with_name("report.typ").read_bytes()


def write_pdf(document: Document) -> bytes:
    data = {
        "title": document.title,
        "author": document.official.issuer if document.official else "",
        "language": (get_language() or "vi")[:2],
        "is_official": document.official is not None,
        "official": wording(document),
        "body": _parts(document.blocks),
        "annexes": _parts(document.annexes),
    }
    inputs = {"document": json.dumps(_printable(data), ensure_ascii=False)}
    try:
        return typst.compile(_page(), sys_inputs=inputs, pdf_standards="ua-1")
    except typst.TypstError as refused:
        if "could not be displayed" not in refused.message:
            raise
        # A letter that no font of this machine has: tagged all the same, but no claim to the standard.
        return typst.compile(_page(), sys_inputs=inputs)


def _printable(data):
    """The same without the characters no font holds."""
    match data:
        case str():
            return printable(data)
        case list():
            return [_printable(one) for one in data]
        case dict():
            return {name: _printable(one) for name, one in data.items()}
    return data


def _parts(blocks: Sequence[Block]) -> list[dict]:
    return [
        {"sideways": wide, "blocks": [data for one in together for data in _data(one, SIDEWAYS if wide else UPRIGHT)]}
        for wide, together in runs(blocks)
    ]


def _data(block: Block, room: int) -> list[dict]:
    match block:
        case Heading(text):
            return [{"kind": "heading", "text": text}]
        case Paragraph(text):
            return [{"kind": "paragraph", "text": one} for one in text.split("\n") if one.strip()]
        case Grid():
            cells = [
                [{"text": in_words(value), "number": is_number(value) or value is UNKNOWN} for value in row]
                for row in block.rows
            ]
            return [
                {
                    "kind": "grid",
                    "title": block.title,
                    "headers": [str(one) for one in block.headers],
                    "widths": widths(block, room),
                    "rows": cells,
                }
            ]
        case Picture():
            drawn = str(block.chart.svg(width=PICTURE_WIDTH, links=False, standalone=True))
            if not drawn:
                return [{"kind": "paragraph", "text": block.chart.alt}]
            return [{"kind": "picture", "svg": drawn, "alt": block.chart.alt, "caption": block.caption}]
    raise TypeError(block)
