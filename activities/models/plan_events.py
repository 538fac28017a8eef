"""What happened with a plan, step by step, and the approved versions as they were. Never changed, never recounted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import PlanEventQuerySet

from .plan_lines import PlanLine
from .plans import Plan

# Of a line, what was approved; records by their names of that day, since these may change.
APPROVED = (
    *("kind", "direction", "title", "partner", "country", "starts_on", "ends_on", "precision", "date_words"),
    *("people", "estimate", "currency", "paid_from", "lead_unit", "cooperating_units", "completion"),
    *("completion_words", "place", "note", "refusal"),
)
MONEY = frozenset({"estimate", "currency", "paid_from"})


class KeptEvent(Exception):
    """A step that was taken stays as it was taken."""


class PlanEvent(models.Model):
    """A step: by whom, when and why. An approval, or the revision of a document, keeps the lines of that version."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("of a plan", "submitted")
        RETURNED = "returned", pgettext_lazy("of a plan", "returned")
        APPROVED = "approved", pgettext_lazy("of a plan", "approved")
        REVISED = "revised", pgettext_lazy("of a plan", "opened for revision")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="events", verbose_name=_("plan"))
    kind = models.CharField(pgettext_lazy("of a plan", "what was done"), max_length=10, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("on behalf of"),
        editable=False,
    )
    at = models.DateTimeField(_("done at"))
    note = models.TextField(pgettext_lazy("of a plan", "reason or remark"), blank=True)
    number = models.PositiveIntegerField(pgettext_lazy("of a plan", "approved version"), null=True)
    lines: Any = models.JSONField(_("lines as approved"), null=True, encoder=DjangoJSONEncoder)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    objects = PlanEventQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a plan", "step taken with a plan")
        verbose_name_plural = pgettext_lazy("of a plan", "steps taken with plans")
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_version_of_a_plan_is_kept_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, lines__isnull=True, sha256="")
                | Q(number__isnull=False, lines__isnull=False) & ~Q(sha256=""),
                name="a_version_of_a_plan_is_kept_whole",
            ),
        ]

    def __str__(self):
        return f"{self.plan}: {self.get_kind_display()}"

    def save(self, *args, **kwargs):
        if self.pk and self.number is None:
            raise KeptEvent
        super().save(*args, **kwargs)

    @property
    def persons(self) -> set[int]:
        """Who took the step, and in whose name."""
        return {one for one in (self.by_id, self.on_behalf_of_id) if one is not None}

    def freeze(self, lines: Iterable[PlanLine], number: int) -> None:
        """Keeps the lines as they are now, with a sum over them; once."""
        if self.number is not None:
            raise KeptEvent
        self.number, self.lines = number, [approved_of(one) for one in lines]
        self.sha256 = sum_over(self.lines)
        self.save()

    @property
    def is_whole(self) -> bool:
        """Whether the lines are still those that were kept."""
        return self.sha256 == sum_over(self.lines)

    def lines_for(self, *, with_money: bool) -> list[dict]:
        return (
            self.lines
            if with_money
            else [{name: value for name, value in one.items() if name not in MONEY} for one in self.lines]
        )


def approved_of(line: PlanLine) -> dict[str, Any]:
    """What a line says, in values that a column of JSON gives back as they were."""
    told: dict[str, Any] = {"line": line.pk}
    for name in APPROVED:
        value = getattr(line, name)
        value = value.name if isinstance(value, models.Model) else value
        told[name] = value if value is None or isinstance(value, int | str) else str(value)
    return json.loads(json.dumps(told, cls=DjangoJSONEncoder))


def sum_over(lines: Any) -> str:
    written = json.dumps(lines, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(written.encode()).hexdigest()
