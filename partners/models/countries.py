"""Countries and territories, by ISO code. Never knows who lives or works there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.querysets import CountryQuerySet
from unionrelations.kit.folding import NamedInTwoLanguages
from unionrelations.kit.sorting import ByName

HOME = "VN"


class Country(NamedInTwoLanguages):
    class Region(models.TextChoices):
        ASEAN = "asean", "ASEAN"
        EAST_ASIA = "east_asia", _("East Asia")
        SOUTH_ASIA = "south_asia", _("South Asia")
        CENTRAL_ASIA = "central_asia", _("Central Asia")
        WEST_ASIA = "west_asia", _("West Asia")
        EUROPE = "europe", _("Europe")
        AFRICA = "africa", _("Africa")
        NORTH_AMERICA = "north_america", _("North America")
        LATIN_AMERICA = "latin_america", _("Latin America and the Caribbean")
        OCEANIA = "oceania", _("Oceania")
        OTHER = "other", _("other territories")

    found_by = ("name", "name_en", "aliases", "code")

    code = models.CharField(
        _("ISO code"),
        max_length=2,
        unique=True,
        error_messages={"unique": _("Another country already has this code.")},
    )
    name = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("Spellings found in papers, one a line."))
    region = models.CharField(_("region"), max_length=20, choices=Region)

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = [ByName("name", "name_en")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2}$"),
                name="country_code_has_two_capitals",
                violation_error_message=_("A country's code has two capital letters, such as LA."),
            )
        ]

    def natural_key(self):
        return (self.code,)
