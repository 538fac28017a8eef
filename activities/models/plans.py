"""What a union means to do: a plan and its lines, on their way to approval. Never counted: only what was held is.

A plan is drafted, submitted, returned or approved, and revised. What was entered before there was such a way counts as
approved. Every step is a `PlanEvent`; an approval keeps the lines as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.querysets import PlanQuerySet
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import Findable
from unionrelations.kit.periods import Period, a_year_after
from unionrelations.kit.records import Record

from .documents import SourceDocument


class OutOfTurn(Exception):
    """The plan has not come so far, or has gone further, or the step is another's; the text says which."""


class Plan(Findable, Record):
    """A union's plan. Once approved, read by the unions below as well: they make theirs from it."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("of a plan", "draft")
        SUBMITTED = "submitted", pgettext_lazy("of a plan", "submitted")
        APPROVED = "approved", pgettext_lazy("of a plan", "approved")

    found_by = ("title",)

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="plans", verbose_name=_("union"))
    title = models.CharField(pgettext_lazy("of a plan", "title"), max_length=300)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    standing_unit = models.CharField(
        _("standing unit"), max_length=200, blank=True, help_text=_("The department that keeps and urges it.")
    )
    document = models.ForeignKey(
        SourceDocument,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans",
        verbose_name=_("source document"),
    )
    place = models.CharField(_("place in it"), max_length=120, blank=True)
    note = models.TextField(_("remark"), blank=True)

    # What was entered before there was a way to approval is a document, and counts as approved.
    state = models.CharField(
        pgettext_lazy("of a plan", "state"),
        max_length=10,
        choices=State,
        default=State.DRAFT,
        db_default=State.APPROVED,
        editable=False,
    )
    number = models.PositiveIntegerField(
        pgettext_lazy("of a plan", "approved version"), default=0, db_default=0, editable=False
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-first_day", "union", "pk"]
        permissions = [("submit_plan", "Can submit or revise a plan"), ("approve_plan", "Can approve or return a plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="plan_ends_after_it_begins",
                violation_error_message=_("A plan cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["union", "title"],
                name="one_plan_of_a_title_in_a_union",
                violation_error_message=_("This union already has a plan of this title."),
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.union.code, self.title)

    natural_key.dependencies = ["accounts.union", "activities.sourcedocument"]

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED

    @property
    def is_open(self) -> bool:
        """Whether its lines may be changed as they stand: a draft, or a document that never went the way here."""
        return self.is_draft or (self.is_approved and not self.number)

    @property
    def is_revised(self) -> bool:
        """Whether it is on its way again while an approved version is in force."""
        return bool(self.number) and not self.is_approved

    def clean(self):
        super().clean()
        before = None if self.is_open or not self.pk else type(self)._base_manager.filter(pk=self.pk).first()
        for name in ("union_id", "first_day", "last_day"):
            if before is not None and getattr(before, name) != getattr(self, name):
                raise ValidationError(gettext("Whose plan it is, and of when, changes only through a revision."))

    def refuse_unless_open(self) -> None:
        if self.is_submitted:
            raise ValidationError(gettext("This plan was submitted. Have it returned before its lines are changed."))
        if not self.is_open:
            raise ValidationError(gettext("This plan is approved. Its lines change only through a revision."))

    # --- Its way. Each step raises OutOfTurn, with its sentence, where it is not due; each is kept with who and when.

    def submit(self, by, now: datetime, note: str = "") -> None:
        self._must_be(self.State.DRAFT)
        if not self.lines.exists():
            raise OutOfTurn(gettext("This plan has no line yet. Enter what is planned before submitting it."))
        self._step("submitted", self.State.SUBMITTED, by, now, note)

    def send_back(self, by, now: datetime, note: str) -> None:
        """A draft again, with the reason."""
        self._must_be(self.State.SUBMITTED)
        self._step("returned", self.State.DRAFT, by, now, note)

    def approve(self, by, now: datetime, note: str = "", refusals: Mapping[int, str] = {}) -> None:
        """As a whole or, with `refusals` (key of a line → the reason), without those lines. Its lines are kept."""
        self._must_be(self.State.SUBMITTED)
        if self.last_submission.persons & by.persons:
            raise OutOfTurn(gettext("You submitted this plan yourself. Somebody else approves or returns it."))
        lines = list(self.lines.order_by("pk"))
        if lines and all(refusals.get(one.pk) for one in lines):
            raise OutOfTurn(gettext("Every line is refused. Return the plan with your reason instead."))
        with transaction.atomic():
            for one in lines:
                one.refusal, one.changed_by = refusals.get(one.pk, ""), by
                one.save()
            self.number += 1
            event = self._step("approved", self.State.APPROVED, by, now, note)
            event.freeze(self.lines.for_listing().order_by("pk"), self.number)

    def revise(self, by, now: datetime, note: str) -> None:
        """Opens an approved plan again. The version before is kept as it was; of a document it is kept now."""
        self._must_be(self.State.APPROVED)
        with transaction.atomic():
            is_document = not self.number
            self.number = self.number or 1
            event = self._step("revised", self.State.DRAFT, by, now, note)
            if is_document:
                event.freeze(self.lines.for_listing().order_by("pk"), self.number)

    @property
    def last_submission(self):
        return self.events.filter(kind="submitted").latest("pk")

    @property
    def versions(self):
        """The approved versions kept, the newest first."""
        return self.events.filter(number__isnull=False).select_related("by").order_by("-number")

    def _step(self, kind: str, state: str, by, now: datetime, note: str):
        with transaction.atomic():
            self.state, self.changed_by = state, by
            self.save()
            return self.events.create(kind=kind, by=by, on_behalf_of=by.lender, at=now, note=note)

    def _must_be(self, state: str) -> None:
        if self.state == state:
            return
        if self.is_submitted:
            raise OutOfTurn(gettext("This plan was submitted and waits for approval."))
        if self.is_approved:
            raise OutOfTurn(gettext("This plan is approved. It changes only through a revision."))
        raise OutOfTurn(gettext("This plan is a draft. It is submitted first."))

    # --- The next year

    def begin_next_year(self, by) -> Plan:
        """A draft a year on with the same lines, moved a year on; nothing of what became of them."""
        first, last = a_year_after(self.first_day), a_year_after(self.last_day)
        title = self.title.replace(str(self.first_day.year), str(first.year))
        if title == self.title:
            title = f"{self.title[:290]} – {first.year}"
        of = {"union": self.union, "standing_unit": self.standing_unit, "changed_by": by}
        plan = Plan(title=title, first_day=first, last_day=last, state=self.State.DRAFT, **of)
        plan.full_clean()
        with transaction.atomic():
            plan.save()
            for line in self.lines.filter(refusal="").order_by("pk"):
                line.a_year_on(plan, by).save()
        return plan
