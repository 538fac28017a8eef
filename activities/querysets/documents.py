"""Questions about published papers and what was read from them. Never knows who asks, nor why."""

from __future__ import annotations

from django.db.models import Case, F, OuterRef, Prefetch, Q, When
from django.db.models.functions import Coalesce

from unionrelations.kit.folding import FindableQuerySet
from unionrelations.kit.periods import Period
from unionrelations.kit.probing import Probe
from unionrelations.kit.scoping import ScopedQuerySet
from unionrelations.kit.windows import Precision

from .restrictions import HeldBackQuerySet


class SourceDocumentQuerySet(ScopedQuerySet, FindableQuerySet):
    """Published papers; a union reads its own, those of the unions above, and those that tell of none in particular."""

    scope_path = "union"
    handed_down = True

    def for_listing(self):
        return self.select_related("union")

    def get_by_natural_key(self, code):
        return self.get(code=code)


class SourceLinkQuerySet(HeldBackQuerySet):
    """Read with the record it belongs to."""

    scope_path = "document"

    def within(self, user) -> Q:
        """Asked link by link: few are read at once, and what a reader sees of activities may be all there are."""
        seen = Q(partner__isnull=False)
        for record in ("activity", "union", "officer", "relation_event", "agreement"):
            rows = self.model._meta.get_field(record).related_model.objects.visible_to(user)
            seen |= Q(Probe(rows.order_by().filter(pk=OuterRef(record))))
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

    def alike(self, figure):
        """Those that tell of the same union, indicator and days, this one among them."""
        return self.filter(
            union=figure.union_id,
            indicator=figure.indicator,
            first_day=figure.first_day,
            last_day=figure.last_day,
        )

    def with_explanations(self):
        """Each with what people said of its gap, in one further query."""
        explanations = self.model._meta.get_field("explanations").related_model._default_manager
        return self.prefetch_related(Prefetch("explanations", explanations.for_listing()))

    def get_by_natural_key(self, document, place, union, indicator, printed):
        return self.get(document__code=document, place=place, union__code=union, indicator=indicator, printed=printed)


class GapExplanationQuerySet(ScopedQuerySet):
    """Read and written with the figure whose gap it explains."""

    scope_path = "figure__union"

    def for_listing(self):
        return self.select_related("figure", "changed_by").order_by("pk")


class ProposalQuerySet(HeldBackQuerySet, FindableQuerySet):
    """A proposal was made when the activity it was made at began, else when its document was published."""

    scope_path = "union"

    def for_listing(self):
        return self.select_related("union", "document", "activity")

    def made_within(self, period: Period):
        """Those surely made in the period: the whole window lies inside."""
        return self._dated().filter(self._inside(period))

    def perhaps_made_within(self, period: Period):
        """Those that may or may not have been made in it: the window crosses its edge."""
        touching = self._dated().filter(made_first__lte=period.last, made_last__gte=period.start)
        return touching.exclude(self._inside(period))

    def undated(self):
        """Those made at no activity that is named, and read from a document that is not dated to the day."""
        return self.filter(activity__isnull=True, document__published_on__isnull=True)

    def _dated(self):
        """With the first and the last day on which each can have been made."""
        to_the_day = When(activity__precision=Precision.DAY, then=F("activity__starts_on"))
        return self.alias(
            made_first=Coalesce("activity__starts_on", "document__published_on"),
            made_last=Coalesce(Case(to_the_day, default=F("activity__ends_on")), "document__published_on"),
        )

    @staticmethod
    def _inside(period: Period) -> Q:
        return Q(made_first__gte=period.start, made_last__lte=period.last)

    def get_by_natural_key(self, document, union, text):
        return self.get(document__code=document, union__code=union, text=text)
