"""How the rules of a union come in from spreadsheets. Never knows what they are used for."""

from __future__ import annotations

from activities.models import RuleSet
from unionrelations.kit.importing import Importer, columns_of

from .told import WHOSE, remark

RULES = (
    *("by_steps", "most_days", "most_people", "most_countries", "most_trips", "years_between", "days_ahead"),
    *("leaders_apart", "leading_titles"),
)


class RuleSetImporter(Importer):
    """A union has one set of rules, so the union says which it is."""

    model = RuleSet
    said_by = "quy định | rules"
    ignored = WHOSE
    columns = (*columns_of(RuleSet, RULES), remark())

    def known(self, drafts, context):
        own = self.stored(context).first()
        return {self.model._meta.label_lower: own.pk} if own else {}

    def identities(self, draft):
        yield self.model._meta.label_lower
