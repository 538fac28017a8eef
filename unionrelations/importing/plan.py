"""What a spreadsheet would do, row by row, before anything is written.

Every row is read: new, changed, unchanged or refused, each once. Nothing here writes. What was made of the rows is kept
in pieces outside memory; what all of them ask and bring is added up as they come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from django.db.models import Model
from django.utils.translation import gettext as _

from unionrelations.catalogue import ENTITIES
from unionrelations.kit.entities import Entity
from unionrelations.kit.importing import Context, Draft, Importer, New, Question
from unionrelations.kit.importing.context import NEW
from unionrelations.kit.importing.headings import RECORD, key_of, offered_for
from unionrelations.kit.importing.identity import Identity
from unionrelations.kit.pieces import Pieces
from unionrelations.kit.spreadsheets import FoundRow, FoundTable, Unreadable, find_tables, open_book

AT_ONCE = 1000  # rows looked up together: few questions, bounded memory
SURE_ENOUGH = 2.0  # headings of an entity a table must show before it is taken for one of its
VERDICTS = ("new", "changed", "unchanged", "refused")

Columns = Mapping[str, str]  # folded heading → column
Progress = Callable[[str, int, int], None]  # (what is being done, rows done, rows in all)


@dataclass(frozen=True)
class UnknownHeading:
    """A heading no column is known by; `offered` are the columns it looks like, the likeliest first."""

    key: str
    text: str
    offered: tuple[str, ...]


@dataclass
class Line:
    """One row of the file with what became of it; a row may tell of several records."""

    table: FoundTable
    entity: Entity
    importer: Importer
    row: FoundRow
    drafts: list[Draft]

    @property
    def verdict(self) -> str:
        told = {one.verdict for one in self.drafts}
        return next(one for one in ("refused", "new", "changed", "unchanged") if one in told)

    @property
    def problems(self) -> list:
        return [problem for draft in self.drafts for problem in draft.problems]


@dataclass
class TablePlan:
    table: FoundTable
    entity: Entity
    importer: Importer
    mapping: dict[int, str]
    span: tuple[int, int] | None = None  # numbers of its first and last row

    @property
    def unknown(self) -> list[UnknownHeading]:
        spoken = self.importer.spoken_in(self.table)
        unread = [one for one in self.table.headings if one.parts and self.mapping.get(one.position) == ""]
        return [UnknownHeading(key_of(one), one.text, tuple(offered_for(one, spoken))) for one in unread]


@dataclass(frozen=True)
class ToldApart:
    """The draft of that place, a record of the table `model`, was said to be none of those it resembles."""

    place: int
    model: str
    others: tuple[int, ...]


@dataclass
class Plan:
    context: Context
    tables: list[TablePlan]
    notes: list[str]
    left_out: list[FoundTable]  # tables nobody knows what they are of
    pieces: Pieces[Line] = field(default_factory=lambda: Pieces(Entity, Importer, FoundTable))
    new_names: dict[str, str] = field(default_factory=dict)  # folded → as written, of partners good rows would bring
    told_apart: list[ToldApart] = field(default_factory=list)
    _found: Counter[str] = field(default_factory=Counter)
    _asked: dict[str, Question] = field(default_factory=dict)
    _cells: Counter[str] = field(default_factory=Counter)  # that ask a question
    _answered: dict[str, Question] = field(default_factory=dict)

    def keep(self, lines: Sequence[Line]) -> None:
        """Rows of one table that were compared; each draft gets its number among those of the file."""
        for line in lines:
            self._found[line.verdict] += 1
            for draft in line.drafts:
                draft.let_go()
                self._note(draft, line)
        self.pieces.add(lines)

    def _note(self, draft: Draft, line: Line) -> None:
        for one in draft.questions:
            self._asked.setdefault(one.key, one)
            self._cells[one.key] += 1
        self._answered |= {one.key: one for one in draft.answered}
        if line.verdict != "refused":
            self.new_names |= {one.folded: one.words for value in draft.values.values() for one in new_in(value)}
        if draft.told_apart:
            label = line.importer.model._meta.label_lower
            self.told_apart.append(ToldApart(draft.place, label, tuple(one.key for one in draft.told_apart)))

    @property
    def lines(self) -> Iterator[Line]:
        return chain.from_iterable(self.pieces)

    @property
    def counts(self) -> dict[str, int]:
        return {"read": self._found.total()} | {one: self._found[one] for one in VERDICTS}

    @property
    def questions(self) -> list[tuple[Question, int]]:
        """Each with the number of cells it is about, those of most first."""
        return [(self._asked[key], number) for key, number in self._cells.most_common()]

    @property
    def questions_answered(self) -> list[Question]:
        """Those a person has answered by naming somebody we know."""
        return [one for key, one in self._answered.items() if self.context.answers.get(key) not in (None, NEW)]

    def may_name(self, model: type[Model]) -> bool:
        """Whether whoever hands the file in may give a record of this table a further name."""
        reader = self.context.reader
        return reader is None or reader.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")


def new_in(value: object) -> Iterator[New]:
    """Whoever is new in what a cell says."""
    if isinstance(value, New):
        yield value
    elif isinstance(value, frozenset | tuple):
        for one in value:
            yield from new_in(one)


@dataclass(frozen=True)
class Asked:
    """How a file is to be read: as which entity, what headings mean, and cells put right, by (sheet, row, place)."""

    entity: str = ""
    columns: Callable[[FoundTable, str], Columns] = lambda table, slug: {}
    put_right: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    may: Callable[[Entity], bool] = lambda entity: True


def read_plan(
    content: bytes, name: str, context: Context, asked: Asked = Asked(), progress: Progress = lambda *_told: None
) -> Plan:
    """Reads a whole file. Raises Unreadable, with a sentence, where it holds no table the house knows."""
    progress("reading", 0, 0)
    book = open_book(content, name)
    tables, left_out = [], []
    hidden = {sheet.name for sheet in book.sheets if sheet.hidden}
    for table in find_tables(book, vocabulary()):
        chosen = choose(table, asked)
        if chosen is None and table.sheet in hidden:
            continue  # lists to choose from, as workbooks have them
        (left_out if chosen is None else tables).append(table if chosen is None else chosen)
    if not tables:
        raise Unreadable(
            _("No table of records was found in “%(name)s”. Its first row should hold headings, such as “Ngày đi”.")
            % {"name": name}
        )
    plan = Plan(context, tables, book.notes, left_out)
    del book  # its cells go with the rows, piece by piece
    _compare(plan, asked, progress)
    return plan


def _compare(plan: Plan, asked: Asked, progress: Progress) -> None:
    in_all, done = sum(len(one.table.rows) for one in plan.tables), 0
    seen: dict[str, dict] = {}
    places = count()
    for one in plan.tables:
        within, rows = plan.context.within(one.table.period), one.table.rows
        one.span = (rows[0].number, rows[-1].number) if rows else None
        while rows:
            lines = [_line(row, one, within, asked) for row in rows[:AT_ONCE]]
            del rows[:AT_ONCE]
            for draft in chain.from_iterable(line.drafts for line in lines):
                draft.place = next(places)
            _look_up(lines, within, seen)
            plan.keep(lines)
            done += len(lines)
            progress("comparing", done, in_all)


def vocabulary() -> frozenset[str]:
    """Every heading any entity knows."""
    return frozenset(words for entity in ENTITIES for importer in entity.importers for words in importer.spoken)


def choose(table: FoundTable, asked: Asked) -> TablePlan | None:
    """The entity a table is of: the one said, else the one whose headings and title fit best; None where none does."""
    fit: tuple[float, Entity, Importer] | None = None
    for entity in ENTITIES:
        if asked.entity not in ("", entity.slug) or not asked.may(entity):
            continue
        for importer in entity.importers:
            score = importer.score(table)
            if fit is None or score > fit[0]:
                fit = (score, entity, importer)
    if fit is None or fit[0] < (SURE_ENOUGH if not asked.entity else 1):
        return None
    _score, entity, importer = fit
    return TablePlan(table, entity, importer, importer.recognise(table, asked.columns(table, entity.slug)))


def _line(row: FoundRow, plan: TablePlan, context: Context, asked: Asked) -> Line:
    cells = list(row.cells)
    for place, heading in enumerate(plan.table.headings):
        mended = asked.put_right.get((plan.table.sheet, row.number, heading.position))
        if mended is not None:
            cells[place] = mended.strip() or None
    row = replace(row, cells=tuple(cells))
    entity, importer, mapping = _told_by(row, plan, asked)
    return Line(plan.table, entity, importer, row, importer.read_all(row, plan.table, mapping, context))


def _told_by(row: FoundRow, plan: TablePlan, asked: Asked) -> tuple[Entity, Importer, dict[int, str]]:
    """A row exported from a list of several kinds says itself which it is of."""
    for place, heading in enumerate(plan.table.headings):
        if plan.mapping.get(heading.position) != RECORD or (said := Identity.read(row.cells[place])) is None:
            continue
        entity = next(
            (one for one in ENTITIES if one.slug == said.slug and one.importers and asked.may(one)), plan.entity
        )
        if entity is not plan.entity:
            importer = entity.importers[0]
            return entity, importer, importer.recognise(plan.table, asked.columns(plan.table, entity.slug))
    return plan.entity, plan.importer, plan.mapping


def _look_up(lines: Sequence[Line], context: Context, seen: dict[str, dict]) -> None:
    for importer, drafts in by_importer(lines):
        good = [one for one in drafts if not one.problems or one.key is not None]
        importer.find(good, context)
        for draft in drafts:
            importer.compare(draft, context)
            importer.judge(draft, context)
        importer.tell_twins(drafts, seen.setdefault(importer.model._meta.label_lower, {}))


def by_importer(lines: Iterable[Line]) -> Iterable[tuple[Importer, list[Draft]]]:
    found: dict[int, tuple[Importer, list[Draft]]] = {}
    for line in lines:
        found.setdefault(id(line.importer), (line.importer, []))[1].extend(line.drafts)
    return found.values()
