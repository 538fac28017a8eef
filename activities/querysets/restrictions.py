"""Cuts activities of restricted access down to the people named for them. Never knows who may name anybody.

Such an activity has no scope rows, so whatever starts from those knows nothing of it. What is left to say is here: the
named person finds it all the same, and rows that are read by their own union are held back with the activity.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from unionrelations.kit.scoping import ScopedQuerySet


class HeldBackQuerySet(ScopedQuerySet):
    """Rows that belong to an activity and are held back with it."""

    held_by: ClassVar[str] = "activity_id"  # from a row to the key of its activity

    def within(self, user) -> Q:
        """Through scope rows, which a restricted activity has none of; whoever is named finds it besides."""
        found = super().within(user)
        if self.scope_rows is not None and user.is_named:
            found |= Q(**{f"{self.held_by}__in": self._restrictions().read_by(user)})
        return found

    def open_to(self, user) -> Q:
        """What scope rows do not cut already: rows of the person's own unions, and everything for the housekeeper."""
        if self.scope_rows is not None and not user.sees_everything:
            return Q()
        if user.is_named:
            held = self._restrictions().open().exclude(activity__in=self._restrictions().read_by(user))
            return ~Q(**{f"{self.held_by}__in": held.values("activity_id")})
        return self._held_back_from_nobody

    def unrestricted(self):
        return self.filter(self._held_back_from_nobody)

    @property
    def _held_back_from_nobody(self) -> Q:
        return ~Q(**{f"{self.held_by}__in": self._restrictions().open().values("activity_id")})

    def _restrictions(self):
        return self.model._meta.apps.get_model("activities", "Restriction")._default_manager.all()


class RestrictionQuerySet(ScopedQuerySet):
    """Restrictions, those that were lifted among them."""

    def visible_to(self, user):
        """By who is named, and of what was lifted, by who reads the activity; whatever the role."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        activities = self.model._meta.get_field("activity").related_model._default_manager
        return self.filter(activity__in=activities.visible_to(user).order_by().values("pk"))

    def of_activity(self, pk: int):
        return self.filter(activity=pk)

    def lifted(self):
        """The last one first, with who set and lifted it."""
        return self.filter(lifted_at__isnull=False).select_related("set_by", "lifted_by").order_by("-lifted_at")

    def with_people(self):
        return self.select_related("set_by").prefetch_related("named__user__union")

    def open(self):
        return self.filter(lifted_at__isnull=True)

    def read_by(self, user):
        """The keys of the restricted activities this person is named for, as far as their unions reach.

        Being named only takes a hindrance away: whoever has moved to another office reads no more than others there.
        """
        mine = self.open().filter(named__user=user.pk)
        if not user.sees_everything:
            roles = self.model._meta.get_field("activity").related_model._meta.get_field("union_roles").related_model
            path = user.union.path if user.union_id else "-"  # of no union: nothing begins so
            reached = roles._base_manager.filter(activity=OuterRef("activity_id"), union__path__startswith=path)
            mine = mine.filter(Exists(reached))
        return mine.order_by().values("activity_id")

    def of(self, activity_ids) -> set[int]:
        """Which of these activities are restricted."""
        return set(self.open().filter(activity__in=activity_ids).order_by().values_list("activity_id", flat=True))

    def wholes_first(self):
        """The open ones, in the order in which they can be lifted together."""
        order = (F("activity__part_of_id").asc(nulls_first=True), "pk")
        return self.open().select_related("activity").order_by(*order)


class NamedReaderQuerySet(models.QuerySet):
    """Who is named. Asked when a person signs in, so it knows no scope of its own."""

    def of_open(self):
        return self.filter(restriction__lifted_at__isnull=True)
