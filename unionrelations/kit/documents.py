"""A document before it has a format: a title and blocks. Never knows XLSX, DOCX, PDF or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Grid:
    """A table. Cells are words, numbers, days or None for an empty one."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


Block = Heading | Paragraph | Grid


@dataclass(frozen=True)
class Document:
    title: str
    blocks: tuple[Block, ...]
