"""What was done, act by act, and to which rows; written by the database itself. Never knows how it is undone."""

from __future__ import annotations

import uuid

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.kit.acts import Way

from .querysets import ActQuerySet, EntryQuerySet


class Act(models.Model):
    """One deed of one person: whatever it wrote belongs to it. Without a person nobody knows who it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(pgettext_lazy("of an act", "when"), editable=False)
    way = models.CharField(_("how"), max_length=12, choices=Way, blank=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=pgettext_lazy("of an act", "who"),
    )
    name = models.CharField(_("name at that time"), max_length=150, blank=True, editable=False)
    why = models.CharField(_("why"), max_length=300, blank=True, editable=False)
    undoes = models.UUIDField(_("undoes"), null=True, editable=False)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("history", "act")
        verbose_name_plural = pgettext_lazy("history", "acts")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index("at", name="act_by_moment"),
            models.Index("undoes", name="act_by_undone", condition=models.Q(undoes__isnull=False)),
        ]

    def __str__(self):
        return self.why or str(self.get_way_display())


class Entry(models.Model):
    """One row that was made, changed or deleted in an act.

    `before` and `after` hold columns as the database has them: all of them where the row came or went, else those that
    changed. `root` and `root_key` name the record it is part of, `left_key` the one it was part of before.
    """

    class What(models.TextChoices):
        MADE = "made", pgettext_lazy("history", "made")
        CHANGED = "changed", pgettext_lazy("history", "changed")
        DELETED = "deleted", pgettext_lazy("history", "deleted")

    act = models.ForeignKey(
        Act,
        on_delete=models.CASCADE,
        db_constraint=False,  # the trigger writes both; asked row by row it would cost what the row itself costs
        related_name="entries",
        editable=False,
        verbose_name=pgettext_lazy("history", "act"),
    )
    label = models.CharField(_("kind of record"), max_length=40, editable=False)
    key = models.BigIntegerField(_("key"), editable=False)
    what = models.CharField(_("what was done"), max_length=7, choices=What, editable=False)
    root = models.CharField(_("part of"), max_length=40, editable=False)
    root_key = models.BigIntegerField(_("key of the record"), null=True, editable=False)
    left_key = models.BigIntegerField(_("key of the record it left"), null=True, editable=False)
    union_key = models.BigIntegerField(_("union"), null=True, editable=False)
    before = models.JSONField(_("before"), null=True, editable=False)
    after = models.JSONField(_("after"), null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("change in the history")
        verbose_name_plural = _("history")
        ordering = ["-pk"]
        indexes = [
            models.Index("label", "key", name="entry_by_row"),
            models.Index("root", "root_key", name="entry_by_record"),
            models.Index("root", "left_key", name="entry_by_left", condition=models.Q(left_key__isnull=False)),
            models.Index("id", name="entry_of_what_went", condition=models.Q(what="deleted")),
            models.Index("union_key", name="entry_by_union", condition=models.Q(union_key__isnull=False)),
        ]

    def __str__(self):
        return f"{self.get_what_display()}: {self.model._meta.verbose_name}"

    @cached_property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def kind(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def row(self) -> tuple[str, int]:
        return self.label, self.key

    @property
    def record(self) -> tuple[str, int | None]:
        return self.root, self.root_key
