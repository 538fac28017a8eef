"""Writes a Document in each format we offer. Never knows what the document says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from unionrelations.kit.documents import Document

from .cells import in_words
from .csv import write_csv
from .docx import write_docx
from .pdf import write_pdf
from .placeholders import TemplateFault, Vocabulary
from .xlsx import write_xlsx

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
    suffix: str
    media_type: str
    write: Callable[[Document], bytes]


FORMATS = {
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "csv": Format("csv", "text/csv; charset=utf-8", write_csv),
    "docx": Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx),
    "pdf": Format("pdf", "application/pdf", write_pdf),
}
