"""What it would take to undo an act, or one record's part of it: worked out for a person to look at. Changes nothing.

A row that went is brought back with all that went along; one that came is taken away, if nothing was added to it; one
that changed says again what it said, in the fields that nobody changed since. What cannot be undone says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from unionrelations.kit.acts import Way

from .kept import KEPT, TOLD_ONLY
from .models import Act, Entry
from .steps import BRING, NEVER_SET, SET, TAKE, Row, Step, Undoing, part_of, steps_of
from .values import columns

# What only a step moves: the record's own page takes the next one.
STEPPED = {"activities.plan": {"state", "number"}, "reports.termreport": {"state", "sha256", "number"}}


def undoing(act: Act, entries: Iterable[Entry], user, record: Row | None = None) -> Undoing:
    """What undoing would do to the rows the person sees; with `record`, to those of that record and what went with it.

    `entries` are the changes of the act as far as the person sees them.
    """
    entries = list(entries)
    steps = steps_of(entries)
    if record is not None:
        steps = part_of(steps, record)
    found = Undoing(act, steps, _not_here(act, whole=record is None))
    _Judge(found, entries, user).judge()
    return found


def _not_here(act: Act, *, whole: bool) -> str:
    if act.way in (Way.MERGE, Way.APART):
        return _("A merge is taken apart where merges are listed, and two records are merged from their pages.")
    if act.way == Way.IMPORT and whole:
        return _("An import is taken back on its own page. Here each of its records can be undone by itself.")
    return ""


# --- What stands in the way


class _Judge:
    """Looks at all steps together, so that an act of many rows is a few questions."""

    def __init__(self, found: Undoing, entries: list[Entry], user):
        self.found, self.entries, self.user = found, entries, user
        self.steps = found.steps
        self.going = {one.row for one in self.steps if one.deed == TAKE}
        self.stepped = {one.record for one in self.steps if one.deed == TAKE and _is_step(one)}
        self.keys: dict[str, set[int]] = defaultdict(set)
        for one in self.steps:
            self.keys[one.kept.label].add(one.key)
        self.rows = {
            label: KEPT[label].model._base_manager.in_bulk(keys)  # type: ignore[attr-defined]
            for label, keys in self.keys.items()
        }
        self._reach: dict[tuple[str, str], set[int]] = {}

    def judge(self) -> None:
        for step in self.steps:
            step.refused = self._refused(step)
            if step.deed == SET and not step.refused:
                self._look_at_columns(step)
        self._look_at_others()
        self._look_at_what_comes()
        self._look_at_what_goes()

    def _refused(self, step: Step) -> str:
        if step.kept.by_steps and step.deed != BRING:
            return "" if step.record in self.going else _("A step that was taken stays written down.")
        if step.kept.label in TOLD_ONLY:
            return _("Accounts and their rights are changed by hand alone.")
        if not self._may(step):
            return _("You may not change this.")
        look = {BRING: self._not_back, TAKE: self._not_away, SET: self._not_set}[step.deed]
        return look(step, self.rows[step.kept.label].get(step.key))

    def _may(self, step: Step) -> bool:
        action = {BRING: "add", TAKE: "delete", SET: "change"}[step.deed]
        meta = step.kept.model._meta
        return step.kept.by_steps or self.user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")

    def _is_mine(self, step: Step, cut: str) -> bool:
        """Whether the row is among those the person may change, or take away."""
        label = step.kept.label
        if (label, cut) not in self._reach:
            rows = getattr(step.kept.model._default_manager, cut)(self.user).order_by()
            self._reach[label, cut] = set(rows.filter(pk__in=self.keys[label]).values_list("pk", flat=True))
        return step.key in self._reach[label, cut]

    def _not_back(self, step: Step, row: models.Model | None) -> str:
        if row is not None:
            return _("It stands again already.")
        if step.kept.label == "reports.termreport" and step.before.get("state") != "draft":
            return _("Only a draft comes back.")
        for column, one in columns(step.kept.model).items():
            name = step.before.get(column)
            if isinstance(one, models.FileField) and name and not default_storage.exists(name):
                return _("Its file is no longer kept.")
        return ""

    def _not_away(self, step: Step, row: models.Model | None) -> str:
        if row is None:
            return _("It is gone already.")
        if not self._is_mine(step, "removable_by"):
            return _("It belongs to another union as well, or is not yours to delete.")
        known = [one for one in step.after if one not in NEVER_SET]
        if any(_says(row, one, step) != step.python(one, step.after) for one in known):
            return _("It was changed since. You can still delete it by hand.")
        return ""

    def _not_set(self, step: Step, row: models.Model | None) -> str:
        if row is None:
            return _("It was deleted since. Bring it back first.")
        if not self._is_mine(step, "writable_by"):
            return _("It is not yours to change.")
        if STEPPED.get(step.kept.label, set()) & set(step.before) or getattr(row, "state", "draft") == "signed":
            return _("It went its way by a step. Take the next step on its page.")
        return ""

    def _look_at_columns(self, step: Step) -> None:
        row = self.rows[step.kept.label][step.key]
        for column in step.before:
            now, after = _says(row, column, step), step.python(column, step.after)
            if now != after or (column in ("status", "closed_at") and step.record in self.stepped):
                step.changed_since.append(column)
        if not step.columns:
            step.refused = _("Every field says something else by now, or went its way by a step.")

    def _look_at_others(self) -> None:
        """A record comes back whole or not at all: not without the rows of another union the person does not see."""
        coming = {one.row for one in self.steps if one.deed == BRING}
        seen = {one.pk for one in self.entries}
        rows = Entry._base_manager.filter(act=self.found.act, root_key__in={key for _label, key in coming})
        hidden = {(root, key) for pk, root, key in rows.values_list("pk", "root", "root_key") if pk not in seen}
        for step in self.steps:
            if step.deed == BRING and step.record in hidden & coming:
                step.refused = _("Another union has a part in it. Whoever stands above both can bring it back.")

    def _look_at_what_comes(self) -> None:
        """A row comes back only where everything it names stands, or comes back with it."""
        coming = [one for one in self.steps if one.deed == BRING and not one.refused]
        named: dict[str, set[int]] = defaultdict(set)
        for label, key in {target for one in coming for target in one.targets()}:
            named[label].add(key)
        stands = {
            (label, key)
            for label, keys in named.items()
            for key in apps.get_model(label)._base_manager.filter(pk__in=keys).values_list("pk", flat=True)
        }
        while True:
            back = {one.row for one in coming if not one.refused}
            lost = [(one, set(one.targets()) - stands - back) for one in coming if not one.refused]
            if not any(missing for _step, missing in lost):
                return
            for step, missing in lost:
                if missing:
                    kind = capfirst(apps.get_model(min(missing)[0])._meta.verbose_name)
                    said = _("What it belongs to is gone: %(kind)s. Bring that back first.")
                    step.refused = said % {"kind": kind}

    def _look_at_what_goes(self) -> None:
        """A row is taken away only with what came with it: nothing that was added since goes along."""
        going = [one for one in self.steps if one.deed == TAKE and not one.refused and not one.kept.by_steps]
        while going and any(self._besides(going, going)):
            before = len(going)
            for step in going:
                if along := list(self._besides([step], going)):
                    kinds = ", ".join(sorted({str(one._meta.verbose_name) for one in along}))
                    step.refused = _("Something else rests on it by now: %(kinds)s.") % {"kinds": kinds}
            going = [one for one in going if not one.refused]
            if len(going) == before:
                return

    def _besides(self, steps: list[Step], going: list[Step]) -> Iterator[models.Model]:
        """The rows of the history that would go along, or would no longer name one of these, beside those that go."""
        known = {one.row for one in going}
        rows = [own(self.rows[one.kept.label][one.key]) for one in steps]
        collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=rows)
        for _model, alike in groupby(sorted(rows, key=lambda it: it._meta.label), key=type):
            collector.collect(list({one.pk: one for one in alike}.values()))
        found = [one for some in collector.data.values() for one in some]
        found += [one for groups in collector.field_updates.values() for some in groups for one in some]
        for one in [*found, *collector.protected]:
            kept = KEPT.get(one._meta.label_lower)
            if kept is not None and not kept.by_steps and (kept.label, one.pk) not in known:
                yield one


def _is_step(step: Step) -> bool:
    """A step of its own, not the note that a form set the status."""
    return step.kept.by_steps and step.after.get("step") != "set"


def _says(row: models.Model, column: str, step: Step) -> Any:
    """What the row says now, in the terms of the history."""
    one = columns(step.kept.model)[column]
    value = getattr(row, one.attname)
    return str(value) if isinstance(one, models.FileField) else value


def own(row: models.Model) -> models.Model:
    """The record as its kind: an activity as the delegation, conference or course it is."""
    return getattr(row, "own", row)
