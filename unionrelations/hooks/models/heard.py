"""How far the history was listened to. Never knows what was heard: see `unionrelations/hooks/hearing.py`."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _


class Heard(models.Model):
    """How far the history was listened to, for all hooks: one row.

    `ahead` is reached once all that wrote before `ahead_of` have ended.
    """

    upto = models.BigIntegerField(default=0, editable=False)
    ahead = models.BigIntegerField(default=0, editable=False)
    ahead_of = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("place in the history")
        verbose_name_plural = _("places in the history")

    def __str__(self):
        return str(self.upto)

    @classmethod
    def skip(cls) -> None:
        """To where the history stands now."""
        last = apps.get_model("history", "Entry")._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        cls._base_manager.update_or_create(pk=1, defaults={"upto": last, "ahead": last, "ahead_of": None})
