"""What an activity was to cost and what it did cost. Never adds across currencies, never turns one into another."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import CostQuerySet
from unionrelations.accounts.models import Union
from unionrelations.kit.records import Record

from .activities import Activity

HOME_CURRENCY = "VND"
CURRENCY = RegexValidator(r"^[A-Z]{3}\Z", _("A currency is written with three capitals, such as VND, USD or EUR."))
NOT_NEGATIVE = MinValueValidator(0, _("An amount of money is not below 0."))


class AmountField(models.DecimalField):
    """An amount in the row's own currency. Null means that nobody wrote it down: unknown, never 0."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_digits": 15, "decimal_places": 2, "null": True, "blank": True}
        super().__init__(*args, **kwargs)

    @property
    def validators(self):
        return [*super().validators, NOT_NEGATIVE]


class Cost(Record):
    """One item of money of a union in an activity; `rate` is the đồng one unit of a foreign currency was worth."""

    class Source(models.TextChoices):
        STATE = "state", _("state budget")
        UNION = "union", _("union finance")
        PARTNER = "partner", _("covered by the partner")
        SELF = "self", _("self-funded")
        SPONSOR = "sponsor", _("sponsor")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="costs", verbose_name=_("activity"))
    union = models.ForeignKey(
        Union,
        on_delete=models.PROTECT,
        related_name="costs",
        verbose_name=_("union whose accounts it stands in"),
        help_text=_("Money is read by this union and those above it, not by others that took part."),
    )
    item = models.CharField(
        _("cost item"), max_length=200, help_text=_("Such as air tickets, hotel or interpretation.")
    )
    estimate = AmountField(_("estimate"))
    settlement = AmountField(_("settlement"), help_text=_("What was really spent. Empty until it is settled."))
    currency = models.CharField(_("currency"), max_length=3, default=HOME_CURRENCY, validators=[CURRENCY])
    rate = models.DecimalField(
        _("exchange rate"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Đồng for one unit of a foreign currency, as the papers say."),
    )
    source = models.CharField(_("paid from"), max_length=20, choices=Source, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = CostQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        ordering = ["activity", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(estimate__isnull=False) | Q(settlement__isnull=False),
                name="a_cost_has_an_amount",
                violation_error_message=_("Write the estimate, the settlement or both."),
            ),
            models.CheckConstraint(
                condition=(Q(estimate__isnull=True) | Q(estimate__gte=0))
                & (Q(settlement__isnull=True) | Q(settlement__gte=0)),
                name="a_cost_is_not_negative",
                violation_error_message=_("An amount of money is not below 0."),
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
                name="a_currency_has_three_capitals",
                violation_error_message=CURRENCY.message,
            ),
            models.CheckConstraint(
                condition=Q(rate__isnull=True) | (Q(rate__gt=0) & ~Q(currency=HOME_CURRENCY)),
                name="only_a_foreign_currency_has_a_rate",
                violation_error_message=_("A rate stands above 0 and beside a foreign currency only; đồng needs none."),
            ),
        ]

    def __str__(self):
        return self.item

    @staticmethod
    def total(amounts) -> Decimal | None:
        """The sum of those written down; None where none is."""
        stated = [one for one in amounts if one is not None]
        return sum(stated, Decimal(0)) if stated else None
