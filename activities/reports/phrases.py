"""The words of the report's sentences, each said once: narrative.py writes with them, reading.py reads them back.

Never knows a figure. A phrase agrees with its number `n` and shows it as `shown`, in the reader's own digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TRIPS = ngettext_lazy("%(shown)s person-trip", "%(shown)s person-trips", "n")
NO_TRIP = gettext_lazy("%(did)s, with no person-trip")

# What each indicator counts, next to the words of its clause.
NOUNS = {
    "delegations_out": ngettext_lazy("%(shown)s outbound delegation", "%(shown)s outbound delegations", "n"),
    "officials_out": TRIPS,
    "delegations_out_online": ngettext_lazy("%(shown)s of them online", "%(shown)s of them online", "n"),
    "delegations_in": ngettext_lazy("%(shown)s inbound delegation", "%(shown)s inbound delegations", "n"),
    "guests_in": ngettext_lazy("%(shown)s international guest", "%(shown)s international guests", "n"),
    "conferences_hosted": ngettext_lazy(
        "%(shown)s international conference or workshop", "%(shown)s international conferences and workshops", "n"
    ),
    "conferences_abroad": ngettext_lazy("%(shown)s conference abroad", "%(shown)s conferences abroad", "n"),
    "officials_conferences_abroad": TRIPS,
    "conferences_home": ngettext_lazy(
        "%(shown)s international conference in the country", "%(shown)s international conferences in the country", "n"
    ),
    "officials_conferences_home": TRIPS,
    "meetings": ngettext_lazy(
        "%(shown)s round of talks, courtesy call or dialogue", "%(shown)s talks, courtesy calls and dialogues", "n"
    ),
    "courses": ngettext_lazy("%(shown)s course", "%(shown)s courses", "n"),
    "trainees": ngettext_lazy("%(shown)s trainee", "%(shown)s trainees", "n"),
    "certificates": ngettext_lazy("%(shown)s certificate", "%(shown)s certificates", "n"),
    "agreements_signed": ngettext_lazy("%(shown)s international agreement", "%(shown)s international agreements", "n"),
    "partners": ngettext_lazy("%(shown)s partner", "%(shown)s partners", "n"),
    "countries": ngettext_lazy("%(shown)s country", "%(shown)s countries", "n"),
    "activities": ngettext_lazy("%(shown)s activity", "%(shown)s activities", "n"),
}

# The same where no clause stands around it to say of what.
NOUNS_ALONE = NOUNS | {
    "officials_out": ngettext_lazy(
        "%(shown)s person-trip of outbound delegations", "%(shown)s person-trips of outbound delegations", "n"
    ),
    "delegations_out_online": ngettext_lazy(
        "%(shown)s outbound delegation held online", "%(shown)s outbound delegations held online", "n"
    ),
    "conferences_hosted": ngettext_lazy(
        "%(shown)s international conference or workshop hosted",
        "%(shown)s international conferences and workshops hosted",
        "n",
    ),
    "officials_conferences_abroad": ngettext_lazy(
        "%(shown)s person-trip to conferences abroad", "%(shown)s person-trips to conferences abroad", "n"
    ),
    "officials_conferences_home": ngettext_lazy(
        "%(shown)s person-trip to conferences in the country",
        "%(shown)s person-trips to conferences in the country",
        "n",
    ),
}


@dataclass(frozen=True)
class Brought:
    """Whom or what the events of a clause brought along.

    `known` and `none` say it of what was `did`, or of the bare `events`; `unknown` names what is missing of how many.
    """

    code: str
    known: StrOrPromise
    none: StrOrPromise = ""
    unknown: StrOrPromise = ""


@dataclass(frozen=True)
class Clause:
    """One kind of events. `is_named` where the noun tells the indicator even without the words around it."""

    code: str
    did: StrOrPromise
    brought: tuple[Brought, ...] = ()
    is_named: bool = True
    unless: str = ""  # another indicator in whose clause it stands where that one has a number


OUT = Clause(
    "delegations_out",
    gettext_lazy("sent %(events)s"),
    (
        Brought("delegations_out_online", gettext_lazy("%(did)s (%(brought)s)")),
        Brought(
            "officials_out",
            gettext_lazy("%(did)s with %(brought)s"),
            NO_TRIP,
            gettext_lazy("the person-trips of %(events)s"),
        ),
    ),
)
IN = Clause(
    "delegations_in",
    gettext_lazy("received %(events)s"),
    (
        Brought(
            "guests_in",
            gettext_lazy("%(did)s with %(brought)s"),
            gettext_lazy("%(did)s, with no international guest"),
            gettext_lazy("the international guests of %(events)s"),
        ),
    ),
)
HOSTED = Clause("conferences_hosted", gettext_lazy("hosted %(events)s"), is_named=False)
ATTENDED = [
    Clause(
        f"conferences_{where}",
        gettext_lazy("attended %(events)s"),
        (
            Brought(
                f"officials_conferences_{where}",
                gettext_lazy("attended %(events)s with %(brought)s"),
                NO_TRIP,
                gettext_lazy("the person-trips to %(events)s"),
            ),
        ),
    )
    for where in ("abroad", "home")
]
MEETINGS = Clause("meetings", gettext_lazy("held %(events)s"))
COURSES = Clause(
    "courses",
    gettext_lazy("held or took part in %(events)s"),
    (
        Brought(
            "trainees",
            gettext_lazy("%(did)s for %(brought)s"),
            gettext_lazy("%(did)s, with no trainee"),
            gettext_lazy("the trainees of %(events)s"),
        ),
        Brought(
            "certificates",
            gettext_lazy("%(did)s, with %(brought)s given"),
            gettext_lazy("%(did)s, with no certificate"),
            gettext_lazy("the certificates of %(events)s"),
        ),
    ),
)
SIGNED = Clause("agreements_signed", gettext_lazy("signed %(events)s"))
MET = gettext_lazy("had working relations with %(events)s")
PARTNERS = Clause("partners", MET, (Brought("countries", gettext_lazy("%(did)s and %(brought)s")),), is_named=False)
COUNTRIES = Clause("countries", MET, is_named=False, unless="partners")
TOTAL = Clause("activities", gettext_lazy("that makes %(events)s in all"), is_named=False)

# In the order reports are written; a comma within a group, a semicolon between groups.
GROUPS = (
    (OUT, IN),
    (HOSTED,),
    *((one,) for one in ATTENDED),
    (MEETINGS,),
    (COURSES,),
    (SIGNED,),
    (PARTNERS, COUNTRIES),
)
CLAUSES = tuple(clause for group in GROUPS for clause in group)

AT_LEAST = gettext_lazy("at least %(brought)s")

WHAT_WAS_DONE = gettext_lazy("%(when)s, %(who)s %(did)s.")
IN_ALL = gettext_lazy("Each activity counted once, %(total)s.")
NOTHING_LOGGED = gettext_lazy("%(when)s, no activity of %(who)s is logged.")
NOTHING_SURE = gettext_lazy("%(when)s, no logged activity of %(who)s surely falls in this period.")
NOT_ADDED = gettext_lazy("Published figures stand beside these with their own periods and are never added to them.")

# Sentences whose numbers are no figures of the report: of what is missing, of what is in doubt, of what others printed.
NOT_KNOWN = gettext_lazy("Not known: %(missing)s.")
IN_DOUBT = gettext_lazy("Dated too loosely to say whether they fall in this period, and so in no number: %(doubtful)s.")
PUBLISHED = gettext_lazy("Published figures for %(period)s: %(figures)s.")
PUBLISHED_OF_UNION = gettext_lazy("Published figures of %(union)s for %(period)s: %(figures)s.")
NO_FIGURES = (NOT_KNOWN, IN_DOUBT, PUBLISHED, PUBLISHED_OF_UNION)


def agreeing(noun, number: int, shown: str) -> str:
    return noun % {"n": number, "shown": shown}
