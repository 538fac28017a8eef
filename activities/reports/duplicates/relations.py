"""Which rows point at a record, and which rules forbid two of them to say the same. Read from the models themselves.

Nothing here names a relation, so one added later is carried along by a merge without a word. What is derived is not
carried along: it is derived again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from activities.models import ActivityScope, RoleOfActivity

DERIVED = (ActivityScope,)


@dataclass(frozen=True)
class Flag:
    """What only one row of a record may be: the field that says so, what it says then, and what it says else."""

    field: str
    yes: object
    no: object


# The rules that let one row of a record stand out, by their names. Two leading unions: the second cooperates.
FLAGS = {
    "an_activity_has_one_lead_union": Flag("part", "lead", "cooperating"),
    "an_activity_has_one_head": Flag("is_head", True, False),
}


@dataclass(frozen=True)
class Rule:
    """Rows of one record that agree in these fields, and fulfil the condition, are the same row."""

    fields: tuple[str, ...]
    condition: Q | None = None

    def among(self, model: type[models.Model], rows: Iterable[models.Model]) -> dict[tuple, models.Model]:
        """The rows it speaks of by what they would have in common; where something is not given, it forbids nothing."""
        rows = list(rows)
        if self.condition is not None:
            held = model._base_manager.filter(self.condition, pk__in=[one.pk for one in rows])
            meant = set(held.values_list("pk", flat=True))
            rows = [one for one in rows if one.pk in meant]
        keys = ((tuple(getattr(one, name) for name in self.fields), one) for one in rows)
        return {key: one for key, one in keys if None not in key}


@dataclass(frozen=True)
class Pointer:
    """A foreign key: rows of `model` name the record in `field`."""

    model: type[models.Model]
    field: models.ForeignKey

    @property
    def name(self) -> str:
        return self.field.attname

    def rows(self, pk: int) -> list[models.Model]:
        return list(self.model._base_manager.filter(**{self.name: pk}).order_by("pk"))

    @property
    def rules(self) -> Iterator[Rule]:
        """Unique rules over this key, without it; those of flags are told apart below."""
        if self.field.unique:
            yield Rule(())
        for together in self.model._meta.unique_together:
            if self.field.name in together:
                yield Rule(self._others(together))
        for rule in self.model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint) and rule.name not in FLAGS and self.field.name in rule.fields:
                yield Rule(self._others(rule.fields), rule.condition)

    @property
    def flags(self) -> list[Flag]:
        return [FLAGS[rule.name] for rule in self.model._meta.constraints if rule.name in FLAGS]

    @property
    def mirrors(self) -> list[str]:
        """Other keys of the row to the same sort of record: a row that names one record in both says nothing. A key
        that may stay empty only adds to what the row says, such as the meeting at which a promise was kept."""
        aimed = self.field.related_model
        return [
            one.attname
            for one in self.model._meta.concrete_fields
            if one.is_relation and one.related_model is aimed and one.attname != self.name
            if not one.null and not self.field.null
        ]

    def _others(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.model._meta.get_field(name).attname for name in names if name != self.field.name)


def pointers(model: type[models.Model]) -> list[Pointer]:
    """Every foreign key to the model or to a parent it extends, hidden ones and those of through rows included."""
    found = {
        Pointer(one.related_model, one.field): None  # type: ignore[arg-type]
        for one in model._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)
    }
    return [one for one in found if one.model not in DERIVED and not _is_same_row(one)]


def pointed_at(model: type[models.Model], keys: Iterable[int]) -> set[int]:
    """Those of these rows that other rows name: asked once for all of them, since most are named by none."""
    keys = set(keys)
    found: set[int] = set()
    for pointer in pointers(model) if keys else ():
        rows = pointer.model._base_manager.filter(**{f"{pointer.name}__in": keys})
        found.update(rows.values_list(pointer.name, flat=True))
    return found


def activities_naming(model: type[models.Model], keys: Iterable[int]) -> set[int]:
    """Those with a role that names one of these: held before roles are written, as whoever derives holds them."""
    roles = (one for one in pointers(model) if issubclass(one.model, RoleOfActivity))
    rows = (one.model._base_manager.filter(**{f"{one.name}__in": keys}) for one in roles)
    return {pk for some in rows for pk in some.values_list("activity_id", flat=True)}


def _is_same_row(pointer: Pointer) -> bool:
    """The key by which a delegation extends its activity is no relation but the record itself."""
    return bool(pointer.field.remote_field.parent_link)
