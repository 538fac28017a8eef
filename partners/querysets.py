"""Questions about partners and agreements. Never knows what we did with them."""

from datetime import date

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from partners.likeness import Names, same_partner, telling_words
from partners.standing import Standing
from unionrelations.kit.folding import FindableQuerySet, fold
from unionrelations.kit.periods import Period
from unionrelations.kit.scoping import ScopedQuerySet

MOST_COMPARED = 200  # rows looked at when a name is compared
ALIKE = 0.75


class CountryQuerySet(ScopedQuerySet, FindableQuerySet):
    """Countries are shared: everyone reads all of them."""

    def get_by_natural_key(self, code):
        return self.get(code=code)


class PartnerQuerySet(ScopedQuerySet, FindableQuerySet):
    """Partners are shared: every union sees all of them, so that none is entered twice."""

    def for_listing(self):
        return self.select_related("country")

    def near(self, name: str) -> list:
        """Those that may be the same organisation under another spelling, at most 5, the nearest first.

        Whatever is found alike at night is near, and more: a name being typed may hold only the word that tells.
        """
        telling = telling_words(name)
        if not telling:
            return []
        stems = {part for word in telling if len(word) > 3 for part in (word[:3], word[-3:])}
        hits = sum(
            (
                Case(When(folded__contains=one, then=1), default=0, output_field=IntegerField())
                for one in telling | stems
            ),
            start=Value(0),
        )
        rows = self.alias(hits=hits).filter(hits__gt=0).order_by("-hits", "pk")[:MOST_COMPARED]
        typed = Names.of(None, fold(name), None)
        alike = ((same_partner(typed, Names.of(one.pk, one.folded, None)), one) for one in rows)
        near = [(found.score if found else 0, _likeness(telling, one), one) for found, one in alike]
        near.sort(key=lambda row: (-row[0], -row[1]))
        return [one for score, share, one in near if score or share >= ALIKE][:5]

    def names(self):
        """What each goes by, for comparing all of them."""
        return [Names.of(*row) for row in self.order_by("pk").values_list("pk", "folded", "country_id")]

    def get_by_natural_key(self, code):
        return self.get(code=code)


def _likeness(telling: frozenset[str], partner) -> float:
    """0 to 1: the share of telling words that one of its names has in common; 1 where one name holds the other."""
    best = 0.0
    for line in filter(None, partner.folded.split("\n")):
        theirs = telling_words(line)
        common = len(telling & theirs)
        best = max(best, common / min(len(telling), len(theirs)) if common else 0.0)
    return best


class PartnerAffiliationQuerySet(ScopedQuerySet):
    def get_by_natural_key(self, partner, federation):
        return self.get(partner__code=partner, federation__code=federation)


class CoverageQuerySet(ScopedQuerySet):
    """Who looks after a partner; read by the officer's union and those above."""

    scope_path = "officer__union"

    def for_listing(self):
        return self.select_related("officer__union", "partner")


class ContactQuerySet(ScopedQuerySet, FindableQuerySet):
    def for_listing(self):
        return self.select_related("partner")

    def get_by_natural_key(self, partner, name):
        return self.get(partner__code=partner, name=name)


class RelationEventQuerySet(ScopedQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union", "partner")

    def get_by_natural_key(self, union, partner, kind, starts_on):
        return self.get(union__code=union, partner__code=partner, kind=kind, starts_on=starts_on)


class AgreementQuerySet(ScopedQuerySet, FindableQuerySet):
    """An agreement is read by every union that is a party to it or has inherited it, and by those above; written by
    the parties alone."""

    scope_path = "parties__union"

    def within(self, user) -> Q:
        inherited = self._with(events__heir__path__startswith=user.union.path)
        return Q(pk__in=self._with(parties__union__path__startswith=user.union.path)) | Q(pk__in=inherited)

    def written_from(self, user) -> Q:
        return Q(pk__in=self._with(parties__union__path__startswith=user.union.path))

    def of(self, union, *, under: bool):
        """Those the union is a party to; with `under`, also those of unions below it. Each once."""
        parties = {"parties__union__path__startswith": union.path} if under else {"parties__union": union}
        return self.filter(pk__in=self._with(**parties))

    def own_of(self, user):
        """What the person sees of what their own union is a party to or has inherited: all of it, once signed in."""
        mine = Q(pk__in=self._with(parties__union=user.union)) | Q(pk__in=self._with(events__heir=user.union))
        return self.filter(mine) if user.is_active and user.union_id else self.none()

    def as_of(self, day: date):
        """Each with its `standing` on this day and the `last_day` known then, from what had happened by that day.

        Without a first day it is in force from its signing. An end stays an end, whatever is written after it; past its
        last day nothing is merely suspended. Of two extensions of one day the longer holds; an extension that names no
        last day leaves none.
        """
        happened = self.model._meta.get_field("events").related_model._default_manager.filter(
            agreement=OuterRef("pk"), day__lte=day
        )
        extended = happened.filter(kind="extended").order_by("-day", F("until").desc(nulls_last=True))
        paused = happened.filter(kind__in=("suspended", "resumed")).order_by("-day", "kind")  # resumed on the same day
        ended = Exists(happened.filter(kind__in=("terminated", "withdrawn")))
        last = Case(When(Exists(extended), then=Subquery(extended.values("until")[:1])), default=F("in_force_to"))
        known = self.annotate(
            first_day=Coalesce("in_force_from", "signed_to"), last_day=last, paused=Subquery(paused.values("kind")[:1])
        )
        return known.annotate(
            standing=Case(
                When(ended, then=Value(Standing.ENDED)),
                When(Q(first_day__isnull=True) | Q(first_day__gt=day), then=Value(Standing.NOT_YET)),
                When(last_day__lt=day, then=Value(Standing.EXPIRED)),
                When(paused="suspended", then=Value(Standing.SUSPENDED)),
                default=Value(Standing.IN_FORCE),
                output_field=CharField(),
            )
        )

    def _with(self, **parties):
        return self.model._base_manager.filter(**parties).values("pk")

    def signed_within(self, period: Period):
        """Those whose signing surely lies in the period."""
        return self.filter(signed_from__gte=period.start, signed_to__lte=period.last)

    def perhaps_signed_within(self, period: Period):
        """Those whose signing may or may not lie in the period: the window crosses its edge."""
        touching = self.filter(signed_from__lte=period.last, signed_to__gte=period.start)
        return touching.exclude(signed_from__gte=period.start, signed_to__lte=period.last)

    def for_listing(self):
        return self.prefetch_related("parties__union", "parties__partner").order_by(
            F("signed_from").desc(nulls_last=True), "-pk"
        )

    def get_by_natural_key(self, code):
        return self.get(code=code)


class AgreementPartyQuerySet(ScopedQuerySet):
    """Read with the agreement it belongs to."""

    def within(self, user) -> Q:
        agreements = self.model.agreement.field.related_model.objects.visible_to(user)
        return Q(agreement__in=agreements)

    scope_path = "agreement"


class AgreementEventQuerySet(AgreementPartyQuerySet):
    pass
