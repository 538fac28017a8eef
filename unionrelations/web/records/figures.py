"""The page of a published figure: what it says, what is logged beside it, and how people explain the gap."""

from __future__ import annotations

from django.utils.translation import gettext as _

from activities.reports.published import standing
from unionrelations.accounts.models import Union

from .pages import EntityDetail


class FigurePage(EntityDetail):
    template_name = "records/figure.html"

    def get_context_data(self, **context):
        return super().get_context_data(standing=list(self._standing()), **context)

    def _standing(self):
        """(whose activities, the figure beside them): the union's own and, where it has unions below, with theirs."""
        if not self.object.indicator:
            return
        yield _("of its own"), standing(self.object, under=False)
        if Union.objects.visible_to(self.request.user).filter(parent=self.object.union_id).exists():
            yield _("with the unions below"), standing(self.object, under=True)
