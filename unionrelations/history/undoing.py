"""What it would take to undo an act, or one record's part of it: worked out for a person to look at. Changes nothing.

A row that went is brought back with all that went along; one that came is taken away, if nothing was added to it; one
that changed says again what it said, in the fields that nobody changed since. What cannot be undone says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from unionrelations.kit.acts import Way

from .kept import KEPT, NO_CHANGE, TOLD_ONLY
from .models import Act, Entry
from .steps import BRING, SET, TAKE, Row, Step, Undoing, part_of, steps_of
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
    _judge(found, user)
    _look_at_others(found, entries)
    return found


def _not_here(act: Act, *, whole: bool) -> str:
    if act.way in (Way.MERGE, Way.APART):
        return _("A merge is taken apart where merges are listed, and two records are merged from their pages.")
    if act.way == Way.IMPORT and whole:
        return _("An import is taken back on its own page. Here each of its records can be undone by itself.")
    return ""


# --- What stands in the way


def _judge(found: Undoing, user) -> None:
    coming = {one.row for one in found.steps if one.deed == BRING}
    going = {one.row for one in found.steps if one.deed == TAKE}
    stepped = {one.record for one in found.steps if one.deed == TAKE and _is_step(one)}
    for step in found.steps:
        row = _row(step)
        if step.kept.by_steps and step.deed != BRING:
            step.refused = _("A step that was taken stays written down.") if step.record not in going else ""
        elif step.kept.label in TOLD_ONLY:
            step.refused = _("Accounts and their rights are changed by hand alone.")
        elif not _may(step, user):
            step.refused = _("You may not change this.")
        else:
            step.refused = {BRING: _not_back, TAKE: _not_away, SET: _not_set}[step.deed](step, row, user)
        if step.deed == SET and not step.refused:
            _look_at_columns(step, row, stepped)
    _look_at_what_comes(found.steps, coming)
    _look_at_what_goes(found.steps, going)


def _is_step(step: Step) -> bool:
    """A step of its own, not the note that a form set the status."""
    return step.kept.by_steps and step.after.get("step") != "set"


def _row(step: Step) -> models.Model | None:
    return step.kept.model._base_manager.filter(pk=step.key).first()


def _may(step: Step, user) -> bool:
    action = {BRING: "add", TAKE: "delete", SET: "change"}[step.deed]
    meta = step.kept.model._meta
    return step.kept.by_steps or user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")


def _not_back(step: Step, row: models.Model | None, user) -> str:
    if row is not None:
        return _("It stands again already.")
    if step.kept.label == "reports.termreport" and step.before.get("state") != "draft":
        return _("Only a draft comes back.")
    for column, one in columns(step.kept.model).items():
        name = step.before.get(column)
        if isinstance(one, models.FileField) and name and not default_storage.exists(name):
            if not one.blank:
                return _("Its file is no longer kept.")
            step.before[column] = ""
    return ""


def _not_away(step: Step, row: models.Model | None, user) -> str:
    if row is None:
        return _("It is gone already.")
    rows = step.kept.model._default_manager.removable_by(user)
    if not rows.filter(pk=step.key).exists():
        return _("It belongs to another union as well, or is not yours to delete.")
    known = [one for one in step.after if one not in NO_CHANGE | {"changed_by_id"}]
    if any(_says(row, one, step) != step.python(one, step.after) for one in known):
        return _("It was changed since. You can still delete it by hand.")
    return ""


def _not_set(step: Step, row: models.Model | None, user) -> str:
    if row is None:
        return _("It was deleted since. Bring it back first.")
    if not step.kept.model._default_manager.writable_by(user).filter(pk=step.key).exists():
        return _("It is not yours to change.")
    if STEPPED.get(step.kept.label, set()) & set(step.before) or getattr(row, "state", "draft") == "signed":
        return _("It went its way by a step. Take the next step on its page.")
    return ""


def _says(row: models.Model, column: str, step: Step) -> Any:
    """What the row says now, in the terms of the history."""
    one = columns(step.kept.model)[column]
    value = getattr(row, one.attname)
    return str(value) if isinstance(one, models.FileField) else value


def _look_at_columns(step: Step, row: models.Model, stepped: set) -> None:
    for column in step.before:
        now, after = _says(row, column, step), step.python(column, step.after)
        if now != after or (column in ("status", "closed_at") and step.record in stepped):
            step.changed_since.append(column)
    if not step.columns:
        step.refused = _("Every field says something else by now, or went its way by a step.")


def _look_at_what_comes(steps: list[Step], coming: set[Row]) -> None:
    """A row comes back only where everything it names stands, or comes back with it."""
    waiting = [one for one in steps if one.deed == BRING]
    for _turn in waiting:
        back = {one.row for one in waiting if not one.refused}
        lost = [one for one in waiting if not one.refused and (missing := _missing(one, back)) and _say(one, missing)]
        if not lost:
            return


def _look_at_others(found: Undoing, entries: list[Entry]) -> None:
    """A record comes back whole or not at all: not without the rows of another union the person does not see."""
    coming = {one.row for one in found.steps if one.deed == BRING}
    seen = {one.pk for one in entries}
    all_of_it = Entry._base_manager.filter(act=found.act, root_key__in={key for _label, key in coming})
    hidden = {(root, key) for pk, root, key in all_of_it.values_list("pk", "root", "root_key") if pk not in seen}
    for step in found.steps:
        if step.deed == BRING and step.record in hidden & coming:
            step.refused = _("Another union has a part in it. Whoever stands above both can bring it back.")


def _say(step: Step, missing: Row) -> bool:
    words = capfirst(apps.get_model(missing[0])._meta.verbose_name)
    step.refused = _("What it belongs to is gone: %(kind)s. Bring that back first.") % {"kind": words}
    return True


def _missing(step: Step, back: set[Row]) -> Row | None:
    for label, key in step.targets():
        if (label, key) not in back and not apps.get_model(label)._base_manager.filter(pk=key).exists():
            return label, key
    return None


def _look_at_what_goes(steps: list[Step], going: set[Row]) -> None:
    """A row is taken away only with what came with it: nothing that was added since goes along."""
    for step in steps:
        if step.deed != TAKE or step.refused or step.kept.by_steps:
            continue
        refused = {one.row for one in steps if one.refused and one.row in going}
        along = [one for one in _along(step) if (one._meta.label_lower, one.pk) not in going - refused]
        if along:
            kinds = sorted({str(one._meta.verbose_name) for one in along})
            step.refused = _("Something else rests on it by now: %(kinds)s.") % {"kinds": ", ".join(kinds)}


def _along(step: Step) -> Iterator[models.Model]:
    """The rows of the history that would go, or would no longer name it."""
    row = own(step.kept.model._base_manager.get(pk=step.key))
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=[row])
    collector.collect([row])
    found = [one for some in collector.data.values() for one in some]
    found += [one for groups in collector.field_updates.values() for some in groups for one in some]
    for one in [*found, *collector.protected]:
        kept = KEPT.get(one._meta.label_lower)
        if kept is not None and not kept.by_steps:
            yield one


def own(row: models.Model) -> models.Model:
    """The record as its kind: an activity as the delegation, conference or course it is."""
    return getattr(row, "own", row)
