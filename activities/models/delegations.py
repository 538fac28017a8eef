"""Delegations sent and received. Own people stand in the unions' roles, guests here. Days are derived, never typed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.kit.records import HeadcountField, people_within_reason

from .activities import Activity


class Delegation(Activity):
    class Direction(models.TextChoices):
        OUT = "out", _("outbound")
        IN = "in", _("inbound")

    KIND = Activity.Kind.DELEGATION

    direction = models.CharField(pgettext_lazy("of a delegation", "direction"), max_length=3, choices=Direction)
    guests = HeadcountField(
        _("international guests"), help_text=_("Inbound only. Leave empty where nobody wrote it down.")
    )

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            people_within_reason("guests"),
            models.CheckConstraint(
                condition=models.Q(direction="in") | models.Q(guests__isnull=True),
                name="only_an_inbound_delegation_has_guests",
                violation_error_message=_(
                    "An outbound delegation has no guests; its own people stand with each union."
                ),
            ),
        ]

    def category(self) -> str:
        outbound = self.direction == self.Direction.OUT
        return self.Category.DELEGATION_OUT if outbound else self.Category.DELEGATION_IN

    @property
    def not_asked(self) -> tuple[str, ...]:
        """Fields that mean nothing for this one."""
        return () if self.direction == self.Direction.IN else ("guests",)

    @property
    def headcount(self) -> int | None:
        """Guests of an inbound delegation, own people of an outbound one as far as the reader sees them."""
        return self.guests if self.direction == self.Direction.IN else getattr(self, "people_in_reach", None)

    @property
    def head(self):
        """The member who leads it, or None where nobody is named."""
        return next((one for one in self.members.all() if one.is_head), None)
