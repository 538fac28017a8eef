"""A plan beside what became of it as a file: by quarter, then line by line. Never knows a reader, only their lines."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.models import Outcome, PlanLine
from activities.reports.plans import Beside, Share, Slot
from unionrelations.kit.documents import UNKNOWN, Document, Grid
from unionrelations.kit.windows import Precision, in_words, window_around


def quarter_in_words(slot: Slot) -> str:
    if slot.quarter is None:
        return _("No single quarter")
    whole = window_around(slot.quarter, Precision.QUARTER)
    return capfirst(in_words(whole.start, whole.end, Precision.QUARTER))


def as_document(title: str, beside: Beside) -> Document:
    return Document(title, (_by_quarter(beside), _by_line(beside)))


def _by_quarter(beside: Beside) -> Grid:
    currencies = [one.currency for one in beside.money]
    estimate, spent = _("Estimate"), _("Spent")
    headers = (
        *(
            _("Quarter"),
            _("Lines"),
            str(Outcome.HELD.label),
            str(Outcome.OUTSTANDING.label),
            str(Outcome.DROPPED.label),
        ),
        _("People planned"),
        *(f"{estimate} ({one})" for one in currencies),
        *(_("Held in the quarter"), _("People in fact"), _("Lines without a full headcount")),
        *(f"{spent} ({one})" for one in currencies),
    )
    rows = [_row(quarter_in_words(one), one.share, one.results, currencies) for one in beside.slots]
    rows.append(_row(_("Together"), beside, beside, currencies))
    return Grid(tuple(map(capfirst, headers)), tuple(rows), title=_("Plan and results by quarter"), wide=True)


def _row(name: str, share: Share, results: Share, currencies: list[str]) -> tuple:
    return (
        *(name, len(share), share.held, share.outstanding, share.dropped, _known(share.people)),
        *_money(share, currencies, "estimate"),
        *(results.held, _known(results.people_brought), results.lines_missing_people),
        *_money(results, currencies, "spent"),
    )


def _money(share: Share, currencies: list[str], which: str) -> list:
    of_each = {one.currency: one for one in share.money}
    return [_amount(getattr(of_each.get(one), which, None)) for one in currencies]


def _by_line(beside: Beside) -> Grid:
    headers = (
        *(pgettext("of a plan", "Activity planned"), _("Union"), pgettext("of a plan", "Planned for")),
        *(
            _("People planned"),
            _("People in fact"),
            _("Estimate"),
            _("Currency"),
            _("Spent"),
            pgettext("of a plan", "What became of it"),
        ),
        _("Activities it became"),
    )
    return Grid(headers, tuple(map(_line, beside.lines)), title=_("Plan and results line by line"), wide=True)


def _line(line: PlanLine) -> tuple:
    others = [f"{amount:f} {one}" for one, amount in line.spent.items() if amount is not None and one != line.currency]
    spent = _amount(line.spent_alike) if not others else "; ".join([f"{line.spent_alike or ''}", *others]).strip("; ")
    return (
        *(line.title, line.plan.union.label, line.when, _known(line.people), _known(line.people_brought)),
        *(_amount(line.estimate), line.currency, spent, str(Outcome(line.outcome).label)),
        "; ".join(str(one.activity) for one in line.realised),
    )


def _known(number):
    return UNKNOWN if number is None else number


def _amount(amount):
    return UNKNOWN if amount is None else float(amount)
