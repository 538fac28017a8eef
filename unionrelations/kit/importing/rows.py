"""What the rows of one entity's tables say: which heading is which column, what each cell holds, what is missing.

Never knows a stored record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from . import headings
from .columns import Column, TextColumn, folded_words, in_every_language, parted
from .context import Context
from .drafts import Draft, shown
from .headings import IGNORED, IN_WORDS
from .identity import Identity

if TYPE_CHECKING:
    from unionrelations.kit.spreadsheets import FoundRow, FoundTable

NEVER_READ = "stt | tt | số tt | số thứ tự | no | no. | # | last changed | sửa lần cuối"  # numbering, and when saved
STARTS_LIKE = 3  # of a table whose title names the entity, what that is worth in known headings


class RowReader:
    """One for an entity's tables. `said_by` are words of titles and sheet names that tell such a table.

    `ignored` headings are known and not read: what the house works out. What stands under `in_words`, such as a unit of
    the union, is kept in the remark.
    """

    model: type[Model]
    columns: Sequence[Column] = ()
    said_by: str = ""
    ignored: str = ""
    in_words: str = ""
    remark: str = "note"  # the column that keeps what no other one takes

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {one.name: one for one in self.columns}

    @cached_property
    def spoken(self) -> dict[str, str]:
        """Folded heading → the column it stands for."""
        known = {folded_words(one): IGNORED for one in parted(NEVER_READ, self.ignored)}
        known |= {folded_words(one): IN_WORDS for one in parted(self.in_words)}
        for column in reversed(self.columns):  # of two that share a heading the first one declared has it
            called = (*column.headings, *in_every_language(column.label))
            known |= dict.fromkeys((folded_words(one) for one in called if one), column.name)
        return known

    def spoken_in(self, table: FoundTable) -> dict[str, str]:
        """The same for one table, where what stands beside a heading changes what it means."""
        return self.spoken

    def recognise(self, table: FoundTable, given: Mapping[str, str] = {}) -> dict[int, str]:
        """Position → column for each heading: as a person said, else as it is known; "" for an unknown one."""
        return headings.recognise(table, self.spoken_in(table), given)

    def score(self, table: FoundTable) -> float:
        """How surely a table is one of this entity: headings it knows, and what the title says."""
        known = [one for one in self.recognise(table).values() if one]
        needed = {one.name for one in self.columns if one.is_needed}
        titled = any(folded_words(one) in _title_of(table) for one in parted(self.said_by))
        told = len({one for one in known if one not in (IGNORED, IN_WORDS)}) + len(known) / 10
        return told + STARTS_LIKE * titled + len(needed & set(known)) if known else 0

    # --- Reading

    def read_all(self, row: FoundRow, table: FoundTable, mapping: Mapping[int, str], context: Context) -> list[Draft]:
        """What a row tells of: one record, unless an entity's rows tell of several."""
        return [self.read(row, table, mapping, context)]

    def read(self, row: FoundRow, table: FoundTable, mapping: Mapping[int, str], context: Context) -> Draft:
        """What a row says, with everything that is wrong with it at once."""
        draft = Draft(row, table.sheet, remarks=list(row.groups))
        cells: dict[str, list] = defaultdict(list)
        for place, heading in enumerate(table.headings):
            cell, name = row.cells[place], mapping.get(heading.position, "")
            if name == headings.RECORD:
                self._identify(draft, cell)
            elif name in self.by_name:
                cells[name].append(cell)
            elif name in ("", IN_WORDS) and cell is not None:
                draft.remarks.append(": ".join(filter(None, (heading.text, shown(cell)))))
            if name not in ("", IN_WORDS, IGNORED):
                # Which record a row is nobody mends in the cell: there whose words stand is asked.
                draft.headings.setdefault(name, (heading.text, None if name == headings.RECORD else heading.position))
        for name, found in cells.items():
            self._read_cells(draft, name, found, context)
        self.complete(draft, table, context)
        return draft

    def _identify(self, draft: Draft, cell: Any) -> None:
        said = Identity.read(cell)
        if said is not None:
            draft.key, draft.version, draft.seal = said.key, said.version, said.seal

    def _read_cells(self, draft: Draft, name: str, cells: list, context: Context) -> None:
        column, said = self.by_name[name], []
        for cell in cells:
            if hasattr(cell, "reason"):
                draft.refuse(name, cell.reason, value=cell)
                continue
            value = self.told(draft, name, cell, column.read, draft, context)
            if value is not None and value not in said:
                said.append(value)
        if isinstance(column, TextColumn) and len(said) > 1:
            said = ["\n".join(said)]
        if said:
            draft.values[name] = said[0]
        elif draft.is_exact:
            draft.values[name] = None

    def complete(self, draft: Draft, table: FoundTable, context: Context) -> None:
        """Puts together what several cells say, and what follows where none does. Each entity adds its own."""
        self._keep_remarks(draft)

    def told(self, draft: Draft, name: str, cell: Any, read: Callable[..., Any], *more: Any) -> Any:
        """What a cell says; None and a refusal under its heading where it cannot be read."""
        try:
            return read(cell, *more)
        except ValidationError as refused:
            draft.refuse(name, " ".join(refused.messages), value=cell, suggestion=getattr(refused, "suggestion", ""))
            return None

    def _keep_remarks(self, draft: Draft) -> None:
        if draft.remarks and not draft.is_exact and self.remark in self.by_name:
            said = draft.values.get(self.remark)
            draft.values[self.remark] = "\n".join([*([said] if said else []), *draft.remarks])

    def require(self, draft: Draft) -> None:
        """Refuses a row that lacks what it needs, and says where it belongs."""
        for column in self.columns:
            is_missing = column.is_needed and draft.values.get(column.name) is None
            is_asked = draft.record is None or column.name in draft.values
            if column.name in draft.spoilt or (draft.problems and column.name not in draft.headings):
                continue  # it follows from cells that are refused already
            if is_missing and is_asked and not self._is_refused(draft, column.name):
                draft.refuse(column.name, _("“%(column)s” is empty. Fill it in.") % {"column": column.label})

    @staticmethod
    def _is_refused(draft: Draft, name: str) -> bool:
        heading = draft.headings.get(name, (name,))[0]
        return any(one.column == heading for one in draft.problems)


def _title_of(table: FoundTable) -> str:
    return folded_words("\n".join([table.sheet, *table.titles]).replace("\n", " "))
