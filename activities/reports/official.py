"""The official paper a report becomes: who issues it, to whom, who signs. Never knows a number of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from unionrelations.accounts.models import Union
from unionrelations.kit.documents import Official

from .kept import KeptReport
from .models import ReportTemplate
from .reports import Report

CONFEDERATION = Union.Kind.CONFEDERATION


def official(report: Report | KeptReport) -> Official:
    union = report.union
    return issued_by(
        union, "BC", subject=_subject(report), period=_period(report), template=lambda: _own_template(union)
    )


def issued_by(union: Union, kind: str, **more) -> Official:
    """Number, place, day and name stay open: the clerk and the signature fill them in.

    `kind` is what offices abbreviate the kind of paper to; "" for one without a number.
    """
    superior = str(union.parent) if union.parent else ""
    sent_to = [_("- %(union)s;") % {"union": superior}] if superior else []
    highest = union.kind == CONFEDERATION
    said = {"subject": "", "period": ""} | more
    return Official(
        superior=superior,
        issuer=str(union),
        number=f"/{kind}-{'TLĐ' if highest else '…'}" if kind else "",
        recipients=(*sent_to, _("- Filed: Office.")),
        signing=_("On behalf of the Presidium") if highest else _("On behalf of the Standing Committee"),
        signer=_("President"),
        **said,
    )


def _subject(report: Report | KeptReport) -> str:
    if report.term:
        return _("Results of external affairs work in the term %(term)s") % {"term": report.term}
    return _("Results of external affairs work, %(period)s") % {"period": report.period_text}


def _period(report: Report | KeptReport) -> str:
    """The days themselves, and whose work is told of."""
    if report.under:
        return _("(%(period)s; with the unions below)") % {"period": report.period_text}
    return f"({report.period_text})"


def _own_template(union: Union) -> bytes | None:
    found = ReportTemplate.objects.of(union)
    return found.contents() if found else None
