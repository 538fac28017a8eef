"""Questions about partners and agreements. Never knows what we did with them."""

from django.db.models import Case, F, IntegerField, Q, Value, When

from unionrelations.kit.folding import MOST_WORDS, FindableQuerySet, fold
from unionrelations.kit.periods import Period
from unionrelations.kit.scoping import ScopedQuerySet

# Words that half of all organisations share, folded.
COMMON = frozenset(
    fold(
        "công đoàn liên hiệp hội tổ chức trung ương tổng ngành quốc gia tế thế giới toàn cầu người động việt của và "
        "union unions trade labour labor workers federation confederation national international of the and"
    ).split()
)
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
        """Those that may be the same organisation under another spelling, at most 5, the nearest first."""
        telling = _telling(name)
        if not telling:
            return []
        hits = sum(
            (Case(When(folded__contains=one, then=1), default=0, output_field=IntegerField()) for one in telling),
            start=Value(0),
        )
        rows = self.alias(hits=hits).filter(hits__gt=0).order_by("-hits", "pk")[:MOST_COMPARED]
        near = sorted(((_likeness(telling, one), one) for one in rows), key=lambda pair: -pair[0])
        return [one for likeness, one in near if likeness >= ALIKE][:5]

    def get_by_natural_key(self, code):
        return self.get(code=code)


def _telling(name: str) -> frozenset[str]:
    """The folded words of a name that tell organisations apart; all of them where none does."""
    words = frozenset(fold(name).split()[:MOST_WORDS])
    return words - COMMON or words


def _likeness(telling: frozenset[str], partner) -> float:
    """0 to 1: the share of telling words that one of its names has in common; 1 where one name holds the other."""
    best = 0.0
    for line in filter(None, partner.folded.split("\n")):
        theirs = _telling(line)
        common = len(telling & theirs)
        best = max(best, common / min(len(telling), len(theirs)) if common else 0.0)
    return best


class PartnerAffiliationQuerySet(ScopedQuerySet):
    def get_by_natural_key(self, partner, federation):
        return self.get(partner__code=partner, federation__code=federation)


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

    def writable_by(self, user):
        seen = self.visible_to(user)
        if user.sees_everything or user.union_id is None:
            return seen
        return seen.filter(pk__in=self._with(parties__union__path__startswith=user.union.path))

    def of(self, union, *, under: bool):
        """Those the union is a party to; with `under`, also those of unions below it. Each once."""
        parties = {"parties__union__path__startswith": union.path} if under else {"parties__union": union}
        return self.filter(pk__in=self._with(**parties))

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
