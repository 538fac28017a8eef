"""The page of an agreement: how it stands today, until when, and whether anybody works on its renewal."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partners.entities.agreements import PILLS
from partners.standing import Standing
from unionrelations.kit.windows import day_in_words

from .pages import EntityDetail


class AgreementPage(EntityDetail):
    def get_context_data(self, **context):
        return super().get_context_data(pills=list(self.pills()), **context)

    def pills(self):
        """(words, shape): worked out from the dates and events, and never typed."""
        one = self.object
        yield capfirst(Standing(one.standing).label), PILLS[one.standing]
        if one.last_day and one.standing != Standing.ENDED:
            yield _("until %(day)s") % {"day": day_in_words(one.last_day)}, "pill-open"
        if one.renewal_started_on:
            yield _("renewal begun on %(day)s") % {"day": day_in_words(one.renewal_started_on)}, "pill-pen"
