"""What people of a union said once and need not say again: which column a heading is, and whom a name means."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Union
from unionrelations.kit.scoping import ScopedQuerySet


class RememberedQuerySet(ScopedQuerySet):
    scope_path = "union"


class RememberedHeadings(models.Model):
    """The columns of one shape of table: the same headings in any order."""

    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="+", verbose_name=_("union"))
    entity = models.SlugField()
    shape = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)  # folded heading → column

    objects = RememberedQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered headings")
        verbose_name_plural = _("remembered headings")
        constraints = [
            models.UniqueConstraint(fields=["union", "entity", "shape"], name="headings_of_a_shape_are_remembered_once")
        ]

    def __str__(self):
        return f"{self.entity}: {', '.join(self.columns)}"

    @staticmethod
    def shape_of(headings: Iterable[str]) -> str:
        """The same for the same folded headings, in whatever order."""
        return hashlib.sha256("\x1f".join(sorted(headings)).encode()).hexdigest()


class RememberedName(models.Model):
    """Whom a name means in a union's files, where it could not be made one of the record's own names."""

    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="+", verbose_name=_("union"))
    question = models.CharField(max_length=400)  # the table and the folded name
    answer = models.CharField(max_length=20)  # the record's key

    objects = RememberedQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered name")
        verbose_name_plural = _("remembered names")
        constraints = [models.UniqueConstraint(fields=["union", "question"], name="a_name_is_remembered_once")]

    def __str__(self):
        return f"{self.question} → {self.answer}"
