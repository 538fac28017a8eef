"""Conferences, workshops, forums, seminars, dialogues and meetings. Own delegates stand in the unions' roles."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.models.countries import HOME
from unionrelations.kit.folding import fold
from unionrelations.kit.records import HeadcountField, people_within_reason

from .activities import Activity


class Conference(Activity):
    class Format(models.TextChoices):
        CONFERENCE = "conference", pgettext_lazy("format of a conference", "conference")
        WORKSHOP = "workshop", _("workshop")
        FORUM = "forum", _("forum")
        SEMINAR = "seminar", _("seminar")
        DIALOGUE = "dialogue", _("dialogue")
        MEETING = "meeting", pgettext_lazy("talks or courtesy call", "meeting")

    class Part(models.TextChoices):
        HOSTED = "hosted", _("hosted")
        ABROAD = "abroad", _("attended abroad")
        HOME = "home", _("attended in the country")

    KIND = Activity.Kind.CONFERENCE
    TALKS = (Format.DIALOGUE, Format.MEETING)

    format = models.CharField(_("format"), max_length=20, choices=Format, default=Format.CONFERENCE)
    role = models.CharField(
        _("our part"),
        max_length=20,
        choices=Part,
        blank=True,
        help_text=_("May stay empty for a meeting or dialogue only."),
    )
    international = models.BooleanField(
        _("international"),
        null=True,
        blank=True,
        help_text=_(
            "Empty follows the rule: held abroad, a foreign or intergovernmental partner or guest takes part or pays, "
            "or the title calls it international. Choose yes or no to overrule it."
        ),
    )
    participants_vietnamese = HeadcountField(_("Vietnamese participants"))
    participants_resident = HeadcountField(_("foreign participants living in Vietnam"))
    participants_from_abroad = HeadcountField(_("foreign participants from abroad"))

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        constraints = [
            people_within_reason("participants_vietnamese", "participants_resident", "participants_from_abroad"),
            models.CheckConstraint(
                condition=~Q(role="") | Q(format__in=["dialogue", "meeting"]),
                name="a_conference_says_our_part",
                violation_error_message=_(
                    "Say whether we hosted it, attended it abroad or attended it in the country."
                ),
            ),
        ]

    @property
    def is_international(self) -> bool:
        """A person's word where there is one, else the rule."""
        return self._by_rule() if self.international is None else self.international

    def _by_rule(self) -> bool:
        """Held abroad, foreign partner or guest, or called international; a partner of Vietnam does not make it so."""
        if self.role == self.Part.ABROAD or self.participants_resident or self.participants_from_abroad:
            return True
        if "quoc te" in fold(self.title) or "international" in fold(self.title):
            return True
        if not self.pk:
            return False
        if any(one.country.code != HOME for one in self.activity_countries.all()):
            return True
        return any(one.partner.is_foreign for one in self.partner_roles.all())

    def category(self) -> str:
        if not self.is_international:
            return ""
        if self.format in self.TALKS:
            return self.Category.MEETING
        return f"conference_{self.role}"  # hosted, abroad or home: a category each
