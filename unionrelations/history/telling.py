"""Changes in a reader's words: names for keys, words for choices, days as people write them. Never decides who reads.

A few questions for all the changes of a page. A record that is out of the reader's reach is not named, but for a union.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import formats, timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from unionrelations.kit.windows import day_in_words

from .kept import KEPT, NO_CHANGE, named_by
from .models import Entry
from .values import columns, read

NOT_TOLD = NO_CHANGE | {"id", "created_at", "sha256", "size", "media_type", "uploaded_at", "uploaded_by_id"}
NAMED_ANYWAY = ("accounts.union", "accounts.user")
LONGEST_NAME = 120
Row = tuple[str, int]


@dataclass(frozen=True)
class Line:
    """One field: what it said, and what it says since; None where the row was not there."""

    label: str
    before: str | None
    after: str | None

    def __str__(self):
        if self.before is None or self.after is None:
            return f"{self.label}: {self.after if self.before is None else self.before}"
        return f"{self.label}: {self.before} → {self.after}"


class Telling:
    """What some changes say, for one reader."""

    def __init__(self, entries: Iterable[Entry], user):
        self.entries, self.user = list(entries), user
        self.rows = self._standing()
        self.names = self._names()

    # --- What is asked once for all of them

    def _standing(self) -> dict[Row, dict]:
        """The rows and the records they are part of, as they are today or as they were last."""
        wanted: dict[str, set[int]] = defaultdict(set)
        found: dict[Row, dict] = {}
        for one in self.entries:
            wanted[one.label].add(one.key)
            if one.root_key is not None:
                wanted[one.root].add(one.root_key)
        for label, keys in wanted.items():
            model = apps.get_model(label)
            names = [one.attname for one in KEPT[label].fields]
            asked = model._base_manager.filter(pk__in=keys).values(*names)
            by_column = {one.attname: str(one.column) for one in KEPT[label].fields}
            for row in asked:
                told = {by_column[name]: value for name, value in row.items()}
                found[label, told[KEPT[label].key]] = told
        self.gone = {(label, key) for label, keys in wanted.items() for key in keys} - found.keys()
        if self.gone:
            labels, keys = {label for label, _key in self.gone}, {key for _label, key in self.gone}
            left = Entry.objects.filter(what=Entry.What.DELETED, label__in=labels, key__in=keys)
            last = left.few_visible_to(self.user, labels=labels).order_by("pk")
            found |= {one.row: one.before for one in last if one.row in self.gone}
        return found

    def _names(self) -> dict[Row, str]:
        """Of every record that a column names: its name, where the reader may know it."""
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        told = [(one.label, side) for one in self.entries for side in (one.before, one.after) if side]
        for label, values in [*told, *((label, values) for (label, _key), values in self.rows.items())]:
            for column, field in columns(apps.get_model(label)).items():
                model = field.related_model
                if model is not None and column not in NOT_TOLD and values.get(column) is not None:
                    wanted[model].add(values[column])
        names: dict[Row, str] = {}
        for model, keys in wanted.items():
            label = model._meta.label_lower
            known = model._base_manager if label in NAMED_ANYWAY else model._default_manager.visible_to(self.user)
            if label == "partners.relationevent":
                known = known.for_listing()
            names |= {(label, one.pk): _person(one) for one in known.filter(pk__in=keys)}
            left = keys - {key for of, key in names if of == label}
            if left:
                there = set(model._base_manager.filter(pk__in=left).values_list("pk", flat=True))
                names |= {
                    (label, key): _("outside your reach") if key in there else _("a record that is gone")
                    for key in left
                }
        return names

    # --- In words

    def name_of(self, label: str, key: int | None) -> str:
        """What a row is called, or was."""
        values = self.rows.get((label, key)) if key is not None else None
        if not values:
            return _("a record that is gone")
        model = apps.get_model(label)
        kept = KEPT[label]
        if kept.root != label and kept.key == kept.root_column:  # the further columns of an activity
            return self.name_of(kept.root, key)
        for column in named_by(model):
            if values.get(column):
                return Truncator(str(values[column]).split("\n")[0]).chars(LONGEST_NAME)
        for column, field in columns(model).items():
            if (
                field.is_relation
                and column not in NOT_TOLD | {kept.root_column, "changed_by_id"}
                and values.get(column)
            ):
                return self.names.get((field.related_model._meta.label_lower, values[column]), "")
        return ""

    def part_of(self, entry: Entry) -> str:
        """What the row is called within its record; "" where it is the record itself, or more columns of it."""
        own = KEPT[entry.label]
        return "" if own.of is None or own.key == own.root_column else self.name_of(*entry.row)

    def record_of(self, entry: Entry) -> str:
        return self.name_of(*entry.record)

    def lines(self, entry: Entry) -> list[Line]:
        """Field by field; of a row that came or went, what it said."""
        return list(self._lines(entry))

    def _lines(self, entry: Entry) -> Iterator[Line]:
        own = KEPT[entry.label]
        sides = [one for one in (entry.before, entry.after) if one is not None]
        for column, field in columns(entry.model).items():
            if column in NOT_TOLD | {own.key, "changed_by_id"} or all(column not in one for one in sides):
                continue
            is_root = column == own.root_column and entry.what != Entry.What.CHANGED
            if is_root or (len(sides) == 1 and sides[0].get(column) in (None, "", [])):
                continue
            told = [
                None if one is None else self.in_words(field, one.get(column)) for one in (entry.before, entry.after)
            ]
            yield Line(str(capfirst(field.verbose_name)), *told)

    def in_words(self, field: models.Field, kept: Any) -> str:
        if kept is None or kept == "":
            return _("not stated")
        if field.is_relation:
            return self.names.get((field.related_model._meta.label_lower, kept), _("a record that is gone"))
        value = read(field, kept)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(field, models.DateTimeField):
            return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        if isinstance(field, models.DateField):
            return day_in_words(value)
        if isinstance(field, models.JSONField):
            return _("as it was written down")
        if isinstance(field, models.FileField):
            return str(value).rpartition("/")[2]
        return (
            formats.number_format(value) if isinstance(field, models.IntegerField | models.DecimalField) else str(value)
        )


def _person(one: models.Model) -> str:
    full = getattr(one, "get_full_name", None)
    return (full() if full else "") or str(one)


def who(act) -> str:
    """Whoever acted, by the name they have or had; "" where nobody said."""
    return _person(act.person) if act.person else act.name
