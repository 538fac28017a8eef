"""How a union does its work: whether activities ask for leave, and the limits beyond which a trip needs a reason.

A rule a union leaves empty is that of the nearest union above that has it, else the custom of the house. Limits warn
and are never walls. Never knows an activity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.querysets import RuleSetQuerySet
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import fold
from unionrelations.kit.records import Record

# Limits as public bodies set them for their own; the confederation's own are not published.
CUSTOM: dict[str, Any] = {
    "by_steps": False,
    "most_days": 10,
    "most_people": 10,
    "most_countries": 3,
    "most_trips": 2,
    "years_between": 3,
    "days_ahead": 10,
    "leaders_apart": True,
    "leading_titles": "Chủ tịch\nPhó Chủ tịch",
}


def _limit(words, help_text, most: int) -> models.PositiveSmallIntegerField:
    validators = [MinValueValidator(1), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(words, null=True, blank=True, validators=validators, help_text=help_text)


class RuleSet(Record):
    """The rules of one union, as far as it has its own."""

    union = models.OneToOneField(Union, on_delete=models.CASCADE, related_name="rules", verbose_name=_("union"))
    by_steps = models.BooleanField(
        _("activities ask for leave"),
        null=True,
        blank=True,
        help_text=_("Yes: they are submitted and approved step by step. No: officers set the status themselves."),
    )
    most_days = _limit(_("most days of a trip"), _("Return less departure, plus one."), 366)
    most_people = _limit(_("most people of a delegation"), _("Own people of all unions together."), 999)
    most_countries = _limit(_("most countries of a trip"), _("Viet Nam is not counted."), 50)
    most_trips = _limit(_("most trips of a leader in a year"), _("Of whoever bears a leading title."), 50)
    years_between = _limit(_("years between trips on one subject to one country"), "", 20)
    days_ahead = _limit(_("days before departure by which leave is asked for"), "", 366)
    leaders_apart = models.BooleanField(_("two leaders never travel together"), null=True, blank=True)
    leading_titles = models.TextField(
        _("leading titles"), blank=True, help_text=_("One a line, such as Chủ tịch; a title that begins so is leading.")
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of a union")
        verbose_name_plural = _("rules of unions")
        ordering = ["union"]

    def __str__(self):
        return str(self.union)

    def natural_key(self):
        return (self.union.code,)

    natural_key.dependencies = ["accounts.union"]


@dataclass(frozen=True)
class Rules:
    """What holds for a union: its own rules before those of the unions above, the nearest first, before the custom."""

    sets: tuple[RuleSet, ...]

    @classmethod
    def of(cls, union: Union | None) -> Rules:
        return cls(tuple(RuleSet.objects.nearest_first(union)) if union is not None else ())

    @classmethod
    def of_each(cls, unions: Iterable[Union]) -> dict[int, Rules]:
        """The rules of several unions, by their keys, in one query."""
        lines = {one.pk: (one.pk, *reversed(one.ancestor_ids())) for one in unions}
        named = {pk for line in lines.values() for pk in line}
        sets = {one.union_id: one for one in RuleSet.objects.filter(union__in=named).select_related("union")}
        return {pk: cls(tuple(sets[one] for one in line if one in sets)) for pk, line in lines.items()}

    def __getitem__(self, name: str) -> Any:
        return self.said[name][0]

    @cached_property
    def _leading(self) -> tuple[str, ...]:
        return tuple(fold(one).strip() for one in self["leading_titles"].splitlines() if one.strip())

    def leads(self, title: str) -> bool:
        """Whether whoever bears this title is a leader: it begins with a leading one, whatever follows."""
        return bool(self._leading) and fold(title).strip().startswith(self._leading)

    @cached_property
    def said(self) -> Mapping[str, tuple[Any, Union | None]]:
        """Rule → (what holds, the union that says so; None for the custom)."""
        found: dict[str, tuple[Any, Union | None]] = {name: (value, None) for name, value in CUSTOM.items()}
        for one in reversed(self.sets):
            own = {name: getattr(one, name) for name in CUSTOM}
            found |= {name: (value, one.union) for name, value in own.items() if value not in (None, "")}
        return found
