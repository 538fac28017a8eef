"""Terms between congresses. Never knows today: which term is current, the caller's day decides."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import TermQuerySet
from unionrelations.accounts.models import Union
from unionrelations.kit.constraints import NoOverlap
from unionrelations.kit.periods import Period
from unionrelations.kit.records import Record

NAME = RegexValidator(r"^\d{4}-\d{4}$", _("A term is named by its years, such as 2018-2023."))


class Term(Record):
    """From the closing day of one congress to the day before the next closes; runs on while that is not known.

    Congress days and terms: the confederation's XI, XII and XIII congresses; an administrator enters later ones.
    """

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="terms", verbose_name=_("union"))
    name = models.CharField(_("name"), max_length=9, validators=[NAME], help_text=_("Its years, such as 2018-2023."))
    congress = models.CharField(_("congress"), max_length=120, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty while it runs on."))
    note = models.TextField(_("remark"), blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["union", "-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="term_ends_after_it_begins",
                violation_error_message=_("A term cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["union", "name"],
                name="one_term_of_a_name_in_a_union",
                violation_error_message=_("This union already has a term of this name."),
            ),
            NoOverlap(
                within="union",
                first="first_day",
                last="last_day",
                name="terms_of_a_union_do_not_overlap",
                violation_error_message=_("These days overlap another term of the same union. Check both terms' days."),
            ),
        ]

    def __str__(self):
        return self.name.replace("-", "–")

    def clean(self):
        if self.name and Period.named(self.name) is None:
            raise ValidationError({"name": _("The second year of a term's name cannot lie before the first.")})

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day)

    @property
    def named_years(self) -> Period:
        """1 January of the first named year to 31 December of the last: which printed years stand beside it."""
        first, last = self.name.split("-")
        return Period.years(int(first), int(last))

    def natural_key(self):
        return (self.union.code, self.name)

    natural_key.dependencies = ["accounts.union"]
