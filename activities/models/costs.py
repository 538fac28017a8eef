"""What an activity was to cost and what it did cost. Never guesses a rate: without one, nobody knows the đồng."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import CostQuerySet
from partners.models import Partner
from unionrelations.accounts.models import Union
from unionrelations.kit.money import HOME_CURRENCY, Amount
from unionrelations.kit.records import Record

from .activities import Activity

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
    rate_day = models.DateField(_("rate of which day"), null=True, blank=True)
    rate_source = models.CharField(
        _("rate said by"),
        max_length=200,
        blank=True,
        db_default="",
        default="",
        help_text=_("Such as the bank, or the Ministry of Finance's notice."),
    )
    source = models.CharField(_("paid from"), max_length=20, choices=Source, blank=True)
    payer_union = models.ForeignKey(
        Union,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="paid_costs",
        verbose_name=_("union that pays"),
        help_text=_("Where it is not the one whose accounts it stands in."),
    )
    payer_partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="paid_costs",
        verbose_name=_("partner that pays"),
    )
    over_reason = models.CharField(
        _("reason where more was spent"),
        max_length=300,
        blank=True,
        db_default="",
        default="",
        help_text=_("Why the settlement is above the estimate."),
    )
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
            models.CheckConstraint(
                condition=Q(rate__isnull=False) | Q(rate_day__isnull=True, rate_source=""),
                name="a_day_and_a_source_are_of_a_rate",
                violation_error_message=_("Write the rate itself, or leave its day and source empty as well."),
            ),
            models.CheckConstraint(
                condition=Q(payer_union__isnull=True) | Q(payer_partner__isnull=True),
                name="a_cost_has_one_payer",
                violation_error_message=_("Either a union or a partner pays an item; enter two items where both do."),
            ),
        ]

    def __str__(self):
        return self.item

    def clean(self):
        """More spent than estimated needs a reason, as soon as somebody enters or changes one of the two.

        An item that was kept before the house asked stays as it is until then, whatever else of it is changed.
        """
        super().clean()
        if not self.is_over or self.over_reason.strip():
            return
        kept = type(self)._base_manager.filter(pk=self.pk).values_list("estimate", "settlement").first()
        if kept != (self.estimate, self.settlement):
            raise ValidationError(
                {"over_reason": _("More was spent than estimated: write the reason, in a few words.")}
            )

    @property
    def is_over(self) -> bool:
        return self.estimate is not None and self.settlement is not None and self.settlement > self.estimate

    @property
    def payer(self) -> Union | Partner | None:
        """Who pays, where that is said."""
        return self.payer_union or self.payer_partner

    def amount_of(self, column: str) -> Amount | None:
        """Its estimate or its settlement; None where nobody wrote that down."""
        stated = getattr(self, column)
        return None if stated is None else Amount(stated, self.currency, self.rate)

    @staticmethod
    def total(amounts) -> Decimal | None:
        """The sum of those written down; None where none is."""
        stated = [one for one in amounts if one is not None]
        return sum(stated, Decimal(0)) if stated else None
