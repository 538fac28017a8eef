"""Carries a plan out: all of it, or its good rows, in one transaction, and tells what was written.

Never decides what a row means: the plan says. What somebody entered since the plan was made is seen, not doubled.
A piece of the plan at a time is in memory, and what is told of it is kept in pieces as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from partners.entities.importing import new_partner
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import fold
from unionrelations.kit.importing import Context, Draft, Importer, New
from unionrelations.kit.pieces import Pieces

from .plan import Plan, by_importer, new_in
from .standing import alone, dependants, digest, kept, standing

CREATED, CHANGED, NAMED = "created", "changed", "named"
LONGEST_TITLE = 300


class NotWritten(Exception):
    """Why nothing was stored, in a sentence for the person."""


@dataclass
class Written:
    """One record that was stored: made or changed by a row, or given a further name by somebody's answer."""

    model: type[Model]
    key: int
    title: str
    way: str
    before: list[dict[str, Any]] | None = None  # of a changed one, all its rows as they stood
    after: str = ""  # the digest of its rows once all was done

    @classmethod
    def of(cls, record: Model, way: str, before: list[dict[str, Any]] | None = None) -> Written:
        return cls(type(record), record.pk, str(record)[:LONGEST_TITLE], way, before)


@dataclass
class Outcome:
    """`beside` are records made beside those of the rows, which others rest on."""

    keys: dict[int, int] = field(default_factory=dict)  # place of a draft → the key of its record
    beside: list[Written] = field(default_factory=list)
    named: set[tuple[str, int]] = field(default_factory=set)  # (label of the model, key) of those given a name
    _numbers: Counter[str] = field(default_factory=Counter)
    _models: set[type[Model]] = field(default_factory=set)
    _written: Pieces[Written] = field(default_factory=Pieces)

    def add(self, some: Sequence[Written]) -> None:
        self._numbers.update(one.way for one in some)
        self._models.update(one.model for one in some)
        self._written.add(some)

    def number(self, way: str) -> int:
        return self._numbers[way] + sum(one.way == way for one in self.beside)

    def sealed(self) -> Iterator[list[Written]]:
        """All that was written, a piece at a time, with how each record stands now, so that a later edit is seen.

        To be asked in the transaction that wrote it; what others rest on comes first, so that it goes last.
        """
        own = self._own()
        for some in chain([self.beside], self._written):
            by_model: dict[type[Model], list[Written]] = {}
            for one in some:
                by_model.setdefault(one.model, []).append(one)
            for model, piece in by_model.items():
                rows = standing(model, [one.key for one in piece])
                for one in piece:
                    one.after = digest(alone(model, rows[one.key], own))
            yield some

    def _own(self) -> set[tuple[type[Model], int]]:
        """The records of this import that hang on others of it, such as lines on the plan that was begun for them."""
        models = {one.model for one in self.beside} | self._models
        hanging = {table for model in models for table, _column in dependants(model)} & models
        if not hanging:
            return set()
        return {(one.model, one.key) for some in self._written for one in some if one.model in hanging}


def write(plan: Plan, *, only_good: bool, stop: Callable[[], None] = lambda: None) -> Outcome:
    """Stores what the plan says. Raises NotWritten, and then nothing is stored.

    `stop` is asked between steps and may raise to give up.
    """
    refused = plan.counts["refused"]
    if refused and not only_good:
        raise NotWritten(
            _("%(n)d rows are refused, so nothing was stored. Mend them, or store the good rows alone.")
            % {"n": refused}
        )
    outcome, context = Outcome(), plan.context.anew()
    try:
        with transaction.atomic():
            # Two files of one union at the same time: the second waits, then sees what the first brought.
            list(Union.objects.select_for_update().filter(pk=context.union.pk).values_list("pk"))
            _remember_names(plan, outcome)
            made = _bring_in_partners(plan, outcome)
            for lines in plan.pieces:
                within = context.within(lines[0].table.period)
                for importer, drafts in by_importer(line for line in lines if line.verdict != "refused"):
                    stop()
                    _store(importer, drafts, made, within, outcome)
                    _change(importer, [one for one in drafts if one.verdict == "changed"], within, outcome, stop)
            outcome.beside = [Written.of(one, CREATED) for one in context.made]
    except IntegrityError:
        raise NotWritten(
            _("Somebody entered the same meanwhile, so nothing was stored. Read the file again and look.")
        ) from None
    return outcome


def _remember_names(plan: Plan, outcome: Outcome) -> None:
    """A name a person said the meaning of becomes one of the record's names, where they may change it."""
    for question in plan.questions_answered:
        model = apps.get_model(question.model)
        if not plan.may_name(model):
            continue
        record = plan.context.rows(model).filter(pk=int(plan.context.answers[question.key])).first()
        if record is None or fold(question.words) in record.folded.split("\n"):
            continue
        before = kept(standing(model, [record.pk])[record.pk])
        record.aliases = "\n".join(filter(None, (record.aliases, question.words)))
        record.save()
        outcome.named.add((question.model, record.pk))
        outcome.add([Written.of(record, NAMED, before)])


def _bring_in_partners(plan: Plan, outcome: Outcome) -> dict[str, int]:
    """Partners the rows name that nobody entered yet; folded name → key."""
    made = {}
    for folded, words in plan.new_names.items():
        partner = new_partner(words, plan.context)
        partner.save()
        made[folded] = partner
    outcome.add([Written.of(one, CREATED) for one in made.values()])
    return {folded: one.pk for folded, one in made.items()}


def _with_keys(value: Any, made: dict[str, int]) -> Any:
    if isinstance(value, New):
        return made[value.folded]
    if isinstance(value, frozenset):
        return frozenset(_with_keys(one, made) for one in value)
    if isinstance(value, tuple):
        return tuple(_with_keys(one, made) for one in value)
    return value


def _store(
    importer: Importer, drafts: Sequence[Draft], made: dict[str, int], context: Context, outcome: Outcome
) -> None:
    """The new ones, with the partners they brought by their keys."""
    for draft in drafts:
        draft.values = {
            name: _with_keys(value, made) if any(new_in(value)) else value for name, value in draft.values.items()
        }
    new = [one for one in drafts if one.verdict == "new"]
    if not new:
        return
    known = importer.known(new, context)
    if any(identity in known for draft in new for identity in importer.identities(draft)):
        raise IntegrityError
    records = importer.create(new, context)
    outcome.keys |= {draft.place: record.pk for draft, record in zip(new, records, strict=True)}
    outcome.add([Written.of(one, CREATED) for one in records])


def _change(
    importer: Importer, drafts: Sequence[Draft], context: Context, outcome: Outcome, stop: Callable[[], None]
) -> None:
    """Whoever saves the records meanwhile waits; one that was saved since the plan was made stops everything."""
    if not drafts:
        return
    records: dict[int, Any] = {one.record.pk: one.record for one in drafts if one.record is not None}
    model = importer.model
    locked = model._base_manager.select_for_update().filter(pk__in=records).order_by("pk")
    is_edited = hasattr(next(iter(records.values())), "version")
    now = dict(locked.values_list("pk", "version" if is_edited else "pk"))
    if now != {pk: one.version if is_edited else pk for pk, one in records.items()}:
        raise IntegrityError
    rows = standing(model, list(records))
    for draft in drafts:
        stop()
        before = kept(rows[draft.record.pk])  # type: ignore[union-attr]
        record = importer.change(draft, context)
        outcome.keys[draft.place] = record.pk
        outcome.add([Written.of(record, CHANGED, before)])
