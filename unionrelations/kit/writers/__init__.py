"""Writes a Document in each format we offer. Never knows what the document says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from unionrelations.kit.documents import Document

from .cells import in_words
from .csv import write_csv, write_csv_to
from .docx import write_docx
from .pdf import write_pdf
from .placeholders import TemplateFault, Vocabulary
from .xlsx import write_xlsx, write_xlsx_to

__all__ = [
    "FORMATS",
    "Format",
    "TemplateFault",
    "Vocabulary",
    "in_words",
    "write_csv",
    "write_docx",
    "write_pdf",
    "write_xlsx",
]


@dataclass(frozen=True)
class Format:
    """`write_to` writes into an open file, where a document may be too long to be held."""

    suffix: str
    media_type: str
    write: Callable[[Document], bytes]
    write_to: Callable[[IO[bytes], Document], None] | None = None


FORMATS = {
    "xlsx": Format(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx, write_xlsx_to
    ),
    "csv": Format("csv", "text/csv; charset=utf-8", write_csv, write_csv_to),
    "docx": Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx),
    "pdf": Format("pdf", "application/pdf", write_pdf),
}
