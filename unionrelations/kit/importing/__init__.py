"""How a row of a spreadsheet becomes what a record says: columns, importers, drafts. Never knows an entity."""

from .columns import ChoiceColumn, Column, FieldColumn, RecordColumn, TextColumn, columns_of
from .context import Context, New, Question
from .drafts import Difference, Draft, Problem
from .importer import Importer
from .judging import judge

__all__ = [
    "ChoiceColumn",
    "Column",
    "Context",
    "Difference",
    "Draft",
    "FieldColumn",
    "Importer",
    "New",
    "Problem",
    "Question",
    "RecordColumn",
    "TextColumn",
    "columns_of",
    "judge",
]
