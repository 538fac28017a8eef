"""Spreadsheet files opened safely, and the tables in them. Never knows what the tables are about."""

from .books import Book, Fault, Line, Sheet, Unreadable, Value
from .headings import Heading
from .opening import open_book
from .tables import FoundRow, FoundTable, Skipped, find_tables

__all__ = [
    "Book",
    "Fault",
    "FoundRow",
    "FoundTable",
    "Heading",
    "Line",
    "Sheet",
    "Skipped",
    "Unreadable",
    "Value",
    "find_tables",
    "open_book",
]
