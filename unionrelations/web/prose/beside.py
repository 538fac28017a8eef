"""What is stored already of the same union and indicator, or read from the same document. Never changes anything."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q

from activities.models import ReportedFigure, SourceDocument
from unionrelations.kit.folding import spell
from unionrelations.kit.periods import Period
from unionrelations.kit.typed_dates import read_when

from .candidates import Candidate

MOST_SHOWN = 3  # beside one candidate


class Beside:
    """Asked once for all candidates of a page."""

    def __init__(self, candidates: Iterable[Candidate], user, document: SourceDocument | None):
        candidates = list(candidates)
        self.document = document
        unions = {one.union_key for one in candidates} - {None}
        wanted = Q(union__in=unions, indicator__in={one.raw("indicator") for one in candidates} - {""})
        if document is not None:
            wanted |= Q(document=document.pk)
        rows = ReportedFigure.objects.visible_to(user).filter(wanted).for_listing() if candidates else ()
        self.rows = list(rows)

    def of(self, candidate: Candidate) -> list[tuple[ReportedFigure, bool]]:
        """(figure, whether it stands in this very document), those that may be the same first."""
        found = [(one, self._is_here(one)) for one in self.rows if self._meets(one, candidate)]
        return sorted(found, key=lambda pair: not pair[1])[:MOST_SHOWN]

    def _is_here(self, figure: ReportedFigure) -> bool:
        return self.document is not None and figure.document_id == self.document.pk

    def _meets(self, figure: ReportedFigure, candidate: Candidate) -> bool:
        if figure.indicator != candidate.raw("indicator"):
            return False
        if self._is_here(figure) and spell(figure.printed) == spell(candidate.raw("printed")):
            return True
        if figure.union_id != candidate.union_key:
            return False
        period = _period_of(candidate)
        return period is not None and figure.period.overlaps(period)


def _period_of(candidate: Candidate) -> Period | None:
    try:
        read = read_when(candidate.raw("when"), None)
    except ValidationError:
        return None
    return Period(read.starts_on, read.ends_on or read.starts_on)
