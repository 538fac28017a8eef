"""Which activity carries out which agreement. Never knows what the agreement says."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.querysets import CarriedOutQuerySet
from partners.models import Agreement

from .activities import Activity


class CarriedOut(models.Model):
    """An activity that was done because an agreement says so."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="carries_out", verbose_name=_("activity")
    )
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="carried_out", verbose_name=_("agreement")
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = CarriedOutQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity under an agreement")
        verbose_name_plural = _("activities under agreements")
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "activity"],
                name="an_activity_carries_out_an_agreement_once",
                violation_error_message=_("This activity is already listed under this agreement."),
            )
        ]

    def __str__(self):
        return str(self.activity)
