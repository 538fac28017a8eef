"""Who took part in an activity: our unions with their own people, partners, and the countries it touched.

Every change here derives the activity's category and scope rows again, in the same transaction.
"""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import RoleQuerySet, UnionRoleQuerySet
from partners.models import Country, Partner
from unionrelations.accounts.models import Union
from unionrelations.kit.records import HeadcountField, people_within_reason

from .activities import Activity
from .scope import ActivityScope


class RoleOfActivity(models.Model):
    """A row whose coming and going changes what its activity counts as, or for whom.

    Whoever writes one holds its activity first, for whoever derives holds that while it writes the rows.
    """

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with transaction.atomic():
            Activity.objects.hold([self.activity_id])
            super().save(*args, **kwargs)
            ActivityScope.objects.derive([self.activity_id])

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            Activity.objects.hold([self.activity_id])
            gone = super().delete(*args, **kwargs)
            ActivityScope.objects.derive([self.activity_id])
        return gone


class DatedRole(RoleOfActivity):
    """Such a row that says by itself when it counts: the window of its activity, null where that counts for nobody.

    Derived with the scope rows, and kept with no step that can be undone. It finds whom the union above all others met
    without reading what was done; what it says is believed only beside a scope row.
    """

    counted_first = models.DateField(null=True, editable=False, serialize=False)
    counted_last = models.DateField(null=True, editable=False, serialize=False)

    class Meta:
        abstract = True


def and_when_it_counted(met: str) -> models.Index:
    return models.Index(
        met,
        "counted_first",
        "counted_last",
        include=["activity"],
        condition=Q(counted_first__isnull=False),
        name=f"{met}_and_when_it_counted",
    )


class UnionRole(RoleOfActivity):
    """A union's share in an activity, with its own people; `people` is null where nobody wrote it down."""

    class Part(models.TextChoices):
        LEAD = "lead", _("lead")
        COOPERATING = "cooperating", _("cooperating")

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="union_roles", verbose_name=_("activity")
    )
    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="roles", verbose_name=_("union"))
    part = models.CharField(_("part"), max_length=20, choices=Part, default=Part.LEAD)
    people = HeadcountField(_("own people"), help_text=_("Person-trips (lượt). Leave empty where not known."))

    objects = UnionRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("union taking part")
        verbose_name_plural = _("unions taking part")
        ordering = ["activity_id", "-part", "pk"]
        constraints = [
            people_within_reason("people"),
            models.UniqueConstraint(
                fields=["activity", "union"],
                name="a_union_takes_part_once",
                violation_error_message=_("This union is already listed for this activity."),
            ),
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(part="lead"),
                name="an_activity_has_one_lead_union",
                violation_error_message=_("Another union already leads this activity; the others cooperate."),
            ),
        ]

    def __str__(self):
        return f"{self.union} ({self.get_part_display()})"

    def natural_key(self):
        return (self.activity.code, self.union.code)

    natural_key.dependencies = ["activities.delegation", "activities.conference", "activities.course"]


class PartnerRole(DatedRole):
    """A partner's part in an activity."""

    class Part(models.TextChoices):
        COUNTERPART = "counterpart", _("counterpart")
        HOST = "host", _("host")
        GUEST = "guest", _("guest")
        CO_ORGANISER = "co_organiser", _("co-organiser")
        FUNDER = "funder", _("funder")
        EXPERTS = "experts", _("sends experts")
        INVITING = "inviting", _("inviting body")

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="partner_roles", verbose_name=_("activity")
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="roles", verbose_name=_("partner"))
    part = models.CharField(
        pgettext_lazy("of a partner", "part"), max_length=20, choices=Part, default=Part.COUNTERPART
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner taking part")
        verbose_name_plural = _("partners taking part")
        ordering = ["activity_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "partner", "part"],
                name="a_partner_plays_a_part_once",
                violation_error_message=_("This partner is already listed with this part."),
            )
        ]
        indexes = [and_when_it_counted("partner")]

    def __str__(self):
        return f"{self.partner} ({self.get_part_display()})"

    def natural_key(self):
        return (self.activity.code, self.partner.code, self.part)

    natural_key.dependencies = ["activities.delegation", "activities.conference", "activities.course"]


class ActivityCountry(DatedRole):
    """A country an activity took place in, went to or came from."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="activity_countries", verbose_name=_("activity")
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="activity_countries", verbose_name=_("country")
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("country of an activity")
        verbose_name_plural = _("countries of activities")
        ordering = ["activity_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "country"],
                name="an_activity_names_a_country_once",
                violation_error_message=_("This country is already listed."),
            )
        ]
        indexes = [and_when_it_counted("country")]

    def __str__(self):
        return str(self.country)

    def natural_key(self):
        return (self.activity.code, self.country.code)

    natural_key.dependencies = ["activities.delegation", "activities.conference", "activities.course"]
