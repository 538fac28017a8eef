"""The lines of a plan. What became of them stands in `realisations`.

A line knows when, with whom and for how much it is meant. What is not written down is null: unknown, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.querysets import PlanLineQuerySet
from partners.models import Country, Partner
from unionrelations.kit.folding import Findable
from unionrelations.kit.periods import Period, a_year_after, month_end
from unionrelations.kit.records import HeadcountField, Record, people_within_reason
from unionrelations.kit.windows import MONTHS_IN, Dated, Precision, refuse_misaligned, window_around

from .activities import Activity
from .costs import CURRENCY, HOME_CURRENCY, AmountField, Cost
from .delegations import Delegation
from .plans import Plan

if TYPE_CHECKING:
    from .realisations import Realisation


class Outcome(models.TextChoices):
    """What became of a line; exactly one of them, worked out and never typed."""

    HELD = "held", pgettext_lazy("of a line of a plan", "done")
    OUTSTANDING = "outstanding", pgettext_lazy("of a line of a plan", "outstanding")
    DROPPED = "dropped", pgettext_lazy("of a line of a plan", "dropped")


class PlanLine(Findable, Dated, Record):
    """One thing a plan says is to be done: what, with whom, when, by how many, for how much, by whom."""

    found_by = ("title", "lead_unit", "cooperating_units")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines", verbose_name=_("plan"))
    kind = models.CharField(
        pgettext_lazy("of an activity", "kind"), max_length=20, choices=Activity.Kind, blank=True, db_default=""
    )
    direction = models.CharField(
        pgettext_lazy("of a delegation", "direction"),
        max_length=3,
        choices=Delegation.Direction,
        blank=True,
        db_default="",
        help_text=_("Of a delegation only."),
    )
    title = models.CharField(pgettext_lazy("of a plan", "title"), max_length=300)
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_lines",
        verbose_name=pgettext_lazy("of a plan", "partner"),
    )
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_lines",
        verbose_name=pgettext_lazy("of a plan", "country"),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    precision = models.CharField(
        _("how exact the date is"), max_length=10, choices=Precision, default=Precision.DAY, db_default=Precision.DAY
    )
    date_words = models.CharField(_("date as written"), max_length=120, blank=True, db_default="")
    people = HeadcountField(_("people planned"), help_text=_("Leave empty where not known."))
    estimate = AmountField(_("estimate"), help_text=_("Money is read by the plan's union and those above it."))
    currency = models.CharField(
        _("currency"), max_length=3, default=HOME_CURRENCY, db_default=HOME_CURRENCY, validators=[CURRENCY]
    )
    paid_from = models.CharField(_("source of money"), max_length=20, choices=Cost.Source, blank=True, db_default="")
    lead_unit = models.CharField(_("lead unit"), max_length=200, blank=True)
    cooperating_units = models.TextField(_("cooperating units"), blank=True, help_text=_("One a line."))
    completion = models.DateField(
        _("to be completed by"), null=True, blank=True, help_text=_("The last day of the month or year named.")
    )
    completion_words = models.CharField(_("completion as written"), max_length=120, blank=True)
    place = models.CharField(_("place in the document"), max_length=120, blank=True)
    note = models.TextField(_("remark"), blank=True)
    refusal = models.CharField(_("why it was not approved"), max_length=300, blank=True, db_default="", editable=False)
    # Derived: the first day of the quarter it is planned in; null where it is wider, or not said.
    quarter = models.DateField(_("quarter"), null=True, editable=False)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of plans")
        ordering = ["plan", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            people_within_reason("people"),
            models.UniqueConstraint(
                fields=["plan", "title"],
                name="a_plan_names_a_thing_once",
                violation_error_message=_("This plan already has a line of this title."),
            ),
            models.CheckConstraint(
                condition=Q(direction="") | Q(kind="delegation"),
                name="only_a_planned_delegation_has_a_direction",
                violation_error_message=_("Only a delegation goes out or comes in. Leave the direction empty."),
            ),
            models.CheckConstraint(
                condition=Q(estimate__isnull=True) | Q(estimate__gte=0),
                name="a_planned_cost_is_not_negative",
                violation_error_message=_("An amount of money is not below 0."),
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
                name="a_planned_currency_has_three_capitals",
                violation_error_message=CURRENCY.message,
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (*self.plan.natural_key(), self.title)

    natural_key.dependencies = ["activities.plan", "partners.partner", "partners.country"]

    # --- When

    @property
    def window(self) -> Period | None:
        """The days on which it is to start; of a line that names only its completion, that day."""
        if self.starts_on is not None:
            return super().window
        return None if self.completion is None else Period(self.completion, self.completion)

    @property
    def when(self) -> str:
        return "" if self.starts_on is None else super().when

    def clean(self):
        super().clean()
        if self.plan_id is None and "plan" not in self._state.fields_cache:
            return
        self.plan.refuse_unless_open()
        if self.starts_on is None and self.ends_on is not None:
            raise ValidationError({"ends_on": gettext("A last day needs a first one.")})
        refuse_misaligned(self.starts_on, self.ends_on, self.precision)
        if self.starts_on is not None and not self.plan.period.overlaps(self.window):
            raise ValidationError({"starts_on": gettext("This lies outside the plan, which is of another time.")})

    def save(self, *args, update_fields=None, **kwargs):
        self.quarter = self._quarter()
        if update_fields is not None:
            update_fields = {*update_fields, "quarter"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def _quarter(self) -> date | None:
        return quarter_of(self.window)

    def a_year_on(self, plan: Plan, by) -> PlanLine:
        """The same line of a later plan, a year on and unsaved; of what became of it, nothing."""
        line = copy(self)
        line.pk, line._state.adding, line.version = None, True, 0
        line._state.fields_cache = {}
        line.plan, line.changed_by, line.refusal = plan, by, ""
        line.date_words = line.completion_words = line.place = ""
        if line.starts_on is not None:
            if line.precision in MONTHS_IN:
                whole = window_around(a_year_after(line.starts_on), line.precision)
                line.starts_on, line.ends_on = whole.start, whole.end
            else:
                line.starts_on = a_year_after(line.starts_on)
                line.ends_on = None if line.ends_on is None else a_year_after(line.ends_on)
        if line.completion is not None:
            is_last = line.completion == month_end(line.completion)
            line.completion = month_end(a_year_after(line.completion)) if is_last else a_year_after(line.completion)
        return line

    # --- What became of it; read of rows that were fetched `for_listing`

    @property
    def held(self) -> list[Realisation]:
        return [one for one in self.realised if one.activity.status == Activity.Status.HELD]

    @property
    def held_in(self) -> date | None:
        """The first day of the quarter in which the first of what was held began.

        None where nothing was held, or where its days are too wide to say. The list asks for the same by `held_in`.
        """
        return quarter_of(self.held[0].activity.window) if self.held else None

    @property
    def people_brought(self) -> int | None:
        """People of what was held, as far as known; None where none is, and 0 never stands for that."""
        return total(one.brought for one in self.held)

    @property
    def people_missing(self) -> int:
        """Of how many that were held the headcount is not known, or not whole."""
        return sum(one.is_missing_people for one in self.held)

    @property
    def costs(self) -> list[Cost]:
        """Costs of what it became in the accounts of the plan's union and of those below it."""
        path = self.plan.union.path
        return [cost for one in self.realised for cost in one.activity.every_cost if cost.union.path.startswith(path)]

    @property
    def spent(self) -> dict[str, Decimal | None]:
        """What was settled, by currency; None where costs are kept and none is settled."""
        currencies = sorted({one.currency for one in self.costs})
        return {one: Cost.total(cost.settlement for cost in self.costs if cost.currency == one) for one in currencies}

    @property
    def spent_alike(self) -> Decimal | None:
        """What was settled in the currency of the estimate."""
        return self.spent.get(self.currency)

    @property
    def progress(self) -> int | None:
        """How much of its steps is done, in percent; None where it has none."""
        steps = self.steps.all()
        return round(sum(one.percent for one in steps) / len(steps)) if steps else None


def quarter_of(window: Period | None) -> date | None:
    """The first day of the quarter in which a window lies whole."""
    if window is None:
        return None
    whole = window_around(window.start, Precision.QUARTER)
    return whole.start if whole.covers(window) else None


def total(numbers: Iterable[int | None]) -> int | None:
    """The sum of those known; None where none is."""
    known = [one for one in numbers if one is not None]
    return sum(known) if known else None
