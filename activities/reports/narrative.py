"""A report in sentences, the way unions write them. Never counts anything, never turns a doubt into a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from .findings import Finding

# In the order reports are written: what was done, and whom it brought along. Each phrase agrees with its number `n`
# and shows it as `shown`, in the reader's own digits.
CLAUSES = (
    (
        "delegations_out",
        ngettext_lazy("sent %(shown)s outbound delegation", "sent %(shown)s outbound delegations", "n"),
        [("officials_out", ngettext_lazy("with %(shown)s person-trip", "with %(shown)s person-trips", "n"))],
    ),
    (
        "delegations_in",
        ngettext_lazy("received %(shown)s inbound delegation", "received %(shown)s inbound delegations", "n"),
        [
            (
                "guests_in",
                ngettext_lazy("with %(shown)s international guest", "with %(shown)s international guests", "n"),
            )
        ],
    ),
    (
        "conferences_hosted",
        ngettext_lazy(
            "hosted %(shown)s international conference or workshop",
            "hosted %(shown)s international conferences and workshops",
            "n",
        ),
        [],
    ),
    (
        "conferences_abroad",
        ngettext_lazy("attended %(shown)s conference abroad", "attended %(shown)s conferences abroad", "n"),
        [
            (
                "officials_conferences_abroad",
                ngettext_lazy("with %(shown)s person-trip", "with %(shown)s person-trips", "n"),
            )
        ],
    ),
    (
        "conferences_home",
        ngettext_lazy(
            "attended %(shown)s international conference in the country",
            "attended %(shown)s international conferences in the country",
            "n",
        ),
        [
            (
                "officials_conferences_home",
                ngettext_lazy("with %(shown)s person-trip", "with %(shown)s person-trips", "n"),
            )
        ],
    ),
    (
        "meetings",
        ngettext_lazy(
            "held %(shown)s round of talks, courtesy call or dialogue",
            "held %(shown)s talks, courtesy calls and dialogues",
            "n",
        ),
        [],
    ),
    (
        "courses",
        ngettext_lazy("held %(shown)s course", "held %(shown)s courses", "n"),
        [
            ("trainees", ngettext_lazy("for %(shown)s trainee", "for %(shown)s trainees", "n")),
            ("certificates", ngettext_lazy("with %(shown)s certificate", "with %(shown)s certificates", "n")),
        ],
    ),
    (
        "agreements_signed",
        ngettext_lazy("signed %(shown)s agreement", "signed %(shown)s agreements", "n"),
        [],
    ),
)
DELEGATIONS_OF_UNKNOWN_SIZE = ngettext_lazy(
    "The headcount of %(shown)s delegation is not known.", "The headcount of %(shown)s delegations is not known.", "n"
)
UNDETERMINED = ngettext_lazy(
    "%(shown)s activity is dated too loosely to place and stands in no number.",
    "%(shown)s activities are dated too loosely to place and stand in no number.",
    "n",
)


def paragraph(findings: Mapping[str, Finding], *, when: str, who: str, published: bool) -> str:
    """What was logged, what is not known, and that published figures stand apart, as sentences."""
    return " ".join(capfirst(one) for one in _sentences(findings, when, who, published))


def _sentences(findings: Mapping[str, Finding], when: str, who: str, published: bool) -> Iterator[str]:
    clauses = [clause for clause in (_clause(findings, *one) for one in CLAUSES) if clause]
    if clauses:
        yield _("%(when)s, %(who)s %(did)s.") % {"when": when, "who": who, "did": "; ".join(clauses)}
        yield _("Each activity counted once, that makes %(total)s.") % {
            "total": number_format(findings["activities"].logged or 0)
        }
    else:
        yield _("%(when)s, no activity of %(who)s is logged.") % {"when": when, "who": who}
    sized = [findings[code] for code in ("officials_out", "guests_in") if code in findings]
    if unknown := sum(one.unknown_people for one in sized):
        yield _agreeing(DELEGATIONS_OF_UNKNOWN_SIZE, unknown)
    if undetermined := findings["activities"].undetermined:
        yield _agreeing(UNDETERMINED, undetermined)
    if published:
        yield _("Published figures stand beside these with their own periods and are never added to them.")


def _clause(findings: Mapping[str, Finding], code: str, did, brought: list) -> str:
    """What was done, and whom it brought along where that is known; nothing where nothing was done, or asked for."""
    number = findings[code].logged if code in findings else None
    if not number:
        return ""
    along = ((phrase, findings[one].logged) for one, phrase in brought)
    return " ".join([_agreeing(did, number), *(_agreeing(phrase, known) for phrase, known in along if known)])


def _agreeing(phrase, number: int) -> str:
    return phrase % {"n": number, "shown": number_format(number)}
