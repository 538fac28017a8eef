"""Papers that run out: agreements with partners, and the licences of organisations we deal with.

Done is what is entered: a later last day, or that it ended. Never guesses a term from words such as "three years".
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import PartnerRole
from partners.models import Agreement, AgreementParty, Partner
from partners.standing import Standing
from unionrelations.kit.periods import Period
from unionrelations.kit.records import no_history

from .asked import Asked
from .things import Due, Rule

AGREEMENT = Rule(
    "agreement",
    gettext_lazy("Agreement running out"),
    "agreement",
    (90, 30, 7, 0),
    settle=gettext_lazy("Extend or close it"),
    permission="partners.change_agreement",
)
LICENCE = Rule(
    "licence",
    gettext_lazy("Licence of an organisation"),
    "key",
    (60, 30, 7, 0),
    settle=gettext_lazy("Enter the new day"),
    permission="partners.change_partner",
)


def agreements(asked: Asked) -> Iterator[Due]:
    """Those whose last day is near or over, as what happened to them tells; not those that ended, or whose last day an
    extension has left open."""
    writable = Agreement.objects.writable_by(asked.user).filter(pk=OuterRef("pk"))
    known = asked.changed(asked.agreements()).as_of(asked.today).exclude(standing=Standing.ENDED)
    near = known.filter(no_history("last_day"), last_day__lte=asked.today + AGREEMENT.looks_ahead)
    rows = near.annotate(is_mine=Exists(writable)).prefetch_related("parties__partner", "parties__union")
    for one in asked.first(rows.order_by("last_day", "pk")):
        parties = list(one.parties.all())
        yield Due(
            AGREEMENT,
            str(one.pk),
            _("%(agreement)s runs out") % {"agreement": one.title},
            _why(one, parties),
            Period(one.last_day, one.last_day),
            reverse("agreements-detail", args=[one.pk]),
            reverse("agreements-edit", args=[one.pk]) if one.is_mine else "",
            next((party.union_id for party in parties if party.union_id), None),
            entered_at=one.created_at,
            calendar=asked.calendar,
        )


def _why(agreement: Agreement, parties: list[AgreementParty]) -> str:
    """With whom it is, and whether somebody works on renewing it."""
    names = ", ".join(party.partner.label for party in parties if party.partner)
    last = _("With %(partners)s; its last day in force") % {"partners": names}
    said = last if names else _("The agreement's last day in force")
    if agreement.renewal_started_on is None:
        return said
    return _("%(why)s; renewal under way since %(day)s") % {
        "why": said,
        "day": date_format(agreement.renewal_started_on, "SHORT_DATE_FORMAT"),
    }


def licences(asked: Asked) -> Iterator[Due]:
    """Of partners the reader's unions deal with: they did something together, signed something, or are related."""
    near = Partner.objects.visible_to(asked.user).filter(licence_expires_on__lte=asked.today + LICENCE.looks_ahead)
    within = asked.activities().order_by().values("pk")
    known = (
        Q(pk__in=PartnerRole.objects.filter(activity__in=within).values("partner"))
        | Q(pk__in=asked.relations().order_by().values("partner"))
        | Q(pk__in=AgreementParty.objects.filter(agreement__in=asked.agreements().order_by()).values("partner"))
    )
    for one in asked.first(asked.changed(near).filter(known).order_by("licence_expires_on", "pk")):
        number = _("Licence %(number)s to work in Vietnam") % {"number": one.licence_number}
        yield Due(
            LICENCE,
            str(one.pk),
            _("%(partner)s: the licence runs out") % {"partner": one.label},
            number if one.licence_number else _("Licence to work in Vietnam"),
            Period(one.licence_expires_on, one.licence_expires_on),
            reverse("partners-detail", args=[one.pk]),
            reverse("partners-edit", args=[one.pk]),
            calendar=asked.calendar,
        )
