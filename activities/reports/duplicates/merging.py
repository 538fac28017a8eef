"""Takes one record into another, and writes down all it takes to undo that. Never asks who may, never knows today.

Every row that points at the record that goes is pointed at the one that stays. A row the rules forbid to stand twice
is dropped in favour of its twin, which takes over what it does not know itself; the dropped row is kept in the payload.

The payload of a merge:

| key | holds |
|---|---|
| `gone` | the rows of the record that went, parents first |
| `moved` | rows that were pointed elsewhere: [the row as it was, the column, the key it names now] |
| `dropped` | rows that could not stand beside their twin, as they were |
| `twins` | for each of those, [its label, its key, its twin's key] |
| `changed` | [label, key, column, before, after] of rows that stayed |
| `aliases` | names the survivor took over |
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activities.models import Activity, ActivityScope, Paper, RoleOfActivity
from activities.reports.models import Merge
from partners.models import Partner
from unionrelations.kit.acts import Way, doing
from unionrelations.kit.keeping import own_rows
from unionrelations.kit.records import Record

from .facets import GONE, KEPT, NAMES_APART, facets, is_empty, other_names, settled_fields, values
from .relations import Pointer, activities_naming, pointed_at, pointers


class Refused(Exception):
    """Why nothing was merged or taken apart, in a sentence for the person."""


def merge(model: type[models.Model], kept: int, gone: int, by, now: datetime, choices: dict[str, str]) -> Merge:
    """Merges the record `gone` into `kept`, all of it or nothing. Raises Refused with why not.

    `choices` say which of two differing values stands, by the names that `facets` and `Twin` give them.
    """
    try:
        with transaction.atomic():
            found = {one.pk: one for one in model._base_manager.select_for_update().filter(pk__in=(kept, gone))}
            if len(found) < 2:
                raise Refused(_("One of the two is gone, or both are the same record. Nothing was merged."))
            refuse_wholes_and_parts(found[kept], found[gone])
            with doing(Way.MERGE, f"{found[gone]} → {found[kept]}", by):
                return _Merging(found[kept], found[gone], by, now, choices).done()
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
    except IntegrityError:
        raise Refused(_("A rule forbids the two to be one record as chosen. Nothing was merged.")) from None


def refuse_wholes_and_parts(kept: models.Model, gone: models.Model) -> None:
    """An activity and one it is part of, however far up, are two."""
    if not isinstance(kept, Activity) or not isinstance(gone, Activity):
        return
    if kept.pk in _wholes(gone) or gone.pk in _wholes(kept):
        raise Refused(_("One of them is part of the other, so they are two. Take the part out first if it is wrong."))


def _wholes(activity: Activity) -> set[int]:
    found: set[int] = set()
    above = activity.part_of_id
    while above is not None and above not in found:
        found.add(above)
        above = Activity._base_manager.filter(pk=above).values_list("part_of_id", flat=True).first()
    return found


class _Merging:
    def __init__(self, kept, gone, by, now: datetime, choices: dict[str, str]):
        self.kept, self.gone, self.by, self.now, self.choices = kept, gone, by, now, choices
        self.names = (str(kept), str(gone))
        kinds = ("moved", "dropped", "twins", "changed", "aliases")
        self.payload: dict[str, list] = {"gone": own_rows([gone])} | {one: [] for one in kinds}
        self.activities: set[int] = set()

    def done(self) -> Merge:
        Activity.objects.hold(activities_naming(type(self.gone), (self.kept.pk, self.gone.pk)))
        self._carry(self.kept, self.gone)
        self._settle()
        ActivityScope.objects.derive(self.activities)
        merged = Merge(
            label=self.kept._meta.label_lower,
            kept=self.kept.pk,
            gone=self.gone_pk,
            survivor=self.kept.pk,
            kept_name=self.names[0][:500],
            gone_name=self.names[1][:500],
            payload=self.payload,
            merged_by=self.by,
            merged_at=self.now,
        )
        merged.save()
        for earlier in Merge.objects.open().filter(label=merged.label, survivor=merged.gone):
            earlier.survivor = merged.survivor
            earlier.save(update_fields=["survivor"])
        return merged

    # --- The rows that point at them

    def _carry(self, kept: models.Model, gone: models.Model) -> None:
        """Points at `kept` whatever points at `gone`; what may not stand twice is dropped for its twin."""
        for pointer in pointers(type(gone)):
            rows = pointer.rows(gone.pk)
            if not rows:
                continue
            beside = pointer.rows(kept.pk)
            twins = _twins(pointer, rows, beside)
            pointed = pointed_at(pointer.model, twins)
            left = []
            for row in rows:
                self._touch(row)
                if row.pk in twins:
                    self._drop(row, twins[row.pk], pointer, [*beside, *left])
                    if row.pk in pointed:
                        self._carry(twins[row.pk], row)
                elif any(getattr(row, name) == kept.pk for name in pointer.mirrors):
                    self._drop(row, None, pointer, ())
                else:
                    left.append(row)
            staying = {one.pk for one in left}
            pointer.model._base_manager.filter(pk__in=[one.pk for one in rows if one.pk not in staying]).delete()
            self._move(pointer, left, beside, kept.pk)

    def _move(self, pointer: Pointer, rows: list[models.Model], beside: list[models.Model], pk: int) -> None:
        if not rows:
            return
        self.payload["moved"] += [[one, pointer.name, pk] for one in serializers.serialize("python", rows)]
        for flag in pointer.flags:
            if any(getattr(one, flag.field) == flag.yes for one in beside):
                for row in rows:
                    if getattr(row, flag.field) == flag.yes:
                        self._change(row, flag.field, flag.no)
        give(pointer.model, [one.pk for one in rows], {pointer.name: pk}, self.by, self.now)

    def _drop(self, row: models.Model, twin: models.Model | None, pointer: Pointer, beside) -> None:
        self.payload["dropped"] += serializers.serialize("python", [row])
        self.payload["twins"].append([row._meta.label_lower, row.pk, twin.pk if twin else None])
        if twin is not None:
            self._absorb(row, twin, pointer, beside)

    def _absorb(self, row: models.Model, twin: models.Model, pointer: Pointer, beside) -> None:
        """What the twin does not know it takes over; of two numbers the person's choice stands."""
        flags = {one.field: one for one in pointer.flags}
        pair, known = Twin(twin, row), len(self.payload["changed"])
        for name in pair.names:
            own, other = getattr(twin, name), getattr(row, name)
            if flag := flags.get(name):
                taken = other == flag.yes and not any(getattr(one, name) == flag.yes for one in beside)
            else:
                taken = (own is False and other is True) or pair.chosen(name, self.choices) == GONE
            if own != other and taken:
                self._change(twin, name, other, save=False)
        if len(self.payload["changed"]) > known:
            self._save(twin)

    # --- The record itself

    def _settle(self) -> None:
        """The survivor's fields as chosen, and all names of the other. That one goes first: its number is free then."""
        record, told = self.kept, facets(self.kept, self.gone)
        settled = settled_fields(type(record))
        before = dict(zip(settled, values(record, settled), strict=True))
        fresh = type(record)._base_manager.get(pk=record.pk)
        self.gone_pk = self.gone.pk
        for one in told:
            one.settle(fresh, one.chosen(self.choices))
        for name in getattr(fresh, "not_asked", ()):
            setattr(fresh, name, None)
        if hasattr(fresh, NAMES_APART):
            self.payload["aliases"] = other_names(fresh, record, self.gone)
            fresh.aliases = "\n".join(filter(None, [fresh.aliases.strip("\n"), *self.payload["aliases"]]))
        _must_stand_alone(self.gone)
        self.gone.delete()
        fresh.changed_by = self.by
        fresh.full_clean(exclude=_links(fresh))
        fresh.save()
        for name in settled:
            if getattr(fresh, name) != before[name]:
                self._note(fresh, name, before[name], getattr(fresh, name))
        if isinstance(fresh, Partner) and fresh.country_id != record.country_id:
            self.activities |= activities_with(fresh)
        self.kept = fresh
        self._touch(fresh)

    # --- Writing down

    def _change(self, row: models.Model, name: str, value, *, save: bool = True) -> None:
        self._note(row, name, getattr(row, name), value)
        setattr(row, name, value)
        if save:
            self._save(row)

    def _note(self, row: models.Model, name: str, before, after) -> None:
        self.payload["changed"].append([row._meta.label_lower, row.pk, name, before, after])

    def _save(self, row: models.Model) -> None:
        if isinstance(row, Record):
            row.changed_by = self.by
        if isinstance(row, RoleOfActivity):
            self.activities.add(row.activity_id)
            models.Model.save(row)  # derived once for all rows, at the end
        else:
            row.save()

    def _touch(self, row: models.Model) -> None:
        """Whatever it counts for is derived at the end, except of the record that goes."""
        if isinstance(row, Activity | RoleOfActivity | Paper):
            activity = row.pk if isinstance(row, Activity) else row.activity_id
            if not isinstance(self.gone, Activity) or activity != self.gone.pk:
                self.activities.add(activity)


def give(model: type[models.Model], pks: list[int], columns: dict, by, now: datetime) -> None:
    """Points rows elsewhere in one statement: no name they are found by changes, what counts is derived at the end, and
    of a signed report changes only whose records it asks for today, which its signature does not freeze."""
    if issubclass(model, Record):
        columns = columns | {"version": F("version") + 1, "changed_at": now, "changed_by": by}
    if pks:
        model._base_manager.filter(pk__in=pks).update(**columns)


def activities_with(partner: Partner) -> set[int]:
    """What a partner's country decides: which of its conferences are international."""
    return set(partner.roles.values_list("activity_id", flat=True))


class Twin:
    """Two rows of which a rule lets one stand: what each says of the same thing."""

    def __init__(self, kept: models.Model, gone: models.Model):
        self.kept, self.gone = kept, gone

    @property
    def names(self) -> list[str]:
        return [
            one.attname
            for one in self.kept._meta.concrete_fields
            if one.editable and not one.primary_key and not one.is_relation and one.name not in ("folded", "spelled")
        ]

    def choice(self, name: str) -> str:
        """How a form calls the choice between the two."""
        return f"{self.gone._meta.model_name}-{self.gone.pk}-{name}"

    def chosen(self, name: str, choices: dict[str, str]) -> str:
        own, other = getattr(self.kept, name), getattr(self.gone, name)
        if is_empty(other):
            return KEPT
        return GONE if is_empty(own) else choices.get(self.choice(name), KEPT)

    def differing(self) -> list[str]:
        """Fields in which both say something, and not the same; yes outweighs no by itself."""
        pairs = ((name, getattr(self.kept, name), getattr(self.gone, name)) for name in self.names)
        known = ((name, own, other) for name, own, other in pairs if not is_empty(own) and not is_empty(other))
        return [name for name, own, other in known if own != other and not isinstance(own, bool)]


def _twins(pointer: Pointer, rows: list[models.Model], beside: list[models.Model]) -> dict[int, models.Model]:
    """Of the rows, those that a rule forbids beside another one, with that one."""
    found: dict[int, models.Model] = {}
    for rule in pointer.rules:
        standing = rule.among(pointer.model, beside)
        for key, row in rule.among(pointer.model, rows).items():
            if key in standing:
                found.setdefault(row.pk, standing[key])
    return found


def twins_of(kept: models.Model, gone: models.Model) -> list[Twin]:
    """Rows of the two of which only one can stand, for a person to choose among what they say."""
    return [
        Twin(twin, row)
        for pointer in pointers(type(gone))
        if (rows := pointer.rows(gone.pk)) and (beside := pointer.rows(kept.pk))
        for row in rows
        if (twin := _twins(pointer, rows, beside).get(row.pk)) is not None
    ]


def _must_stand_alone(record: models.Model) -> None:
    """Nothing may be deleted with it: whatever pointed at it has been moved. Anything else is a fault in here."""
    left = [one.model.__name__ for one in pointers(type(record)) if one.rows(record.pk)]
    if left:
        raise AssertionError(f"Still pointing at {record!r}: {', '.join(left)}")


def _links(record: models.Model) -> Iterable[str]:
    return [one.name for one in record._meta.parents.values() if one]
