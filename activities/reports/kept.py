"""A signed report read back: what pages and files read of a Report, from what was frozen alone. Never counts.

It has no question. Whatever would count anew for it fails at once, instead of giving today's number.
"""

from __future__ import annotations

import hashlib
import json
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from unionrelations.accounts.models import Union

from .identities import LOGGED, UNDETERMINED
from .models import TermReport
from .tables import PARTS, Cell, Column, Line, Table


@dataclass(frozen=True)
class Name:
    """What an indicator, a union or a document was called when the report was signed."""

    label: str
    code: str = ""

    def __str__(self):
        return self.label


@dataclass(frozen=True)
class KeptPrinted:
    """A published figure as it was printed."""

    union: Name
    low: int | None
    high: int | None
    printed: str
    period_printed: str
    document: str
    place: str
    note: str
    qualifier: str

    def get_qualifier_display(self) -> str:
        return self.qualifier


@dataclass(frozen=True)
class KeptExplanation:
    """A part of a gap as somebody explained it, in the words of that day."""

    said: str
    note: str

    def __str__(self):
        return self.said


@dataclass(frozen=True)
class KeptPublished:
    figure: KeptPrinted
    logged_in_period: int | None
    gap: int | None
    explained: int
    unexplained: int | None
    explanations: tuple[KeptExplanation, ...]
    conflicts: bool


@dataclass(frozen=True)
class KeptFigure:
    indicator: Name
    logged: int | None
    undetermined: int | None
    unknown_people: int
    reported: tuple[KeptPublished, ...]
    partly: tuple[KeptPublished, ...]
    change: None = None


class KeptReport:
    """`row` is signed. Stands where composing takes a Report."""

    compared_with = None

    def __init__(self, row: TermReport):
        self.row = row

    @property
    def question(self):
        raise AssertionError("A signed report is never counted anew.")

    @property
    def title(self) -> str:
        return self.row.title

    @cached_property
    def union(self) -> Union:
        """Under the name it had, and below the union it stood under."""
        union = _renamed(self.row.union, self.row.frame["union"])
        if union.parent and self.row.frame["superior"]:
            union.parent = _renamed(union.parent, self.row.frame["superior"])
        return union

    @property
    def term(self) -> Name | None:
        return Name(self.row.frame["term"]) if self.row.frame["term"] else None

    @property
    def under(self) -> bool:
        return self.row.under

    @property
    def period_text(self) -> str:
        return self.row.frame["period"]

    @property
    def rule_text(self) -> str:
        return self.row.frame["rule"]

    @property
    def narrowed_to(self) -> list[str]:
        return self.row.frame["narrowed_to"]

    @property
    def tells_all(self) -> bool:
        return self.row.frame["tells_all"]

    @property
    def narrative(self) -> str:
        """The text that was signed, whoever wrote it."""
        return self.row.text

    @cached_property
    def figures(self) -> tuple[KeptFigure, ...]:
        return tuple(self._figure(one) for one in self.row.figures["figures"])

    def figure(self, code: str) -> KeptFigure:
        return next(one for one in self.figures if one.indicator.code == code)

    @cached_property
    def all_tables(self) -> list[Table]:
        return [_table(one) for one in self.row.figures["tables"]]

    def tables(self, part: str) -> list[Table]:
        return [one for one in self.all_tables if one.code in PARTS[part]]

    def rows(self, code: str, *, undetermined: bool = False) -> list[dict]:
        """The records behind a figure as they were, each with the number it brought."""
        place = UNDETERMINED if undetermined else LOGGED
        records = self.row.rows["records"]
        return [records[key] | {"brought": number} for key, number, _missing in self.row.rows["figures"][code][place]]

    def _figure(self, one: dict) -> KeptFigure:
        return KeptFigure(
            Name(one["label"], one["indicator"]),
            one["logged"],
            one["undetermined"],
            one["unknown_people"],
            tuple(self._published(printed) for printed in one["reported"]),
            tuple(self._published(printed) for printed in one["reported_partly"]),
        )

    def _published(self, one: dict) -> KeptPublished:
        frame = self.row.frame
        printed = KeptPrinted(
            Name(frame["unions"].get(one["union"], one["union"]), one["union"]),
            one["low"],
            one["high"],
            one["printed"],
            one["period"]["printed"],
            one["document"],
            one["place"],
            one["note"],
            frame["qualifiers"].get(one["qualifier"], one["qualifier"]),
        )
        explanations = tuple(
            KeptExplanation(f"{frame['reasons'][part['reason']]}: {part['number']:+}", part["note"])
            for part in one["explanations"]
        )
        return KeptPublished(
            printed,
            one["logged_in_period"],
            one["gap"],
            one["explained"],
            one["unexplained"],
            explanations,
            one["conflicts"],
        )


def _renamed(union: Union, name: str) -> Union:
    one = copy(union)
    one.name = one.name_en = name
    return one


def _table(one: dict) -> Table:
    columns = tuple(Column(column["code"], column["label"]) for column in one["columns"])
    return Table(
        one["table"],
        one["label"],
        one["head"],
        columns,
        tuple(_line(line, columns) for line in one["lines"]),
        total=_line(one["total"], columns) if one["total"] else None,
        overlaps=one["overlaps"],
        about=one["about"],
    )


def _line(one: dict, columns: tuple[Column, ...]) -> Line:
    cells = (one["cells"][column.code] for column in columns)
    return Line(one["line"], one["label"], tuple(_cell(cell) for cell in cells), one["apart"])


def _cell(one: dict) -> Cell:
    number: Any = one["logged"]
    return Cell(Decimal(number) if isinstance(number, str) else number, "", one["undetermined"])


def canonical(row: TermReport) -> bytes:
    """All that the signature froze, always written the same way: `report.json`, and what the SHA-256 is of."""
    frozen = {
        "title": row.title,
        "text": row.text,
        "note": row.note,
        "language": row.language,
        "version": row.number,
        "signed": row.frame,
        "report": row.figures,
        "rows": row.rows,
    }
    return json.dumps(frozen, ensure_ascii=False, sort_keys=True, indent=1).encode()


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_intact(row: TermReport) -> bool:
    """Whether what is kept is still what was signed."""
    return sha256_of(canonical(row)) == row.sha256
