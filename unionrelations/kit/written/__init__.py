"""What people write in the cells of a spreadsheet, read into values. Never knows records, columns or files.

Every reader takes the value of a cell, gives None where it tells nothing, and raises `Misread` where it was not
understood: with one sentence, and what the cell could say instead. None of them guesses.
"""

from .cells import Misread
from .counts import Count, read_count
from .days import read_day, read_window
from .lists import split_names
from .marks import read_funding, read_mark, read_mode
from .money import Amount, read_amount
from .papers import WrittenPaper, read_paper, read_papers
from .people import name_and_title, read_person

__all__ = [
    "Amount",
    "Count",
    "Misread",
    "WrittenPaper",
    "name_and_title",
    "read_amount",
    "read_count",
    "read_day",
    "read_funding",
    "read_mark",
    "read_mode",
    "read_paper",
    "read_papers",
    "read_person",
    "read_window",
    "split_names",
]
