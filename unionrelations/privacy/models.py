"""That somebody was erased, by whom and why, never who it was; and who looked at whose details on which day."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.kit.scoping import ScopedQuerySet


class KeepersQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Of concern to those who look after the whole house."""
        return self.all() if user.is_authenticated and user.is_active and user.keeps_the_house else self.none()


class Erasure(models.Model):
    """One person taken out of the records. The name is nowhere: what stands in its place bears this row's number."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by whom")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=300)
    places = models.PositiveIntegerField(_("places"), default=0)

    objects = KeepersQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure of a person")
        verbose_name_plural = _("erasures of persons")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.instead

    @property
    def instead(self) -> str:
        """What stands where the name stood: the same everywhere, so that one person stays one and two stay two."""
        return f"Người đã xóa tên {self.pk}"


class ReadingQuerySet(KeepersQuerySet):
    def for_listing(self):
        return self.select_related("reader")


class Reading(models.Model):
    """That a person looked at the details of people that day: on the page of one record, or in a list or file."""

    class Way(models.TextChoices):
        PAGE = "page", pgettext_lazy("way of reading", "page")
        FILE = "file", pgettext_lazy("way of reading", "file")
        API = "api", "API"

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    day = models.DateField(_("day"))
    label = models.CharField(_("kind of record"), max_length=40)
    record = models.BigIntegerField(_("record"))  # 0: a whole list
    way = models.CharField(_("how"), max_length=4, choices=Way)
    people = models.PositiveIntegerField(_("people"))

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "reader", "label", "record", "way"], name="a_look_is_noted_once_a_day"
            )
        ]

    def __str__(self):
        return f"{self.reader}, {self.day}"

    @staticmethod
    def note(reader, day: date, label: str, pk: int | None, way: str, people: int) -> None:
        """Notes a look at the details of so many people; further looks of the same day at the same are one."""
        look = Reading(reader=reader, day=day, label=label, record=pk or 0, way=way, people=people)
        Reading.objects.bulk_create([look], ignore_conflicts=True)
