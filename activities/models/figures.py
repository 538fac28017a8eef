"""Figures others published, and what speakers asked for, as printed. Never added up, never corrected, never counted."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import ProposalQuerySet, ReportedFigureQuerySet
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import Findable
from unionrelations.kit.periods import Period
from unionrelations.kit.records import Record
from unionrelations.kit.windows import EARLIEST, LATEST

from .activities import Activity
from .documents import SourceDocument


class Indicates(models.TextChoices):
    """What a figure is a figure of. `activities.reports` counts each; an empty one is context and in no report."""

    DELEGATIONS_OUT = "delegations_out", _("Outbound delegations")
    OFFICIALS_OUT = "officials_out", _("Person-trips of outbound delegations")
    DELEGATIONS_OUT_ONLINE = "delegations_out_online", _("Outbound delegations held online")
    DELEGATIONS_IN = "delegations_in", _("Inbound delegations")
    GUESTS_IN = "guests_in", _("International guests")
    CONFERENCES_HOSTED = "conferences_hosted", _("International conferences and workshops hosted")
    CONFERENCES_ABROAD = "conferences_abroad", _("Conferences attended abroad")
    OFFICIALS_CONFERENCES_ABROAD = "officials_conferences_abroad", _("Person-trips to conferences abroad")
    CONFERENCES_HOME = "conferences_home", _("International conferences attended in the country")
    OFFICIALS_CONFERENCES_HOME = "officials_conferences_home", _("Person-trips to conferences in the country")
    MEETINGS = "meetings", _("Talks, courtesy calls and dialogues")
    COURSES = "courses", _("Courses")
    TRAINEES = "trainees", _("Trainees")
    CERTIFICATES = "certificates", _("Certificates")
    AGREEMENTS_SIGNED = "agreements_signed", _("Agreements signed")
    PARTNERS = "partners", _("Partners worked with")
    COUNTRIES = "countries", pgettext_lazy("indicator", "Countries")
    ACTIVITIES = "activities", _("Activities in total")


class ReportedFigure(Findable, Record):
    """A number as a document printed it, with its own period and doubt.

    `low` and `high` bound it: equal for exact and approximate figures; `high` null for "more than", `low` null for
    "fewer than", both null for a vague word such as "hundreds", which is no number at all.
    """

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exact")
        MORE = "gt", _("more than")
        FEWER = "lt", _("fewer than")
        ABOUT = "approx", _("about")
        VAGUE = "vague", _("no number")

    NO_GAP = _("Only an exact figure with an indicator has a gap to explain.")

    found_by = ("printed", "note")

    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="figures", verbose_name=_("source document")
    )
    place = models.CharField(_("place in it"), max_length=120, help_text=_("Such as “paragraph 3”."))
    union = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="reported_figures", verbose_name=_("union it tells of")
    )
    indicator = models.CharField(
        _("indicator"),
        max_length=40,
        choices=Indicates,
        blank=True,
        help_text=_("Empty for a figure of context, which stands in no report."),
    )
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    low = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    high = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    printed = models.CharField(_("words as printed"), max_length=60)
    first_day = models.DateField(_("period from"))
    last_day = models.DateField(_("period to"))
    period_printed = models.CharField(_("period as printed"), max_length=60)
    subset_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subsets",
        verbose_name=_("subset of"),
        help_text=_("Where the source counts it within another figure."),
    )
    note = models.TextField(_("remark"), blank=True)

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["union", "first_day", "last_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="figure_period_ends_after_it_begins",
                violation_error_message=_("The period's last day lies before its first."),
            ),
            models.CheckConstraint(
                condition=Q(qualifier__in=["exact", "approx"], low__isnull=False, high__isnull=False, high=F("low"))
                | Q(qualifier="gt", low__isnull=False, high__isnull=True)
                | Q(qualifier="lt", low__isnull=True, high__isnull=False)
                | Q(qualifier="vague", low__isnull=True, high__isnull=True),
                name="figure_bounds_match_the_qualifier",
                violation_error_message=_(
                    "The bounds do not fit the qualifier: exact and about take the same number twice, more than only "
                    "the lower, fewer than only the upper, no number neither."
                ),
            ),
            models.UniqueConstraint(
                fields=["document", "place", "union", "indicator", "printed"],
                name="a_figure_is_entered_once",
                violation_error_message=_("This figure is already entered from this place of the document."),
            ),
        ]

    def __str__(self):
        return f"{self.printed} ({self.period_printed})"

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day)

    @property
    def exact_value(self) -> int | None:
        """The number where it is exact; a qualifier never becomes a number."""
        return self.low if self.qualifier == self.Qualifier.EXACT else None

    @property
    def may_have_gap(self) -> bool:
        """Whether it can stand beside a counted number and differ from it."""
        return self.exact_value is not None and self.indicator != ""

    def clean(self):
        if self.subset_of_id and self.subset_of_id == self.pk:
            raise ValidationError({"subset_of": _("A figure cannot be a subset of itself.")})
        if self.pk and not self.may_have_gap and self.explanations.exists():
            raise ValidationError(
                _("Its gap is explained, so it stays exact and keeps an indicator. Remove the explanations first.")
            )

    def natural_key(self):
        return (self.document.code, self.place, self.union.code, self.indicator, self.printed)

    natural_key.dependencies = ["activities.sourcedocument", "accounts.union"]


class Proposal(Findable, Record):
    """What a speaker asked for, where, as recorded by a document, and what became of it.

    The day it was made is not held: the activity it was made at tells it, else the day the document was published.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("of a proposal", "open")
        UNDER_WAY = "under_way", pgettext_lazy("of a proposal", "under way")
        ACCEPTED = "accepted", pgettext_lazy("of a proposal", "accepted")
        DECLINED = "declined", pgettext_lazy("of a proposal", "declined")
        DONE = "done", pgettext_lazy("of a proposal", "done")

    found_by = ("speaker", "text")
    named_by = ("text",)

    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("source document")
    )
    place = models.CharField(_("place in it"), max_length=120)
    activity = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
        verbose_name=_("made at"),
    )
    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("union"))
    speaker = models.CharField(_("speaker"), max_length=120, blank=True, help_text=_("Empty where not named."))
    speaker_title = models.CharField(_("title of the speaker"), max_length=200, blank=True)
    text = models.TextField(_("what was asked for"))
    outcome = models.CharField(
        pgettext_lazy("of a proposal", "outcome"), max_length=20, choices=Outcome, default=Outcome.OPEN
    )
    outcome_on = models.DateField(
        _("day of that"), null=True, blank=True, help_text=_("When it was answered or done; empty where not known.")
    )
    outcome_note = models.CharField(
        _("how this is known"), max_length=300, blank=True, help_text=_("Such as the letter that answered it.")
    )
    note = models.TextField(_("remark"), blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["union", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "union", "text"],
                name="a_proposal_is_entered_once",
                violation_error_message=_("This proposal is already entered from this document."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="open") | Q(outcome_on__isnull=False) | ~Q(outcome_note=""),
                name="an_outcome_says_how_it_is_known",
                violation_error_message=_("Write the day on which that became of it, or how it is known."),
            ),
            models.CheckConstraint(
                condition=Q(outcome_on__isnull=True) | ~Q(outcome="open"),
                name="only_an_outcome_has_a_day",
                violation_error_message=_(
                    "An open proposal has no such day yet. Choose what became of it, or leave the day empty."
                ),
            ),
            models.CheckConstraint(
                condition=Q(outcome_on__isnull=True) | Q(outcome_on__range=(EARLIEST, LATEST)),
                name="proposal_lies_within_living_memory",
                violation_error_message=_("A year lies before 1900 or after 2100. Check the dates."),
            ),
        ]

    def clean(self):
        super().clean()
        if self.activity_id and self.activity.is_restricted:
            raise ValidationError(
                {"activity": _("Access to that activity is restricted, so no published paper names it.")}
            )

    def __str__(self):
        return self.text[:80]

    def natural_key(self):
        return (self.document.code, self.union.code, self.text)

    natural_key.dependencies = ["activities.sourcedocument", "activities.conference"]
