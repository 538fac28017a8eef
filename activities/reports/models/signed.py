"""Reports that go the way to a signature, and what was frozen when they were signed. Never counts, never recounts.

Until it is signed, such a report is a question with a text; its numbers are those of the day it is read. From the
signature on, numbers, rows and words are what they were, and neither a row here nor a file of it changes again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Term
from activities.reports.questions import Only, Question, Rule
from partners.models import Country, Partner
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period
from unionrelations.kit.records import Record
from unionrelations.kit.scoping import ScopedQuerySet


class Kept(Exception):
    """A signed report, or a file of one, is kept as it is: it is neither changed nor deleted."""


class NotNow(Exception):
    """The report has not come so far, or has gone further; the text says so to whoever asked."""


class TermReportQuerySet(ScopedQuerySet):
    scope_path = "union"

    def for_listing(self):
        """Without what was frozen, which is long and which no list reads."""
        named = self.select_related("union", "term", "partner", "country", "drafted_by", "submitted_by", "signed_by")
        return named.defer("figures", "rows", "frame", "text")

    def asking(self, question: Question):
        """Those of the very same question, whatever term it was asked by."""
        only = question.only
        return self.filter(
            union=question.union,
            first_day=question.period.start,
            last_day=question.period.end,
            under=question.under,
            kind=only.kind,
            mode=only.mode,
            partner=only.partner,
            country=only.country,
            rule=question.rule,
            organised_on=question.organised_on,
        )

    def signed(self):
        return self.filter(state=TermReport.State.SIGNED)

    def on_the_way(self):
        return self.exclude(state=TermReport.State.SIGNED)

    def update(self, **values):
        self._refuse_signed()
        return super().update(**values)

    update.alters_data = True

    def delete(self):
        self._refuse_signed()
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def _refuse_signed(self) -> None:
        if self.filter(state=TermReport.State.SIGNED).exists():
            raise Kept


def _of_person(words, **more) -> models.ForeignKey:
    """Whoever took a step; an account whose name stands on a report is closed, never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=words, editable=False, **more
    )


def _moment(words) -> models.DateTimeField:
    return models.DateTimeField(words, null=True, editable=False)


class TermReport(Record):
    """A report drafted, submitted and signed. Several of one question may be signed one after another."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("of a report", "draft")
        SUBMITTED = "submitted", pgettext_lazy("of a report", "submitted")
        SIGNED = "signed", pgettext_lazy("of a report", "signed")

    # The question.
    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="term_reports", verbose_name=_("union"))
    term = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="term_reports", verbose_name=_("term")
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"), null=True, blank=True)
    under = models.BooleanField(_("with the unions below"), default=False)
    kind = models.CharField(
        pgettext_lazy("of an activity", "kind"), max_length=20, choices=Activity.Kind, blank=True, default=""
    )
    mode = models.CharField(_("mode"), max_length=20, choices=Activity.Mode, blank=True, default="")
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    rule = models.CharField(_("period rule"), max_length=10, choices=Rule, default=Rule.START)
    organised_on = models.DateField(_("as organised on"), null=True, blank=True)

    # What people write.
    language = models.CharField(_("language"), max_length=5, choices=[("vi", "Tiếng Việt"), ("en", "English")])
    title = models.CharField(pgettext_lazy("of a paper", "title"), max_length=300)
    text = models.TextField(pgettext_lazy("of a report", "text"))
    note = models.CharField(_("remark"), max_length=300, blank=True)

    # How far it has come.
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    drafted_by = _of_person(_("drafted by"))
    drafted_at = models.DateTimeField(_("drafted at"), editable=False)
    submitted_by, submitted_at = _of_person(_("submitted by"), null=True), _moment(_("submitted at"))
    returned_by, returned_at = _of_person(_("returned by"), null=True), _moment(_("returned at"))
    return_reason = models.CharField(_("reason for returning"), max_length=500, blank=True, editable=False)
    signed_by, signed_at = _of_person(_("signed by"), null=True), _moment(_("signed at"))

    # Frozen by the signature; null before it.
    number = models.PositiveIntegerField(_("signed version"), null=True, editable=False)
    figures: Any = models.JSONField(_("figures"), null=True, encoder=DjangoJSONEncoder, editable=False)
    rows: Any = models.JSONField(_("rows behind the figures"), null=True, encoder=DjangoJSONEncoder, editable=False)
    frame: Any = models.JSONField(_("names and days"), null=True, encoder=DjangoJSONEncoder, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)

    objects = TermReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report to sign")
        verbose_name_plural = _("reports to sign")
        ordering = [F("signed_at").desc(nulls_first=True), "-pk"]
        permissions = [("submit_termreport", "Can submit a report"), ("sign_termreport", "Can sign or return a report")]
        indexes = [models.Index("union", "first_day", name="term_report_by_question")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="term_report_ends_after_it_begins",
                violation_error_message=_("The period ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state="signed", number__isnull=False, signed_at__isnull=False, signed_by__isnull=False)
                & Q(figures__isnull=False, rows__isnull=False, frame__isnull=False)
                & ~Q(sha256="")
                | Q(state__in=("draft", "submitted"), number__isnull=True, signed_at__isnull=True)
                & Q(signed_by__isnull=True, figures__isnull=True, rows__isnull=True, frame__isnull=True, sha256=""),
                name="term_report_is_signed_whole_or_not_at_all",
                violation_error_message=_("A signature freezes figures, rows and words together."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="term_report_is_submitted_by_somebody",
                violation_error_message=_("A report is submitted by somebody before it is signed."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day)

    @property
    def question(self) -> Question:
        only = Only(self.kind, self.mode, self.partner, self.country)
        return Question(self.union, self.period, self.under, only, Rule(self.rule), self.organised_on)

    @property
    def url(self) -> str:
        """Where it is read: a signed report has an address of its own that stays."""
        return f"/reports/{'signed' if self.is_signed else 'drafts'}/{self.pk}/"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED

    # --- The way to the signature. Each step raises NotNow, with its sentence, where it is not due.

    def write(self, *, title: str, text: str, note: str, by) -> None:
        self._must_be(self.State.DRAFT)
        self.title, self.text, self.note, self.changed_by = title, text, note, by
        self.save()

    def submit(self, by, now: datetime) -> None:
        self._must_be(self.State.DRAFT)
        self.state, self.submitted_by, self.submitted_at = self.State.SUBMITTED, by, now
        self.changed_by = by
        self.save()

    def send_back(self, by, now: datetime, reason: str) -> None:
        """A draft again, to be written anew; the reason stays with it."""
        self._must_be(self.State.SUBMITTED)
        self.state, self.returned_by, self.returned_at = self.State.DRAFT, by, now
        self.return_reason, self.changed_by = reason, by
        self.save()

    def _must_be(self, state: str) -> None:
        if self.state == state:
            return
        if self.is_signed:
            raise NotNow(
                gettext("This report was signed on %(day)s. It is kept as it is.")
                % {"day": date_format(self.signed_at, "SHORT_DATE_FORMAT")}
            )
        if self.is_submitted:
            raise NotNow(
                gettext("This report was submitted and waits for its signature. Have it returned to change it.")
            )
        raise NotNow(gettext("This report is a draft again. Submit it before it is signed or returned."))

    def save(self, *args, **kwargs):
        self._refuse_if_signed()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_if_signed()
        return super().delete(*args, **kwargs)

    def _refuse_if_signed(self) -> None:
        """Asks the stored row, since the one at hand may say otherwise."""
        if self.pk and type(self)._base_manager.filter(pk=self.pk, state=self.State.SIGNED).exists():
            raise Kept
