"""Files handed in, what each row was, what they wrote, and what people said headings and names mean."""

from .imports import Import, ImportedRecord, ImportRow
from .remembered import RememberedHeadings, RememberedName

__all__ = ["Import", "ImportRow", "ImportedRecord", "RememberedHeadings", "RememberedName"]
