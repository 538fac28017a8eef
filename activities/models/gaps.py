"""Why a published figure and the records differ, in the words of whoever knows. Never worked out, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from activities.querysets import GapExplanationQuerySet
from unionrelations.kit.records import Record

from .figures import ReportedFigure

if TYPE_CHECKING:
    from datetime import datetime

    from unionrelations.accounts.models import User

MOST = 9_999_999
SAYS_NOTHING = _("A number of 0 explains nothing. Write how many, or leave the explanation out.")
TOO_MANY = _("An explanation is of at most 9,999,999; check the number.")


class GapExplanation(Record):
    """One part of the gap of an exact figure: above 0 where the source holds more than is logged, below 0 where less.

    It is said by whoever wrote it last: the form notes them, and nobody types it.
    """

    class Reason(models.TextChoices):
        UNNAMED = "unnamed", _("held, but nobody can name them")
        OTHER_RULE = "other_rule", _("counted by another rule")
        DUPLICATE = "duplicate", _("counted twice in the source")
        ERROR = "error", _("error in the report")

    figure = models.ForeignKey(
        ReportedFigure, on_delete=models.CASCADE, related_name="explanations", verbose_name=_("published figure")
    )
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    number = models.IntegerField(
        _("how many"),
        validators=[MinValueValidator(-MOST, TOO_MANY), MaxValueValidator(MOST, TOO_MANY)],
        help_text=_(
            "Above 0 where the published figure holds more than is logged; below 0, such as -3, where it holds less."
        ),
    )
    note = models.CharField(
        _("how this is known"), max_length=500, help_text=_("Who said so, or which paper. It stands in the report.")
    )

    objects = GapExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = _("explanation of a gap")
        verbose_name_plural = _("explanations of gaps")
        ordering = ["figure", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(number=0), name="an_explanation_is_of_some", violation_error_message=SAYS_NOTHING
            ),
            models.CheckConstraint(
                condition=Q(number__range=(-MOST, MOST)),
                name="an_explanation_within_reason",
                violation_error_message=TOO_MANY,
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="an_explanation_says_how_it_is_known",
                violation_error_message=_("Write how this is known: who said so, or which paper."),
            ),
        ]

    def __str__(self):
        return f"{self.get_reason_display()}: {self.signed}"

    @property
    def signed(self) -> str:
        """The number with its sign, so that a part of a gap is not read as a figure."""
        number = formats.number_format(self.number, use_l10n=True, force_grouping=True)
        return f"+{number}" if self.number > 0 else number

    @property
    def said_by(self) -> User | None:
        return self.changed_by

    @property
    def said_at(self) -> datetime:
        return self.changed_at

    def clean(self):
        super().clean()
        if hasattr(self, "figure") and not self.figure.may_have_gap:
            raise ValidationError(ReportedFigure.NO_GAP)
