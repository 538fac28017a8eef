"""The page of a partner: who it is, how we stand, what we did together, and when last."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.entities import AGREEMENTS
from unionrelations.kit.periods import Period

from .meetings import Met
from .numbers import listed
from .pages import EntityDetail
from .promises import Promised
from .timeline import Item, Timeline
from .visits import ReturnVisits

# What the page shows elsewhere than among its facts.
SHOWN_APART = frozenset({"name", "name_en", "federations"})
LANES = (
    ("relations", _("Relation")),
    ("out", pgettext_lazy("on a timeline", "We went")),
    ("in", pgettext_lazy("on a timeline", "They came")),
    ("conferences", _("Conferences")),
    ("courses", _("Courses")),
    ("agreements", _("Agreements")),
)


class PartnerPage(EntityDetail):
    template_name = "records/partner.html"
    shown_apart = SHOWN_APART

    def get_context_data(self, **context):
        today = timezone.localdate()
        return super().get_context_data(
            met=self.met,
            agreements=self.agreements,
            last=self.met.last(today),
            visits=ReturnVisits(self.met, self.request.user, today),
            promises=Promised(self.request, partner=self.object.pk),
            timeline=Timeline(LANES, self.items(), today),
            **context,
        )

    def _acts(self):
        if self.request.user.has_perm("activities.add_delegation"):
            address = f"{reverse('delegations-new')}?{urlencode({'partners': self.object.pk})}"
            yield _("Log a delegation with it"), address, "plus"
        yield from super()._acts()

    @cached_property
    def met(self) -> Met:
        return Met(self.request, partner=self.object.pk)

    @cached_property
    def agreements(self):
        return listed(AGREEMENTS, self.request, partner=self.object.pk)

    def items(self):
        """What is drawn: events of the relation, what was held together, what was signed."""
        for one in self.parts["relations"].rows:
            yield Item("relations", one.window, one.precision != "day", "c-conf")
        yield from self.met.items
        for one in self.parts["agreements"].rows:
            if one.signed_from:
                end = max(one.last_day or one.signed_to, one.signed_from)
                yield Item("agreements", Period(one.signed_from, end), one.signed_from != one.signed_to, "c-span")
