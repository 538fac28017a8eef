"""Which record a row of a spreadsheet is, what it would change, and how that is stored.

Never writes more than it is told to, and never knows where the rows were read.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from itertools import chain
from typing import Any, ClassVar, NamedTuple

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import headings
from .columns import folded_words
from .context import NEW, Context
from .drafts import Difference, Draft, alike_key
from .identity import Identity, seal
from .judging import judge
from .rows import RowReader

MINE = "mine"  # of a row whose record changed meanwhile, the answer that the row's words stand
AT_ONCE = 1000  # records gone through together


class Told(NamedTuple):
    """A row that told of a record first: its number, and what it says, column by column, as hashes."""

    number: int
    values: array


Seen = dict[int, Told]  # hash of what tells a record → the first row that did; a file may have very many


class Importer(RowReader):
    """One for an entity, or one for each shape its rows come in."""

    owner: str = "union"  # the field that names whose record it is; "" where the house owns all
    identified_by: tuple[tuple[str, ...], ...] = ()  # columns that together tell a record, the surest first
    never_asked: ClassVar[frozenset[str]] = frozenset({"version"})

    # --- Which record it is

    def stored(self, context: Context):
        """The records a row can be, with what comparing reads."""
        rows = self.writable(context)
        return rows.filter(**{self.owner: context.union}) if self.owner else rows

    def writable(self, context: Context):
        """The records an exported row may be of: all that whoever hands the file in may change, of whichever union."""
        rows = self.model._default_manager.unrestricted()  # the preview is read by others of the union
        return rows if context.reader is None else rows.writable_by(context.reader)

    def find(self, drafts: Sequence[Draft], context: Context) -> None:
        """Finds the stored record of each: the one it says it is of, else the one it tells."""
        said = {draft.key for draft in drafts if draft.key is not None}
        exported = {one.pk: one for one in self.writable(context).filter(pk__in=said)}
        known = self.known(drafts, context)
        met = {one.place: next((known[told] for told in self.identities(one) if told in known), None) for one in drafts}
        keys = {one for one in met.values() if one is not None}
        stored = {one.pk: one for one in self.stored(context).filter(pk__in=keys)} if keys else {}
        for draft in drafts:
            if draft.key is None:
                draft.record = stored.get(met[draft.place])
            elif draft.key in exported:
                draft.record = exported[draft.key]
            else:
                draft.refuse(
                    headings.RECORD,
                    _("This record is gone, or not yours to change. Empty the cell to enter the row as a new one."),
                )
        new = [one for one in drafts if one.record is None and one.key is None]
        self.tell_alike(new, context)
        self._take_at_their_word(new, context)

    def tell_alike(self, drafts: Sequence[Draft], context: Context) -> None:
        """Names beside each new row the records it may tell of, of those that whoever hands the file in sees."""

    def _take_at_their_word(self, drafts: Sequence[Draft], context: Context) -> None:
        """A row said to tell of a stored record is that record; of one said to be another it is not asked again."""
        for draft in drafts:
            answer = context.answers.get(alike_key(draft.sheet, draft.row.number)) if draft.alike else None
            if answer == NEW:
                draft.told_apart, draft.alike = draft.alike, []
            elif answer in {one.key for one in draft.alike}:
                draft.there_as, draft.alike = int(answer), []
        keys = {one.there_as for one in drafts if one.there_as is not None}
        records = {one.pk: one for one in self.stored(context).filter(pk__in=keys)} if keys else {}
        for draft in drafts:
            draft.record = records.get(draft.there_as)

    def known(self, drafts: Sequence[Draft], context: Context) -> Mapping[Any, int]:
        """Identity → key of the stored record, for every identity these rows could have."""
        if not self.identified_by or all(one.key is not None for one in drafts):
            return {}
        return self.index(context)

    def index(self, context: Context) -> dict[Any, int]:
        """Every stored record by what tells it; asked for once, of two that say the same the first."""
        if type(self) not in context.told:
            found: dict[Any, int] = {}
            for record in self.stored(context).iterator(chunk_size=AT_ONCE):
                for identity in self.identities_of(record, context):
                    found.setdefault(identity, record.pk)
            context.told[type(self)] = found
        return context.told[type(self)]

    def identities_of(self, record: Any, context: Context) -> Iterator[tuple]:
        for names in self.identified_by:
            values = tuple(_told_apart(self.by_name[one].held(record, context)) for one in names)
            if None not in values:
                yield names, values

    def identities(self, draft: Draft) -> Iterable[tuple]:
        for names in self.identified_by:
            values = tuple(_told_apart(draft.values.get(one)) for one in names)
            if None not in values:
                yield names, values

    def tell_twins(self, drafts: Iterable[Draft], seen: Seen) -> None:
        """Of rows that tell one record, new or stored, the first is it; another says the same, or is refused."""
        for draft in drafts:
            if draft.problems:
                continue
            if draft.there_as is not None and draft.record is None:
                continue  # nothing of it is taken
            own = [("stored", draft.record.pk)] if draft.record is not None else list(self.identities(draft))
            keys = [hash(one) for one in own]
            twin = next((seen[one] for one in keys if one in seen), None)
            said = array("q", (hash(draft.values.get(name)) for name in self.by_name))
            if twin is None:
                seen |= dict.fromkeys(keys, Told(draft.row.number, said))
            elif all(
                one == other
                for name, one, other in zip(self.by_name, said, twin.values, strict=True)
                if name in draft.values
            ):
                draft.same_as_row = twin.number
                draft.differences.clear()
            else:
                draft.refuse(
                    next(iter(draft.headings), ""),
                    _("Row %(row)d tells of the same, with other values. Keep one of the two.") % {"row": twin.number},
                    value=draft.row.cells[0] if draft.row.cells else "",
                )

    # --- What it changes

    def compare(self, draft: Draft, context: Context) -> None:
        """Lists what the row would change in its record."""
        if draft.record is None:
            return
        for name, said in draft.values.items():
            column = self.by_name[name]
            if name in draft.composed or not column.is_comparable or column.says_already(draft.record, said):
                continue
            held = column.held(draft.record, context)
            after = column.together(held, said, draft.is_exact)
            if after != held:
                label = draft.headings.get(name, (str(column.label), None))[0]
                draft.differences.append(Difference(name, label, column.in_words(held), column.in_words(after)))
        if draft.differences and draft.version is not None:
            self._meet_other_edits(draft, context)

    def _meet_other_edits(self, draft: Draft, context: Context) -> None:
        """A row whose record was edited since it was exported changes it only where a person says so."""
        record = draft.record
        if draft.version == getattr(record, "version", 0):
            return
        if draft.seal == seal(cell for cell in draft.row.cells if Identity.read(cell) is None):
            draft.differences.clear()  # nobody touched the row: what the house says by now stands
        elif context.answers.get(self.conflict_key(draft)) != MINE:
            draft.refuse(
                headings.RECORD,
                _("%(who)s changed this record on %(moment)s, after it was exported. Say whose words stand.")
                % {
                    "who": getattr(record, "changed_by", None) or _("Somebody"),
                    "moment": date_format(localtime(record.changed_at), "SHORT_DATETIME_FORMAT"),
                },
            )

    def conflict_key(self, draft: Draft) -> str:
        return f"row:{self.model._meta.label_lower}:{draft.key}"

    def judge(self, draft: Draft, context: Context) -> None:
        """Asks the model's own rules, unless the row is refused already or nothing of it is taken."""
        if draft.there_as is not None and draft.record is None:
            return
        self.require(draft)
        if draft.problems:
            return
        if draft.record is None:
            record = self.build(draft, context)
        elif draft.differences:
            record = self.changed(copy(draft.record), draft, context)
        else:
            return
        for name, sentence in judge(record, exclude=self.never_asked):
            column = name if name in self.by_name else next(iter(draft.headings), "")
            draft.refuse(column, sentence, value=draft.values.get(name, ""))

    # --- Writing

    def build(self, draft: Draft, context: Context) -> Model:
        """A new record that says what the row says, unsaved."""
        record = self.model()
        if self.owner:
            setattr(record, self.owner, context.union)
        for name, value in draft.values.items():
            if value is not None:
                self.by_name[name].put(record, value)
        self.own(record, context)
        return record

    def own(self, record: Model, context: Context) -> None:
        if hasattr(record, "changed_by_id"):
            record.changed_by = context.reader

    def changed(self, record: Any, draft: Draft, context: Context) -> Any:
        """A stored record with what the row changes, unsaved."""
        for one in draft.differences:
            column = self.by_name[one.column]
            held = column.held(record, context)
            column.put(record, column.together(held, draft.values[one.column], draft.is_exact))
        return record

    def create(self, drafts: Sequence[Draft], context: Context) -> list[Model]:
        """Stores new records with all that belongs to them."""
        made = []
        for draft in drafts:
            record = self.build(draft, context)
            record.save()
            for row in self.rows(record, draft, context):
                row.save()
            made.append(record)
        return made

    def rows(self, record: Model, draft: Draft, context: Context) -> Iterable[Model]:
        said = ((self.by_name[name], value) for name, value in draft.values.items() if value is not None)
        return chain.from_iterable(column.rows(record, value, context) for column, value in said)

    def change(self, draft: Draft, context: Context) -> Model:
        """Stores what the row changes in its record."""
        held = {one.column: self.by_name[one.column].held(draft.record, context) for one in draft.differences}
        record = self.changed(draft.record, draft, context)
        self.own(record, context)
        record.save()
        for name, before in held.items():
            column = self.by_name[name]
            column.amend(record, column.together(before, draft.values[name], draft.is_exact), context)
        return record


def _told_apart(value: Any) -> Any:
    """Words tell a record however they are spelt."""
    return (folded_words(value) or None) if isinstance(value, str) else value
