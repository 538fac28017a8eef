"""Every figure of every union's reports, as lines: for each term it reports by and each period it has published figures
for, alone and with those below. Never compares."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from activities.models import ReportedFigure, Term
from activities.reports.many import measure_all
from activities.reports.questions import Question
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period

from .archive import Tally, line_of

AT_ONCE = 100  # questions


def figures(tally: Tally) -> Iterator[bytes]:
    """A line for each report: union, days, own or under, and by indicator what is logged, undetermined and unknown."""
    asked = _questions()
    while some := list(islice(asked, AT_ONCE)):
        found = measure_all(some, anew=True)
        for one in some:
            figures = {
                code: [finding.logged, finding.undetermined, finding.unknown_people]
                for code, finding in found[one].items()
            }
            way = "under" if one.under else "own"
            line = line_of([one.union.code, str(one.period.start), str(one.period.end or ""), way, figures])
            tally.add(line, len(figures))
            yield line


def _questions() -> Iterator[Question]:
    published: dict[int, set[Period]] = {}
    for one in ReportedFigure.objects.exclude(indicator=""):
        published.setdefault(one.union_id, set()).add(one.period)
    for union, terms in Term.objects.of_each(Union.objects.order_by("pk")):
        periods = {one.period for one in terms} | published.get(union.pk, set())
        for period in sorted(periods, key=lambda one: (one.start, one.last)):
            for under in (False, True):
                yield Question(union, period, under=under)
