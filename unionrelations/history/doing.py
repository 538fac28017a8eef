"""Carries out what a person was shown, all of it or nothing, through the models: an act that can be undone itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from unionrelations.kit.acts import Way, doing
from unionrelations.kit.records import Record

from .models import Act, Entry
from .steps import BRING, SET, TAKE, Row, Step, Undoing
from .undoing import own, undoing
from .values import columns


class Refused(Exception):
    """Why nothing was undone, in a sentence for the person."""


def undo(act: Act, entries: Iterable[Entry], user, record: Row | None, seen: str, why: str = "") -> Undoing:
    """Undoes what the digest `seen` stands for. Raises Refused, and then nothing has changed."""
    entries = list(entries)
    try:
        with doing(Way.UNDO, why, by=user, undoes=act.pk), transaction.atomic():
            found = undoing(act, entries, user, record)
            _lock(found.happening)
            found = undoing(act, entries, user, record)
            if found.digest != seen:
                raise Refused(_("Something changed since this page was made. Look again at what would happen."))
            if not found.happening:
                raise Refused(found.refused or _("Nothing of it can be undone any more."))
            _Doing(found, user).do()
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
    except ProtectedError:
        raise Refused(_("Other records rest on it by now. Nothing was undone.")) from None
    except IntegrityError:
        raise Refused(
            _("Something it rests on was deleted since, or another record has taken its place. Nothing was undone.")
        ) from None
    return found


def _lock(steps: list[Step]) -> None:
    """Whoever saves one of the rows meanwhile waits, and then sees this edit."""
    for step in steps:
        list(step.kept.model._base_manager.select_for_update().filter(pk=step.key).values_list("pk"))


class _Doing:
    def __init__(self, found: Undoing, user):
        self.steps, self.user = found.happening, user
        self.coming = {one.row for one in self.steps if one.deed == BRING}
        self.saved: set[tuple[type[models.Model], Any]] = set()

    def do(self) -> None:
        for step in sorted(self._of(TAKE), key=lambda one: -one.first):
            self._take(step)
        loosened = [one for one in self._of(SET) if self.coming & set(one.targets())]
        self._set([one for one in self._of(SET) if one not in loosened])
        self._bring()
        self._set(loosened)
        self._touch_records()
        self._ask_reach()

    def _of(self, deed: str) -> list[Step]:
        return [one for one in self.steps if one.deed == deed]

    def _take(self, step: Step) -> None:
        row = step.kept.model._base_manager.filter(pk=step.key).first()
        if row is not None and not step.kept.by_steps:
            own(row).delete()

    def _set(self, steps: list[Step]) -> None:
        """The columns of a record may lie in two tables: it is judged and saved once."""
        by_record: dict[tuple[type[models.Model], Any], tuple[models.Model, set[str]]] = {}
        for step in steps:
            row = own(step.kept.model._base_manager.get(pk=step.key))
            row, names = by_record.setdefault((type(row), row.pk), (row, set()))
            for column in step.columns:
                one = columns(step.kept.model)[column]
                setattr(row, one.attname, step.python(column, step.before))
                names.add(one.name)
        for row, names in by_record.values():
            row.clean_fields(exclude={one.name for one in row._meta.fields} - names)
            row.clean()
            row.validate_constraints()
            self._save(row)

    def _bring(self) -> None:
        """As they were, keys and all; then each is saved through its model, so that what is derived is derived."""
        steps = self._of(BRING)
        for step in steps:
            step.kept.model.save_base(self._as_it_was(step), raw=True, force_insert=True)
        connection.check_constraints(table_names=sorted({one.kept.model._meta.db_table for one in steps}))
        for step in steps:
            if not step.kept.by_steps:
                row = own(step.kept.model._base_manager.get(pk=step.key))
                row.clean()
                self._save(row)

    @staticmethod
    def _as_it_was(step: Step) -> models.Model:
        row = step.kept.model()
        for column, one in columns(step.kept.model).items():
            if column in step.before:
                setattr(row, one.attname, step.python(column, step.before))
        return row

    def _save(self, row: models.Model) -> None:
        if (type(row), row.pk) in self.saved:
            return
        self.saved.add((type(row), row.pk))
        if isinstance(row, Record):
            row.changed_by = self.user
        row.save()

    def _touch_records(self) -> None:
        """A change of a row is an edit of its record, so two people who edit at once learn of each other."""
        for label, key in {one.record for one in self.steps if one.record != one.row}:
            row = apps.get_model(label)._base_manager.filter(pk=key).first()
            if isinstance(row, Record):
                self._save(own(row))

    def _ask_reach(self) -> None:
        """What came back must be the person's own to change, as if they had entered it."""
        for step in self._of(BRING):
            rows = step.kept.model._default_manager.writable_by(self.user)
            if not step.kept.by_steps and not rows.filter(pk=step.key).exists():
                raise Refused(_("What would come back is not yours to change. Nothing was undone."))
