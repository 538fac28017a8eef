"""The page of a union of ours: profile, terms with their reports, what documents say of it, what it did."""

from __future__ import annotations

from django.utils.functional import cached_property

from activities.entities import ACTIVITIES, DELEGATIONS, FIGURES
from activities.models import Activity, Term
from activities.reports.reports import Report
from unionrelations.accounts.entities.filters import ALONE
from unionrelations.accounts.models import Union

from .meetings import Met
from .numbers import Listed, listed
from .pages import EntityDetail

HELD = Activity.Status.HELD
FIGURES_SHOWN = 8


class UnionPage(EntityDetail):
    template_name = "records/union.html"
    shown_apart = frozenset({"name", "name_en", "kind"})

    def get_context_data(self, **context):
        return super().get_context_data(
            met=Met(self.request, union=self.object.code, under=ALONE),
            own=self._listed(ACTIVITIES, under=ALONE),
            below=self._listed(ACTIVITIES, under=1) if self.parts["below"].rows else None,
            out=self._listed(DELEGATIONS, under=ALONE, direction="out"),
            come=self._listed(DELEGATIONS, under=ALONE, direction="in"),
            line=self.line,
            terms=list(self.terms()),
            figures=self.figures.rows[:FIGURES_SHOWN],
            figures_all=self.figures,
            **context,
        )

    def _listed(self, entity, **asked) -> Listed:
        return listed(entity, self.request, union=self.object.code, status=HELD, **asked)

    @cached_property
    def line(self) -> list[Union]:
        """The unions above it that the reader sees, highest first."""
        seen = Union.objects.visible_to(self.request.user).above(self.object)
        return [one for one in reversed(seen) if one != self.object]

    @cached_property
    def figures(self) -> Listed:
        return listed(FIGURES, self.request, union=self.object.code, under=ALONE)

    def terms(self):
        """(term, its own report, the report with those below it where there are any), newest first."""
        has_below = bool(self.parts["below"].rows)
        for term in Term.objects.visible_to(self.request.user).of(self.object):
            under = Report.of_term(self.object, term, under=True) if has_below else None
            yield term, Report.of_term(self.object, term), under
