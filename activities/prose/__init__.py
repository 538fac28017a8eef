"""Figures of external activity found in the text of any report, by a grammar of the field's phrases.

Vietnamese first, English too. It would rather return nothing than guess, and stores nothing: `read_report` tells what
it found and where, and a person decides. Never knows today, never asks the database: union names are handed in.
"""

from __future__ import annotations

from unionrelations.kit.periods import Period

from .telling import tell
from .told import Span, Told, ToldActivity, ToldFigure, ToldPeriod, as_json
from .unions import UnionNames

__all__ = [
    "Span",
    "Told",
    "ToldActivity",
    "ToldFigure",
    "ToldPeriod",
    "UnionNames",
    "as_json",
    "read_report",
]


def read_report(
    text: str,
    *,
    unions: UnionNames | None = None,
    default_union: str | None = None,
    default_period: Period | None = None,
) -> Told:
    """The figures, single activities and look-alikes of a text; offsets count its characters.

    `default_union` (a code) and `default_period` hold where the text names neither. `unions` are the names that become
    codes; without them every body stays as written.
    """
    return tell(text, unions or UnionNames(), default_union, default_period)
