"""The people of our unions who do external-affairs work. Never knows where they went: members of a delegation do."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.accounts.querysets import OfficerLanguageQuerySet, OfficerQuerySet
from unionrelations.kit.folding import Findable
from unionrelations.kit.records import Record
from unionrelations.kit.sorting import ByName

from .unions import Union


class Officer(Findable, Record):
    """A leader or officer of a union. Whether the work is full-time is null where nobody said."""

    found_by = ("name", "name_plain")

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="officers", verbose_name=_("union"))
    name = models.CharField(_("name"), max_length=120)
    name_plain = models.CharField(_("name as written abroad"), max_length=120, blank=True)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=200, blank=True)
    full_time = models.BooleanField(
        _("full-time"), null=True, blank=True, help_text=_("Full-time on external affairs; unknown where nobody said.")
    )
    trainings = models.TextField(_("trainings attended"), blank=True, help_text=_("One a line."))
    note = models.TextField(_("remark"), blank=True)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        ordering = [ByName("name"), "pk"]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="officer_names_trgm")]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "name"],
                name="one_officer_of_a_name_in_a_union",
                violation_error_message=_("This union already has an officer of this name."),
            )
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.union.code, self.name)

    natural_key.dependencies = ["accounts.union"]


class OfficerLanguage(models.Model):
    """A foreign language an officer has, and how well."""

    class Level(models.TextChoices):
        BASIC = "basic", pgettext_lazy("language level", "basic")
        WORKING = "working", pgettext_lazy("language level", "working")
        FLUENT = "fluent", pgettext_lazy("language level", "fluent")

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="languages", verbose_name=_("officer"))
    language = models.CharField(_("language"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)

    objects = OfficerLanguageQuerySet.as_manager()

    class Meta:
        verbose_name = _("language of an officer")
        verbose_name_plural = _("languages of officers")
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "language"],
                name="an_officer_lists_a_language_once",
                violation_error_message=_("This language is already listed."),
            )
        ]

    def __str__(self):
        return self.language
