"""The part all kinds of activity share, so that a role, a source or a total points at any of them.

Holds what was done and when. Never knows a report; `counts_as` and the scope rows are derived here and nowhere typed.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import ActivityQuerySet
from partners.models import Country, Partner
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import Findable
from unionrelations.kit.records import Record
from unionrelations.kit.windows import Dated, refuse_misaligned

from .rules import Rules
from .scope import ActivityScope


class Activity(Findable, Dated, Record):
    """Something we did with the outside world: a delegation, a conference or a course."""

    class Kind(models.TextChoices):
        DELEGATION = "delegation", _("delegation")
        CONFERENCE = "conference", _("conference")
        COURSE = "course", _("course")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        SUBMITTED = "submitted", pgettext_lazy("an activity", "submitted")
        APPROVED = "approved", _("approved")
        UNDER_WAY = "under_way", pgettext_lazy("an activity", "under way")
        HELD = "held", _("held")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")
        REFUSED = "refused", pgettext_lazy("an activity", "refused")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("hybrid")

    class Category(models.TextChoices):
        """What it counts as, at most one of them; an activity in no category stands in no figure."""

        DELEGATION_OUT = "delegation_out", _("outbound delegation")
        DELEGATION_IN = "delegation_in", _("inbound delegation")
        CONFERENCE_HOSTED = "conference_hosted", _("international conference hosted")
        CONFERENCE_ABROAD = "conference_abroad", _("conference attended abroad")
        CONFERENCE_HOME = "conference_home", _("international conference attended in the country")
        MEETING = "meeting", _("talks, courtesy call or dialogue")
        COURSE = "course", _("course")

    ENTERED = (Status.PLANNED, Status.HELD)  # what a new record may say of itself where activities go by steps
    KIND: Kind  # each kind says which it is
    found_by = ("title", "place", "code")

    kind = models.CharField(pgettext_lazy("of an activity", "kind"), max_length=20, choices=Kind, editable=False)
    code = models.CharField(
        _("number"),
        max_length=60,
        unique=True,
        null=True,
        blank=True,
        help_text=_("The office's own number for it, if it has one."),
        error_messages={"unique": _("Another activity already has this number.")},
    )
    title = models.CharField(pgettext_lazy("of an activity", "title"), max_length=500)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status,
        default=Status.PLANNED,
        help_text=_("Only what was held is counted."),
    )
    closed_at = models.DateTimeField(
        pgettext_lazy("an activity", "closed"),
        null=True,
        editable=False,
        help_text=_("Held, with its report: nothing more is asked of it."),
    )
    mode = models.CharField(_("mode"), max_length=20, choices=Mode, blank=True, help_text=_("Empty where not stated."))
    place = models.CharField(_("place"), max_length=200, blank=True)
    countries = models.ManyToManyField(
        Country, through="ActivityCountry", related_name="activities", verbose_name=_("countries")
    )
    unions = models.ManyToManyField(Union, through="UnionRole", related_name="activities", verbose_name=_("unions"))
    partners = models.ManyToManyField(
        Partner, through="PartnerRole", related_name="activities", verbose_name=_("partners")
    )
    on_plan = models.BooleanField(
        _("on plan"), null=True, blank=True, help_text=_("Whether the year's plan names it; empty where not known.")
    )
    off_plan_reason = models.CharField(_("reason where off plan"), max_length=300, blank=True)
    part_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("Counts in its own category; in the total only where its whole is not counted there itself."),
    )
    content = models.TextField(_("purpose and content"), blank=True)
    note = models.TextField(_("remark"), blank=True)
    counts_as = models.CharField(
        _("counts as"), max_length=20, choices=Category, blank=True, default="", editable=False
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_on", "-pk"]
        permissions = [
            ("submit_activity", "Can take the steps of an activity"),
            ("approve_activity", "Can decide about an activity that was submitted"),
            ("restrict_activity", "Can restrict who reads an activity"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("pk")),
                name="activity_is_not_part_of_itself",
                violation_error_message=_("An activity cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(on_plan__isnull=True) | Q(on_plan=True) | ~Q(off_plan_reason=""),
                name="off_plan_needs_a_reason",
                violation_error_message=_("Off plan: write the reason, in a few words."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(status="held"),
                name="only_what_was_held_is_closed",
                violation_error_message=_("This activity is closed. Reopen it before its status is changed."),
            ),
        ]
        indexes = [
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="activity_names_trgm"),
            models.Index("status", "starts_on", name="activity_by_status_and_day"),
            models.Index(F("starts_on").desc(), F("id").desc(), name="activity_newest_first"),
            models.Index(F("changed_at").desc(), F("id").desc(), name="activity_changed_last"),
            # What is asked of few rows on every first page: whose day is vague, and who hosted and may owe a report.
            models.Index("id", name="activity_of_a_vague_day", condition=~Q(precision="day")),
            models.Index(
                "id", name="activity_hosted_and_held", condition=Q(status="held", counts_as="conference_hosted")
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["partners.country", "accounts.union", "partners.partner"]

    @property
    def own(self) -> Activity:
        """The row of its kind: the delegation, conference or course this activity is."""
        return self if type(self) is not Activity else getattr(self, self.kind)

    def category(self) -> str:
        """What it counts as; "" for nothing. Each kind answers for itself."""
        return self.own.category()

    def clean(self):
        super().clean()
        refuse_misaligned(self.starts_on, self.ends_on, self.precision)
        self.refuse_leap()
        if self.part_of_id and self.pk and self._is_whole_of(self.part_of):
            raise ValidationError({"part_of": _("That activity is itself part of this one.")})
        if self.part_of_id and self.part_of.is_restricted and not self.is_restricted:
            said = _("Access to that activity is restricted. Restrict this one as well before it is made a part of it.")
            raise ValidationError({"part_of": said})

    def _is_whole_of(self, other: Activity) -> bool:
        seen = set()
        while other is not None and other.pk not in seen:
            if other.pk == self.pk:
                return True
            seen.add(other.pk)
            other = other.part_of
        return False

    # --- Where it stands. The steps are in `life`; here is what holds whoever changes the status.

    status_read: str | None = None  # as the database had it; None of a record that is not stored, or was read in part

    @classmethod
    def from_db(cls, db, field_names, values):
        one = super().from_db(db, field_names, values)
        one.status_read = one.__dict__.get("status")
        return one

    @property
    def is_moved(self) -> bool:
        return self.status_read not in (None, self.status)

    @property
    def lead(self) -> Union | None:
        """The union that leads it, else the first that took part."""
        role = self.union_roles.select_related("union").order_by("-part", "pk").first() if self.pk else None
        return role.union if role else None

    @property
    def is_restricted(self) -> bool:
        """Whether named people alone read it."""
        return self.pk is not None and self.restrictions.open().exists()

    def refuse_leap(self) -> None:
        """Raises ValidationError where the status was changed by hand in a union whose activities go by steps."""
        if self.is_moved and Rules.of(self.lead)["by_steps"]:
            said = _("Here an activity moves by its steps: open its page and take the next one.")
            raise ValidationError({"status": said})

    def refuse_entry(self, union: Union | None) -> None:
        """Raises ValidationError where a new record claims what only a step gives in that union."""
        if self.pk is None and self.status not in self.ENTERED and Rules.of(union)["by_steps"]:
            said = _("Here an activity is entered as planned, or as held where it is over; the rest are steps.")
            raise ValidationError({"status": said})

    def stand(self, stage: str, now: datetime) -> None:
        """Puts it where a step leads: a status, or closed. Saves nothing."""
        is_closing = stage not in self.Status
        self.closed_at = now if is_closing else None
        self.status = self.status_read = self.Status.HELD if is_closing else stage

    def save(self, *args, update_fields=None, **kwargs):
        if type(self) is not Activity:
            self.kind = self.KIND
        self.code = self.code or None
        is_moved = self.is_moved and (update_fields is None or "status" in update_fields)
        with transaction.atomic():
            if self.code and (restriction := self.pk and self.restrictions.open().first()):
                restriction.set_apart(self)
            super().save(*args, update_fields=update_fields, **kwargs)
            ActivityScope.objects.derive([self.pk])
            if is_moved:
                whose = {"by": self.changed_by, "on_behalf_of": getattr(self.changed_by, "lender", None)}
                self.steps.create(step="set", before=self.status_read, after=self.status, **whose)
        if update_fields is None or "status" in update_fields:
            self.status_read = self.status

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            Activity.objects.hold([self.pk])
            ActivityScope.objects.note_leaving([self.pk])
            return super().delete(*args, **kwargs)
