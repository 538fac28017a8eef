"""Says in words why two records may be one. Never judges: codes and values come from the rules of likeness."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.reports.models import OF_ACTIVITIES, Suspicion
from partners.models import Country, Partner
from unionrelations.kit.folding import fold


class Words:
    """The evidence of many suspicions; the partners and countries they name are fetched at once."""

    def __init__(self, suspicions: Sequence[Suspicion]):
        named: dict[str, set[int]] = {"same_partner": set(), "same_country": set(), "other_country": set()}
        for one in suspicions:
            for code, values in one.evidence:
                named.get(code, set()).update(values)
        own = {pk for one in suspicions if one.label == "partners.partner" for pk in one.pks}
        self.partners = Partner.objects.in_bulk(named["same_partner"] | own)
        self.countries = Country.objects.in_bulk(named["same_country"] | named["other_country"])

    def of(self, suspicion: Suspicion) -> str:
        of_activities = suspicion.label in OF_ACTIVITIES
        partner = None if of_activities else self.partners.get(suspicion.first)
        said = (self._said(code, values, of_activities, partner) for code, values in suspicion.evidence)
        return "; ".join(filter(None, said))

    def _said(self, code: str, values: list, of_activities: bool, partner: Partner | None) -> str:
        if code == "same_name" and partner is not None:  # compared without marks, said as it is written
            values = [next((one for one in partner.names() if fold(one) == values[0]), values[0])]
        if code == "same_partner":
            names = ", ".join(self.partners[pk].label for pk in values if pk in self.partners)
            return _("same partner: %(names)s") % {"names": names}
        if code == "same_country":
            names = ", ".join(dict.fromkeys(str(self.countries[pk]) for pk in values if pk in self.countries))
            return _("same country: %(names)s") % {"names": names}
        if code == "other_country" and not of_activities:
            names = ", ".join(str(self.countries[pk]) for pk in values if pk in self.countries)
            return _("but other countries: %(names)s") % {"names": names}
        if code == "days_near":
            return ngettext("days differ by %(n)d day", "days differ by %(n)d days", values[0]) % {"n": values[0]}
        return self._plain(values).get(code, "")

    @staticmethod
    def _plain(values: list) -> dict[str, str]:
        first = values[0] if values else ""
        alike = values[-1] if values else ""
        return {
            "same_name": _("both go by “%(name)s”") % {"name": first},
            "same_acronym": _("both go by the acronym “%(name)s”") % {"name": str(first).upper()},
            "same_words": _("the same words in their names"),
            "like_name": _("names alike by %(share)s %%") % {"share": alike},
            "same_day": _("same first day"),
            "days_overlap": _("their days overlap"),
            "days_may_be": _("their days may be the same"),
            "same_title": _("same title"),
            "like_title": _("titles alike by %(share)s %%") % {"share": alike},
            "same_head": _("same head of delegation"),
            "other_unions": _("logged by two unions, each for itself"),
            "other_partner": _("but other partners"),
            "other_country": _("but other countries"),
            "other_head": _("but another head of delegation"),
            "other_title": _("but titles of other words"),
            "other_direction": _("but one inbound, one outbound, or one given, one received"),
            "other_format": _("but of another format"),
        }
