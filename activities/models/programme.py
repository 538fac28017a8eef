"""What happened hour by hour, and what was talked about. Never counts a person: a programme is often partial."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import ProgrammeQuerySet, TalkQuerySet
from partners.models import Contact, Partner
from unionrelations.kit.folding import FoundLater
from unionrelations.kit.kept_files import TextIndex
from unionrelations.kit.records import Record
from unionrelations.kit.windows import EARLIEST, LATEST, day_in_words

from .activities import Activity


def within_living_memory(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(day__isnull=True) | Q(day__range=(EARLIEST, LATEST)),
        name=name,
        violation_error_message=_("A year lies before 1900 or after 2100. Check the dates."),
    )


class ProgrammeItem(FoundLater, Record):
    """One line of an activity's programme. The day and the hour are null where nobody wrote them down."""

    found_by = ("topic", "met", "place")

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="programme", verbose_name=_("activity")
    )
    day = models.DateField(_("day"), null=True, blank=True)
    begins_at = models.TimeField(
        pgettext_lazy("hour", "from"), null=True, blank=True, help_text=_("Such as 9:00; empty where not known.")
    )
    ends_at = models.TimeField(pgettext_lazy("hour", "until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    met = models.CharField(
        _("whom one met"), max_length=500, blank=True, help_text=_("Names with their titles, as they are written.")
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="programme",
        verbose_name=_("contact met"),
    )
    topic = models.CharField(_("topic"), max_length=500, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the programme")
        verbose_name_plural = _("lines of the programme")
        ordering = ["activity", "day", "begins_at", "pk"]
        indexes = [TextIndex(fields=["folded"], name="programme_words_trgm")]
        constraints = [
            within_living_memory("programme_lies_within_living_memory"),
            models.CheckConstraint(
                condition=~Q(place="", met="", topic=""),
                name="a_line_of_a_programme_says_something",
                violation_error_message=_("Write the place, whom one met, or the topic."),
            ),
        ]

    def clean(self):
        self._name_contact()

    def save(self, *args, **kwargs):
        self._name_contact()
        super().save(*args, **kwargs)

    def _name_contact(self) -> None:
        """What the contact was called that day stays, whatever becomes of the contact."""
        if self.contact and not self.met:
            self.met = ", ".join(filter(None, (self.contact.name, self.contact.title)))

    def __str__(self):
        said = self.topic or self.met or self.place
        return f"{day_in_words(self.day)}: {said}" if self.day else said


class Talk(FoundLater, Record):
    """The minutes of one talk: with whom, of what, and what was agreed. Promises stand apart, to be followed up."""

    found_by = ("with_whom", "topics", "agreed")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="talks", verbose_name=_("activity"))
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="talks", verbose_name=_("partner")
    )
    day = models.DateField(_("day"), null=True, blank=True)
    with_whom = models.CharField(
        _("with whom"), max_length=500, blank=True, help_text=_("Names with their titles, as they are written.")
    )
    topics = models.TextField(_("what was talked about"), blank=True)
    agreed = models.TextField(_("what was agreed"), blank=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = ["activity", "day", "pk"]
        indexes = [TextIndex(fields=["folded"], name="talk_words_trgm")]
        constraints = [
            within_living_memory("a_talk_lies_within_living_memory"),
            models.CheckConstraint(
                condition=~Q(topics="", agreed=""),
                name="a_talk_says_something",
                violation_error_message=_("Write what was talked about, or what was agreed."),
            ),
        ]

    def __str__(self):
        said = self.with_whom or str(self.partner or "") or (self.topics or self.agreed).split("\n")[0]
        return said[:120]
