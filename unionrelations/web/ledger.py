"""The page of money: the costs a reader asks for, added up along one cut; each number opens its rows.

Page, files and the list behind a number answer from the same filter set. Never adds anything up itself.
"""

from __future__ import annotations

from functools import cached_property

from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils.text import capfirst
from django_filters.views import FilterView

from activities.entities.costs import UNDETERMINED
from activities.reports.ledger import Cut, Ledger
from unionrelations.kit.writers import FORMATS

from .asked import address, chips_of, notes_on
from .entities import FilteredMixin
from .files import download

CUT = "by"
MOST_SHOWN = 200  # lines; a file has all of them


class LedgerPage(FilteredMixin, FilterView):
    @cached_property
    def cut(self) -> Cut:
        asked = self.request.GET.get(CUT)
        return Cut(asked) if asked in Cut.values else Cut.SOURCE

    def get_template_names(self):
        return ["money/page.html"]

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.object_list, self.cut, self.request.user)

    def get_context_data(self, **context):
        asked, filterset = self.request.GET, self.filterset
        notes = notes_on(filterset, asked, {CUT})
        if asked.get("format"):
            return {"notes": notes}
        return super().get_context_data(
            ledger=self.ledger,
            lines=[self._with_links(one) for one in self.ledger.lines[:MOST_SHOWN]],
            left_out=max(len(self.ledger.lines) - MOST_SHOWN, 0),
            whole=self._with_links(self.ledger.whole),
            undetermined=self._undetermined(),
            cuts=[(capfirst(str(one.label)), address(asked, by=one), one == self.cut) for one in Cut],
            chips=chips_of(filterset, asked),
            notes=notes,
            rows_url=self._rows(),
            exports=[(name.upper(), f"{address(asked, by=self.cut)}&format={name}") for name in FORMATS],
            **context,
        )

    def _rows(self, **more: str) -> str:
        """The list of costs, asked for the same and for this besides."""
        return f"{reverse('costs-list')}{address(self.request.GET, **{CUT: None}, **more)}"

    def _with_links(self, line) -> tuple:
        """(the line, then where all its items, its estimates, its settlements and what is open are listed)."""
        return (
            line,
            self._rows(**line.asked),
            self._rows(**line.asked, estimated="true"),
            self._rows(**line.asked, settled="true"),
            self._rows(**line.asked, settled="false"),
            self._rows(**line.asked, over="true"),
        )

    def _undetermined(self) -> tuple[int, str]:
        """How many items may be of the period asked for, and where they are listed."""
        if not any(self.request.GET.get(one) for one in ("period", "since", "until")):
            return 0, ""
        data = self.request.GET.copy()
        data["certainty"] = UNDETERMINED
        kwargs = self.get_filterset_kwargs(self.filterset_class) | {"data": data}
        return self.filterset_class(**kwargs).qs.order_by().count(), self._rows(certainty=UNDETERMINED)

    def render_to_response(self, context, **kwargs):
        chosen = self.request.GET.get("format")
        if not chosen:
            return super().render_to_response(context, **kwargs)
        if context["notes"] or chosen not in FORMATS:
            raise BadRequest(" ".join(context["notes"]))
        return download(self.ledger.as_document(), FORMATS[chosen])
