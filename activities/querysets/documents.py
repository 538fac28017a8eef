"""Questions about published papers and what was read from them. Never knows who asks, nor why."""

from __future__ import annotations

from django.db.models import Q

from unionrelations.kit.folding import FindableQuerySet
from unionrelations.kit.periods import Period
from unionrelations.kit.scoping import ScopedQuerySet


class SourceDocumentQuerySet(ScopedQuerySet, FindableQuerySet):
    """Published papers; a union reads its own, those of the unions above, and those that tell of none in particular."""

    scope_path = "union"
    handed_down = True

    def for_listing(self):
        return self.select_related("union")

    def get_by_natural_key(self, code):
        return self.get(code=code)


class SourceLinkQuerySet(ScopedQuerySet):
    """Read with the record it belongs to."""

    scope_path = "document"

    def within(self, user) -> Q:
        seen = Q(partner__isnull=False)
        for record in ("activity", "union", "officer", "relation_event", "agreement"):
            rows = self.model._meta.get_field(record).related_model.objects.visible_to(user)
            seen |= Q(**{f"{record}__in": rows.values("pk")})
        return seen

    def for_listing(self):
        return self.select_related("document", "activity", "union", "officer", "partner", "agreement", "relation_event")

    def get_by_natural_key(self, document, place, record, *key):
        target = self.model._meta.get_field(record).related_model.objects.get_by_natural_key(*key)
        return self.get(document__code=document, place=place, **{record: target})


class ReportedFigureQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union", "document", "subset_of")

    def touching(self, period: Period):
        """Those whose own period shares a day with this one."""
        return self.filter(first_day__lte=period.last, last_day__gte=period.start)

    def get_by_natural_key(self, document, place, union, indicator, printed):
        return self.get(document__code=document, place=place, union__code=union, indicator=indicator, printed=printed)


class ProposalQuerySet(ScopedQuerySet, FindableQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union", "document", "activity")

    def get_by_natural_key(self, document, union, text):
        return self.get(document__code=document, union__code=union, text=text)
