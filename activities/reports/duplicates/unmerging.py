"""Takes merged records apart again, at any time. Never asks who may, never knows today.

The record comes back under its own key with all its rows. What the survivor took over is set back where nobody changed
it since; what was added to the survivor after the merge stays with it. Rows that were deleted since come back as they
were; those that were edited keep the edit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from activities.models import Activity, ActivityScope, Paper, RoleOfActivity
from activities.reports.models import Merge
from partners.models import Partner
from unionrelations.kit.acts import Way, doing
from unionrelations.kit.folding import spell
from unionrelations.kit.records import Record

from .facets import NAMES_APART, TOGETHER
from .merging import Refused, activities_with, give

Row = tuple[str, int]  # the label of a model, a key


def take_apart(merged: Merge, by, now: datetime) -> models.Model:
    """Undoes the merge, all of it or nothing, and gives the record that stands again. Raises Refused with why not."""
    try:
        with transaction.atomic():
            locked = Merge.objects.select_for_update().get(pk=merged.pk)
            if locked.is_undone:
                raise Refused(_("These two were taken apart already."))
            refuse_out_of_order(locked)
            with doing(Way.APART, f"{locked.kept_name} → {locked.gone_name}", by):
                back = _Parting(locked, by, now).done()
    except IntegrityError:
        raise Refused(
            _("Another record has taken a place these rows need, such as its number. Nothing was taken apart.")
        ) from None
    return back


def refuse_out_of_order(merged: Merge) -> None:
    """Raises Refused where a later merge rests on what this one moved: that one is taken apart first."""
    hindering = next(_resting_on(merged), None)
    if hindering is not None:
        raise Refused(
            _("“%(gone)s” was merged into “%(kept)s” later, and that rests on this. Take that apart first.")
            % {"gone": hindering.gone_name, "kept": hindering.kept_name}
        )


def _resting_on(merged: Merge) -> Iterator[Merge]:
    mine = {_row(one) for one, _column, _to in merged.payload["moved"]}
    stood = {(label, twin) for label, _key, twin in merged.payload["twins"]}
    for later in Merge.objects.open().filter(pk__gt=merged.pk).order_by("-pk").iterator():
        lost = {_row(one) for one in (*later.payload["gone"], *later.payload["dropped"])}
        twins = {(label, twin) for label, _key, twin in later.payload["twins"]}
        went_on = later.label == merged.label and later.gone == merged.kept
        if went_on or lost & (mine | stood) or twins & mine:
            yield later


def _row(kept: dict) -> Row:
    return kept["model"], kept["pk"]


class _Parting:
    def __init__(self, merged: Merge, by, now: datetime):
        self.merged, self.by, self.now = merged, by, now
        self.payload, self.model = merged.payload, merged.model
        self.activities: set[int] = set()
        moved = {_row(one) for one, _column, _to in self.payload["moved"]}
        changed = [(label, pk, name, before, after) for label, pk, name, before, after in self.payload["changed"]]
        self.of_moved = [one for one in changed if one[:2] in moved]
        self.of_staying = [one for one in changed if one[:2] not in moved]

    def done(self) -> models.Model:
        self._hold_activities()
        self._set_back_what_stays()
        for kept in (*self.payload["gone"], *self.payload["dropped"]):
            self._bring_back(kept)
        self._move_back()
        rows = [*self.payload["gone"], *self.payload["dropped"], *(one for one, _column, _to in self.payload["moved"])]
        connection.check_constraints(table_names=sorted({apps.get_model(one["model"])._meta.db_table for one in rows}))
        back = self.model._base_manager.get(pk=self.merged.gone)
        back.changed_by = self.by
        back.save()
        ActivityScope.objects.derive(self.activities | ({back.pk} if isinstance(back, Activity) else set()))
        self._close()
        return back

    def _hold_activities(self) -> None:
        """Of the roles that will be written: whoever derives holds them while it writes roles."""
        rows = (*self.payload["dropped"], *(one for one, _column, _to in self.payload["moved"]))
        roles = (one for one in rows if issubclass(apps.get_model(one["model"]), RoleOfActivity))
        Activity.objects.hold({one["fields"]["activity"] for one in roles})

    # --- What stays

    def _set_back_what_stays(self) -> None:
        """The survivor, and the twins of dropped rows: their fields as they were, no name of the other one."""
        rows: dict[Row, list] = {(self.merged.label, self.merged.kept): []}
        for one in self.of_staying:
            rows.setdefault(one[:2], []).append(one)
        for (label, pk), changed in rows.items():
            row = apps.get_model(label)._base_manager.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            for name, value in _unchanged_since(row, changed):
                setattr(row, name, value)
            if (label, pk) == (self.merged.label, self.merged.kept):
                self._take_back_names(row)
            self._save(row)
            if isinstance(row, Partner) and any(name == "country_id" for _label, _pk, name, _before, _after in changed):
                self.activities |= activities_with(row)

    def _take_back_names(self, survivor: models.Model) -> None:
        added = {spell(name) for name in self.payload["aliases"]}
        if added:
            lines = getattr(survivor, NAMES_APART).splitlines()
            setattr(survivor, NAMES_APART, "\n".join(line for line in lines if spell(line) not in added))

    # --- What comes back

    def _bring_back(self, kept: dict) -> None:
        """A row as it was. One that rests on what is gone for good stays away; what was merged meanwhile it names
        under the record that it lives on in, and that merge remembers it."""
        row = next(serializers.deserialize("python", [kept])).object
        for field in row._meta.local_concrete_fields:
            key = getattr(row, field.attname)
            if not field.is_relation or key is None or getattr(field.remote_field, "parent_link", False):
                continue
            if not field.related_model._base_manager.filter(pk=key).exists():
                heir = self._heir(field, key, kept)
                if heir is None and not field.null:
                    return
                setattr(row, field.attname, heir)
        row.save_base(raw=True, force_insert=True)
        self._touch(row)

    def _heir(self, field: models.Field, key: int, kept: dict) -> int | None:
        """Where the record that was named lives on; each merge on the way there sets this row back with its own."""
        aimed = field.related_model
        labels = [one._meta.label_lower for one in (aimed, *aimed.__subclasses__())]
        on_the_way = Merge.objects.open().filter(label__in=labels).exclude(pk=self.merged.pk)
        heir = None
        while (step := on_the_way.filter(gone=key).first()) is not None:
            as_was = {**kept, "fields": kept["fields"] | {field.name: key}}
            step.payload["moved"].append([as_was, field.attname, step.kept])
            step.save(update_fields=["payload"])
            heir = key = step.kept
        return heir

    def _move_back(self) -> None:
        """Rows that change hands again, those of one relation together."""
        groups: dict[tuple[str, str, int], list[dict]] = {}
        for kept, column, to in self.payload["moved"]:
            groups.setdefault((kept["model"], column, to), []).append(kept)
        for (label, column, to), some in groups.items():
            model = apps.get_model(label)
            field = model._meta.get_field(column)
            there = model._base_manager.in_bulk([one["pk"] for one in some])
            if field.remote_field.on_delete is models.CASCADE:  # a part of the record, and not a row that only named it
                for kept in some:
                    if kept["pk"] not in there:
                        self._bring_back(kept)
            # Unless somebody has given a row to another record since.
            own = [(there[one["pk"]], one["fields"][field.name]) for one in some if one["pk"] in there]
            self._give_back(model, column, [(row, was) for row, was in own if getattr(row, column) == to])

    def _give_back(self, model: type[models.Model], column: str, rows: list[tuple]) -> None:
        by_owner: dict[int, list[int]] = {}
        for row, was in rows:
            self._touch(row)
            changed = [one for one in self.of_moved if one[:2] == (row._meta.label_lower, row.pk)]
            if changed:
                columns = dict(_unchanged_since(row, changed))
                give(model, [row.pk], columns | {column: was}, self.by, self.now)
            else:
                by_owner.setdefault(was, []).append(row.pk)
            setattr(row, column, was)
            self._touch(row)
        for was, pks in by_owner.items():
            give(model, pks, {column: was}, self.by, self.now)

    # --- Writing

    def _save(self, row: models.Model) -> None:
        if isinstance(row, Record):
            row.changed_by = self.by
        self._touch(row)
        if isinstance(row, RoleOfActivity):
            models.Model.save(row)  # derived once for all rows, at the end
        else:
            row.save()

    def _touch(self, row: models.Model) -> None:
        if isinstance(row, Activity):
            self.activities.add(row.pk)
        elif isinstance(row, RoleOfActivity | Paper):
            self.activities.add(row.activity_id)

    def _close(self) -> None:
        """What was merged into the one that is back, lives on there again."""
        self.merged.undone_at, self.merged.undone_by = self.now, self.by
        self.merged.save(update_fields=["undone_at", "undone_by"])
        left = list(Merge.objects.open().filter(label=self.merged.label, survivor=self.merged.survivor))
        kept_of = {one.gone: one.kept for one in left}
        for one in left:
            survivor = one.kept
            while survivor in kept_of:
                survivor = kept_of[survivor]
            if survivor != one.survivor:
                one.survivor = survivor
                one.save(update_fields=["survivor"])


def _unchanged_since(row: models.Model, changed: list) -> Iterator[tuple[str, object]]:
    """(column, value before the merge) of what still says what the merge made it say; of columns that make sense only
    together, all or none."""
    for group in (*TOGETHER, ()):
        some = [one for one in changed if (one[2] in group if group else not any(one[2] in each for each in TOGETHER))]
        fields = {name: row._meta.get_field(name) for _label, _pk, name, _before, _after in some}
        stands = {name: getattr(row, name) == fields[name].to_python(after) for _l, _p, name, _b, after in some}
        for _label, _pk, name, before, _after in some:
            if stands[name] and (not group or all(stands.values())):
                yield name, fields[name].to_python(before)
