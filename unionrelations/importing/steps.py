"""The steps of an import: reading the file, storing its rows, taking them back; each may be done again after a crash.

A step that was killed has left nothing half done: what it stores it stores in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from activities.reports.models import Distinct
from activities.reports.models.work import Overtaken
from unionrelations.kit.acts import Way, doing
from unionrelations.kit.entities import Entity
from unionrelations.kit.importing import Context
from unionrelations.kit.importing.drafts import LONGEST_SHEET, shown
from unionrelations.kit.importing.headings import RECORD, key_of
from unionrelations.kit.spreadsheets import FoundTable

from .mending import write_refused
from .models import Import, ImportedRecord, ImportRow, RememberedHeadings, RememberedName
from .plan import Asked, Line, Plan, read_plan
from .undo import undo
from .writing import LONGEST_TITLE, NotWritten, Outcome, write

TELLING = ("title", "name", "head", "printed", "text")  # of a row, the column that says what it is of


class GivenUp(Exception):
    """Whoever handed the file in has changed their mind."""


def take(batch: Import, now: datetime) -> None:
    """Does the step that is asked for. `now` is the moment, for what lies ahead and what lies behind.

    Asked again after its worker was killed between storing and saying so, it stores nothing a second time.
    """
    if batch.step == Import.Step.UNDOING:
        batch.reach(Import.Stage.UNDOING, 0)
        with doing(Way.TAKEN_BACK, batch.name), transaction.atomic():
            undo(batch, now, even_edited=batch.even_edited)
            _still_mine(batch)
        return
    if batch.is_written:
        return
    plan = planned(batch, now)
    if batch.step == Import.Step.READING:
        _keep_plan(batch, plan)
        return
    batch.reach(Import.Stage.WRITING, 90)
    try:
        with doing(Way.IMPORT, batch.name, by=batch.asked_by), transaction.atomic():
            _keep_outcome(batch, plan, write(plan, only_good=batch.only_good, stop=lambda: _ask(batch)), now)
            _still_mine(batch)
    except NotWritten:
        _keep_plan(batch, plan)  # what hinders it is seen at once
        raise


def _still_mine(batch: Import) -> None:
    """Last in the transaction that stores: of two processes at one step only the one that holds the claim ends it."""
    mine = Import.objects.select_for_update().filter(pk=batch.pk, state=Import.State.RUNNING)
    if batch.claimed_at is not None and not mine.filter(claimed_at=batch.claimed_at).exists():
        raise Overtaken


def planned(batch: Import, now: datetime) -> Plan:
    """The file read anew, with everything people said about it."""

    def progress(stage: str, done: int, in_all: int) -> None:
        _ask(batch)
        batch.reach(stage, 90 * done // in_all if in_all else 0)

    return read_plan(_content(batch), batch.name, context_of(batch, now), asked_of(batch), progress)


def handed_back(batch: Import, now: datetime) -> bytes:
    """The file with its bad cells marked, also those that were put right only here, for it still holds them."""
    content = _content(batch)
    asked = replace(asked_of(batch), put_right={})
    return write_refused(read_plan(content, batch.name, context_of(batch, now), asked), content)


def _content(batch: Import) -> bytes:
    with batch.file.open("rb") as file:
        return file.read()


def _ask(batch: Import) -> None:
    """Stops where somebody gave the import up while it was under way."""
    if Import.objects.filter(pk=batch.pk, is_given_up=True).exists():
        raise GivenUp(_("The import was given up. Nothing was stored."))


def context_of(batch: Import, now: datetime) -> Context:
    remembered = RememberedName.objects.filter(union=batch.union).values_list("question", "answer")
    return Context(
        union=batch.union,
        today=localtime(now).date(),
        reader=batch.reader,
        answers=dict(remembered) | batch.answers,
        file_name=batch.name,
        file_code=batch.file_code,
    )


def asked_of(batch: Import) -> Asked:
    def columns(table: FoundTable, slug: str) -> dict[str, str]:
        shape = RememberedHeadings.shape_of(key_of(one) for one in table.headings)
        kept = RememberedHeadings.objects.filter(union=batch.union, entity=slug, shape=shape).first()
        return (kept.columns if kept else {}) | batch.columns.get(shape, {})

    put_right = {(sheet, row, place): words for sheet, row, place, words in batch.put_right}
    return Asked(batch.entity, columns, put_right, lambda entity: may_import(batch.reader, entity))


def may_import(reader, entity: Entity) -> bool:
    """Whether a person may enter such records at all."""
    return all(reader.has_perm(entity.permission(action)) for action in ("add", "change"))


# --- What is kept of a reading, and of a writing


def _keep_plan(batch: Import, plan: Plan) -> None:
    with transaction.atomic():
        batch.rows.all().delete()
        _keep_rows(batch, plan, {})
        batch.seen = {
            "counts": plan.counts,
            "notes": plan.notes,
            "tables": [_table(one) for one in plan.tables],
            "left_out": [one.sheet for one in plan.left_out],
            "new_names": sorted(plan.new_names.values()),
            "questions": [
                {
                    "key": one.key,
                    "model": one.model,
                    "words": one.words,
                    "near": [list(near) for near in one.near],
                    "may_be_new": one.may_be_new,
                    "cells": cells,
                }
                for one, cells in plan.questions
            ],
        }
        batch.save(update_fields=["seen"])


def _table(plan) -> dict:
    table = plan.table
    return {
        "sheet": table.sheet,
        "entity": plan.entity.slug,
        "headings": [table.first_heading_row, table.last_heading_row],
        "rows": list(plan.span or ()),
        "skipped": [[one.number, one.why, one.words[:120]] for one in table.skipped],
        "shape": RememberedHeadings.shape_of(key_of(one) for one in table.headings),
        "columns": [[key_of(one), one.text, plan.mapping.get(one.position, "")] for one in table.headings],
        "unknown": [{"key": one.key, "text": one.text, "offered": list(one.offered)} for one in plan.unknown],
        "choices": [[one.name, str(one.label)] for one in plan.importer.columns if one.label and one.headings],
    }


def _keep_rows(batch: Import, plan: Plan, made: Mapping[int, int]) -> None:
    places = count()
    for lines in plan.pieces:
        ImportRow.objects.bulk_create(_row(batch, next(places), line, made) for line in lines)


def _row(batch: Import, place: int, line: Line, made: Mapping[int, int]) -> ImportRow:
    draft = line.drafts[0]
    return ImportRow(
        batch=batch,
        place=place,
        sheet=line.table.sheet[:LONGEST_SHEET],
        number=line.row.number,
        verdict=line.verdict,
        entity=line.entity.slug,
        title=_title(line)[:LONGEST_TITLE],
        record=made.get(draft.place) or draft.found or draft.there_as,
        conflict=_conflict(line),
        problems=[[one.column, one.value, one.reason, one.suggestion, one.position] for one in line.problems],
        differences=[[one.label, one.before, one.after] for one in draft.differences],
        alike=[[one.label, one.address, one.key] for one in draft.alike],
    )


def _conflict(line: Line) -> str:
    """The question whose words stand, where the row's record was edited since it was exported."""
    met = (one for one in line.drafts if one.found is not None and any(p.name == RECORD for p in one.problems))
    return next((line.importer.conflict_key(one) for one in met), "")


def _title(line: Line) -> str:
    """What a row is about, as far as it says."""
    draft = line.drafts[0]
    said: Iterator = (draft.values[name] for name in TELLING if draft.values.get(name))
    told = next(said, None) or next((one for one in line.row.cells if isinstance(one, str)), "")
    return shown(told[0] if isinstance(told, tuple) else told)


def _keep_outcome(batch: Import, plan: Plan, outcome: Outcome, now: datetime) -> None:
    batch.rows.all().delete()
    _keep_rows(batch, plan, outcome.keys)
    for some in outcome.sealed():
        ImportedRecord.objects.bulk_create(
            ImportedRecord(
                batch=batch,
                model=one.model._meta.label_lower,
                key=one.key,
                way=one.way,
                before=one.before,
                after=one.after,
                title=one.title,
            )
            for one in some
        )
    _remember(batch, plan, outcome)
    _tell_apart(batch, plan, outcome)
    batch.seen = batch.seen | {"counts": plan.counts}
    batch.written_at = now
    batch.save(update_fields=["seen", "written_at"])


def _remember(batch: Import, plan: Plan, outcome: Outcome) -> None:
    """What headings and names mean in this union's files, for the next one of that shape."""
    for table in plan.tables:
        shape = RememberedHeadings.shape_of(key_of(one) for one in table.table.headings)
        if said := batch.columns.get(shape):
            kept, _made = RememberedHeadings.objects.get_or_create(
                union=batch.union, entity=table.entity.slug, shape=shape
            )
            kept.columns = kept.columns | said
            kept.save()
    for question in plan.questions_answered:
        answer = plan.context.answers[question.key]
        if (question.model, int(answer)) not in outcome.named:
            RememberedName.objects.update_or_create(
                union=batch.union, question=question.key, defaults={"answer": str(answer)}
            )


def _tell_apart(batch: Import, plan: Plan, outcome: Outcome) -> None:
    """Rows a person said to be others than the records they resemble: neither entry nor the night asks again."""
    for one in plan.told_apart:
        key = outcome.keys.get(one.place)
        if key is not None:
            for other in one.others:
                Distinct.objects.keep(batch.asked_by, one.model, key, other)
