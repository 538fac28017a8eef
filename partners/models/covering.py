"""Which officer of ours looks after which partner. Never knows what they did together."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.querysets import CoverageQuerySet
from unionrelations.accounts.models import Officer

from .partners import Partner


class Coverage(models.Model):
    """An officer in charge of a partner; each union may have its own."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="coverages", verbose_name=_("partner"))
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="coverages", verbose_name=_("officer"))
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("officer in charge of a partner")
        verbose_name_plural = _("officers in charge of partners")
        ordering = ["partner", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "officer"],
                name="an_officer_covers_a_partner_once",
                violation_error_message=_("This officer is already in charge of this partner."),
            )
        ]

    def __str__(self):
        return str(self.officer)
