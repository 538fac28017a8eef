"""What a row of a spreadsheet says, before anything is written: its values, what is wrong, what it would change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models import Model

    from unionrelations.kit.spreadsheets import FoundRow

    from .context import Question

Verdict = Literal["new", "changed", "unchanged", "refused"]
LONGEST_SHEET = 120  # characters of a sheet's name that tell it from others
LONGEST_SHOWN = 200  # characters of a cell in what is said about it


@dataclass(frozen=True)
class Problem:
    """One bad cell: the heading it stands under, what it holds, why it is refused, what it might say instead."""

    column: str
    value: str
    reason: str
    suggestion: str = ""
    position: int | None = None  # of its column in the sheet, from 0; None where the row has no such column
    name: str = ""  # the importer's name of the column


@dataclass(frozen=True)
class Difference:
    """A fact of a stored record the row would change, in words."""

    column: str  # the importer's name of it
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Alike:
    """A stored record that a new row may tell of."""

    key: int
    label: str
    address: str


@dataclass
class Draft:
    """A row on its way. `values` holds what it says, by column; a column it does not name is not in there.

    `key` and `version` are those of the record it was exported from, where it says so; `is_exact` then: what its cells
    leave empty is empty. `record` is the stored record it was found to be, until it is let go.
    """

    row: FoundRow
    sheet: str = ""
    place: int = 0  # its number among the drafts of the file
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    answered: list[Question] = field(default_factory=list)  # those a person has already decided
    remarks: list[str] = field(default_factory=list)
    headings: dict[str, tuple[str, int | None]] = field(default_factory=dict)  # column → (heading, position)
    key: int | None = None
    version: int | None = None
    seal: str = ""
    record: Model | None = None
    found: int | None = None  # the key of that record
    differences: list[Difference] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)  # those nobody has said anything about
    told_apart: list[Alike] = field(default_factory=list)  # those a person said it is not
    there_as: int | None = None  # the key of the record a person said it is, where that is not the union's to change
    composed: set[str] = field(default_factory=set)  # columns of `values` that no cell said
    spoilt: set[str] = field(default_factory=set)  # columns that cannot be told for cells that are refused
    same_as_row: int | None = None  # an earlier row of the file that says the same
    qualifier: str = ""  # of a row of numbers, how the one this draft is of is meant, and its bounds
    low: int | None = None
    high: int | None = None

    @property
    def is_exact(self) -> bool:
        return self.key is not None

    @property
    def verdict(self) -> Verdict:
        if self.problems:
            return "refused"
        if self.record is None and self.found is None:
            return "new" if self.same_as_row is None and self.there_as is None else "unchanged"
        return "changed" if self.differences else "unchanged"

    def let_go(self) -> None:
        """Of a record that stays as it is its key alone is wanted once it was compared."""
        if self.record is not None:
            self.found = self.record.pk
            if self.verdict != "changed":
                self.record = None

    def refuse(self, column: str, reason: str, *, value: Any = "", suggestion: str = "") -> None:
        """Says what is wrong under the heading the column stands under, or under its own label."""
        heading, position = self.headings.get(column, (column, None))
        self.problems.append(Problem(heading, shown(value), reason, suggestion, position, column))


def alike_key(sheet: str, number: int) -> str:
    """Of a row that resembles records, what asks whether it tells of one of them."""
    return f"alike:{sheet[:LONGEST_SHEET]}:{number}"


def shown(value: Any) -> str:
    """A cell in the words a person would read in it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if hasattr(value, "strftime"):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(getattr(value, "shown", value))[:LONGEST_SHOWN]
