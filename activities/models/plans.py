"""What a union means to do: a plan and its lines. Never counted: only what was held is."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import PlanLineQuerySet, PlanQuerySet
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import Findable
from unionrelations.kit.records import Record

from .activities import Activity
from .documents import SourceDocument


class Plan(Findable, Record):
    """A union's plan. Read by the unions below as well: they make theirs from it."""

    found_by = ("title",)

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="plans", verbose_name=_("union"))
    title = models.CharField(pgettext_lazy("of a plan", "title"), max_length=300)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    standing_unit = models.CharField(
        _("standing unit"), max_length=200, blank=True, help_text=_("The department that keeps and urges it.")
    )
    document = models.ForeignKey(
        SourceDocument,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans",
        verbose_name=_("source document"),
    )
    place = models.CharField(_("place in it"), max_length=120, blank=True)
    note = models.TextField(_("remark"), blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-first_day", "union", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="plan_ends_after_it_begins",
                violation_error_message=_("A plan cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["union", "title"],
                name="one_plan_of_a_title_in_a_union",
                violation_error_message=_("This union already has a plan of this title."),
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.union.code, self.title)

    natural_key.dependencies = ["accounts.union", "activities.sourcedocument"]


class PlanLine(Findable, Record):
    """One thing a plan says is to be done, by whom and by which month."""

    found_by = ("title", "lead_unit", "cooperating_units")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines", verbose_name=_("plan"))
    title = models.CharField(pgettext_lazy("of a plan", "title"), max_length=300)
    lead_unit = models.CharField(_("lead unit"), max_length=200, blank=True)
    cooperating_units = models.TextField(_("cooperating units"), blank=True, help_text=_("One a line."))
    completion = models.DateField(
        _("to be completed by"), null=True, blank=True, help_text=_("The last day of the month or year named.")
    )
    completion_words = models.CharField(_("completion as written"), max_length=120, blank=True)
    activity = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plan_lines",
        verbose_name=_("activity it became"),
    )
    place = models.CharField(_("place in the document"), max_length=120, blank=True)
    note = models.TextField(_("remark"), blank=True)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of plans")
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "title"],
                name="a_plan_names_a_thing_once",
                violation_error_message=_("This plan already has a line of this title."),
            )
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (*self.plan.natural_key(), self.title)

    natural_key.dependencies = ["activities.plan", "activities.conference"]
