"""Where an activity goes beyond a rule of its union, and why it does so all the same. Never a wall."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.querysets import OverstepQuerySet

from .activities import Activity


class Overstep(models.Model):
    """A rule, named as in `RuleSet`, the figure that goes beyond it, and the reason somebody gave."""

    class Rule(models.TextChoices):
        DAYS = "most_days", _("days of a trip")
        PEOPLE = "most_people", _("people of a delegation")
        COUNTRIES = "most_countries", _("countries of a trip")
        TRIPS = "most_trips", _("trips of a leader in a year")
        APART = "leaders_apart", _("leaders travelling together")
        AGAIN = "years_between", _("one subject and country again")
        LATE = "days_ahead", _("request too late")

    SAID = {
        Rule.DAYS: _("The trip lasts %(number)d days; the rule is at most %(limit)d."),
        Rule.PEOPLE: _("%(number)d people travel; the rule is at most %(limit)d."),
        Rule.COUNTRIES: _("The trip goes to %(number)d countries; the rule is at most %(limit)d."),
        Rule.TRIPS: _("For %(detail)s it is trip %(number)d of the year; the rule is at most %(limit)d."),
        Rule.APART: _("%(detail)s travel together; by the rule, leaders do not."),
        Rule.AGAIN: _("Within %(limit)d years a delegation went there on the same subject: %(detail)s."),
        Rule.LATE: _("It begins in %(number)d days; leave is asked for %(limit)d days before."),
    }

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="oversteps", verbose_name=_("activity")
    )
    rule = models.CharField(_("rule"), max_length=20, choices=Rule)
    number = models.PositiveIntegerField(_("figure"), default=0)
    limit = models.PositiveIntegerField(_("limit"), default=0)
    detail = models.CharField(_("whom or what it is about"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = OverstepQuerySet.as_manager()

    class Meta:
        verbose_name = _("departure from a rule")
        verbose_name_plural = _("departures from rules")
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "rule"],
                name="a_rule_is_departed_from_once",
                violation_error_message=_("The reason for this rule is given already."),
            )
        ]

    def __str__(self):
        return capfirst(self.get_rule_display())

    @property
    def code(self) -> str:
        """Another figure has another code, so it is shown anew."""
        return f"{self.rule}-{self.number}-{self.limit}"

    @property
    def said(self) -> str:
        """Rule and figure in a sentence, in the reader's language."""
        told = {"number": self.number, "limit": self.limit, "detail": self.detail}
        return str(self.SAID[self.Rule(self.rule)] % told)
