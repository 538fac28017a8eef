"""How our offices work: days off and working days that were exchanged, and how patient a union is.

Never knows what is due, nor today.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.accounts.querysets import OfficeDayQuerySet, ReminderSettingsQuerySet
from unionrelations.kit.records import Record
from unionrelations.kit.windows import day_in_words

from .unions import Union

_A_DAY_OF_EVERY_YEAR = (
    Q(plan_month__in=(1, 3, 5, 7, 8, 10, 12), plan_day__range=(1, 31))
    | Q(plan_month__in=(4, 6, 9, 11), plan_day__range=(1, 30))
    | Q(plan_month=2, plan_day__range=(1, 28))
)


class NumberedLater(Record):
    """A record of a table that began without edit numbers; the database fills in what older code does not know of."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True, db_default=Now())
    changed_at = models.DateTimeField(_("last changed"), auto_now=True, db_default=Now())
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        abstract = True


class OfficeDay(NumberedLater):
    """A day on which offices do otherwise than the calendar says: off, or working in exchange. Shared by all unions."""

    class Kind(models.TextChoices):
        OFF = "off", _("day off")
        WORKING = "working", _("working day")

    day = models.DateField(
        _("day"), unique=True, error_messages={"unique": _("This day is already entered. Change it instead.")}
    )
    kind = models.CharField(pgettext_lazy("of a day", "kind"), max_length=10, choices=Kind)
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Such as “exchanged for Saturday 22 August”.")
    )

    objects = OfficeDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day off or working day")
        verbose_name_plural = _("days off and working days")
        ordering = ["-day"]

    def __str__(self):
        return f"{day_in_words(self.day)}: {self.get_kind_display()}"


class ReminderSettings(NumberedLater):
    """What a union wants to be reminded of, and when; it holds for the unions below that have none of their own."""

    union = models.OneToOneField(Union, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("union"))
    quiet_months = models.PositiveSmallIntegerField(
        _("months without contact"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("After so many months a partner counts as not heard of. Empty: as the house has it."),
    )
    plan_month = models.PositiveSmallIntegerField(
        _("plan handed in by: month"), null=True, blank=True, help_text=_("1 to 12. Empty: as the house has it.")
    )
    plan_day = models.PositiveSmallIntegerField(
        _("plan handed in by: day"), null=True, blank=True, help_text=_("The day of that month, of the year before.")
    )

    objects = ReminderSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminders of a union")
        verbose_name_plural = _("reminders of unions")
        ordering = ["union"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_months__isnull=True) | Q(quiet_months__range=(1, 120)),
                name="quiet_months_within_reason",
                violation_error_message=_("Between 1 and 120 months."),
            ),
            models.CheckConstraint(
                condition=Q(plan_month__isnull=True, plan_day__isnull=True)
                | (Q(plan_month__isnull=False, plan_day__isnull=False) & _A_DAY_OF_EVERY_YEAR),
                name="plans_are_due_on_a_day_of_every_year",
                violation_error_message=_("Give month and day of a day that every year has, or neither."),
            ),
        ]

    def __str__(self):
        return str(self.union)

    @property
    def not_asked(self) -> set[str]:
        """What is left open is as the union above has it, which is not unknown."""
        return {name for name in ("quiet_months", "plan_month", "plan_day") if getattr(self, name) is None}
