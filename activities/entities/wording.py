"""Finds activities by several words, each in their own names or in those of a partner or a country of theirs.

How a word is asked for depends on how many hold it, what is found never does. Few are found by the indexes of the three
tables. Of many nobody wants a list: rows are read as they come, newest first, until the page is full; how many there
are is counted when somebody asks. Where many hold each word and few hold all of them, the index finds those. Never
knows who asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, F, OuterRef, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from activities.models import Activity, ActivityCountry, PartnerRole
from partners.models import Country, Partner
from unionrelations.kit.probing import Probe

SAMPLE = 2000  # of the newest activities, by which a word is judged
COMMON = SAMPLE // 100  # of them that hold a word of which no list is worth making
SELDOM = SAMPLE // 400  # of them that hold all words, below which reading until the page is full takes too long
FEW = 1000  # hits of a word, up to which the activities are named one by one
SOON_COUNTED = 1000  # activities of which all are read before anybody would notice
FEW_PARTNERS = 200  # called by a word, up to which what they took part in is looked up first


@dataclass(frozen=True)
class Wording:
    """The folded words of a search."""

    words: list[str]

    def narrow(self, activities):
        """Those that hold every word; where no word is in few, and they are cut from many, it is long to count them."""
        found = activities
        for condition in self._conditions:
            found = found.filter(condition)
        if not self._few and activities.order_by()[: SOON_COUNTED + 1].count() > SOON_COUNTED:
            found.is_long_to_count = True
        return found

    @cached_property
    def _conditions(self) -> list[Q]:
        few = [Q(pk__in=keys) for keys in self._few.values()]
        left = [one for one in self.words if one not in self._few]
        common = [one for one in left if one in self._in_many or len(self._partners[one]) > FEW_PARTNERS]
        by_index = [self._by_index(one) for one in left if one not in common]
        return [*few, *by_index, *self._read_as_they_come(common)]

    @cached_property
    def _in_many(self) -> set[str]:
        """Those that so many of the newest activities hold that finding all of them takes longer than reading."""
        return {one for place, one in enumerate(self.words) if self._sample[f"_{place}"] >= COMMON}

    @cached_property
    def _sample(self) -> dict[str, int]:
        """How many of the newest activities hold each word in their own names, by its place, and how many all."""
        newest = Activity.objects.order_by("-starts_on", "-pk").values("folded")[:SAMPLE]
        held = [Q(folded__contains=one) for one in self.words]
        each = {f"_{place}": Count("folded", filter=one) for place, one in enumerate(held)}
        return newest.aggregate(**each, together=Count("folded", filter=Q(*held)))

    @cached_property
    def _few(self) -> dict[str, set[int]]:
        """By word that few activities hold, which of them do."""
        found = {}
        for word in self.words:
            if word not in self._in_many:
                partners = PartnerRole.objects.filter(partner__folded__contains=word)
                countries = ActivityCountry.objects.filter(country__folded__contains=word)
                found[word] = list(self._each_way(word, partners, countries)[: FEW + 1])
        return {word: {pk for (pk,) in some} for word, some in found.items() if len(some) <= FEW}

    @cached_property
    def _partners(self) -> dict[str, list[int]]:
        """By word, whom it calls; of many no more than show that they are."""
        named = {one: Partner.objects.filter(folded__contains=one).order_by() for one in self.words}
        return {one: list(some.values_list("pk", flat=True)[: FEW_PARTNERS + 1]) for one, some in named.items()}

    @cached_property
    def _countries(self) -> dict[str, list[int]]:
        every = list(Country.objects.order_by().values_list("pk", "folded"))
        return {one: [pk for pk, folded in every if one in folded] for one in self.words}

    def _by_index(self, word: str) -> Q:
        """Of a word that many hold and few partners are called by."""
        partners = PartnerRole.objects.filter(partner__in=self._partners[word])
        countries = ActivityCountry.objects.filter(country__in=self._countries[word])
        return Q(pk__in=self._each_way(word, partners, countries))

    def _each_way(self, word: str, partners, countries):
        """Each by its own index: tried one after another for each activity, all of them would be read."""
        named = Activity.objects.filter(folded__contains=word).order_by().values_list("pk")
        return named.union(*(one.order_by().values_list("activity_id") for one in (partners, countries)), all=True)

    def _read_as_they_come(self, words: list[str]) -> Iterator[Q]:
        """Of words that many hold, row by row; only where few hold all of them the index is asked for those.

        Of words that like to stand together or never do, the database guesses the number far too low or too high, so
        it is offered none of them, but the only one.
        """
        beside = {one: self._beside(one) for one in words}
        alone = [one for one in words if not beside[one]]
        if len(words) == len(alone) == 1:
            yield Q(folded__contains=alone[0])
            return
        if alone and self._sample["together"] < SELDOM and (keys := self._holding_all(alone)) is not None:
            yield Q(pk__in=keys)
            words = [one for one in words if one not in alone]
        for word in words:
            yield Q(GreaterThan(StrIndex(F("folded"), Value(word)), 0)) | beside[word]

    def _holding_all(self, words: list[str]) -> set[int] | None:
        """Those that hold all of these words in their own names; None where they are many."""
        held = Activity.objects.filter(*(Q(folded__contains=one) for one in words)).order_by()
        keys = set(held.values_list("pk", flat=True)[: FEW + 1])
        return keys if len(keys) <= FEW else None

    def _beside(self, word: str) -> Q:
        """Said by who took part or where; nothing where no partner and no country is called so."""
        said = Q()
        partners, countries = self._partners[word], self._countries[word]
        if len(partners) > FEW_PARTNERS:
            said |= Q(Probe(PartnerRole.objects.filter(activity=OuterRef("pk"), partner__folded__contains=word)))
        elif partners:
            said |= Q(Probe(PartnerRole.objects.filter(activity=OuterRef("pk"), partner__in=partners)))
        if countries:
            said |= Q(Probe(ActivityCountry.objects.filter(activity=OuterRef("pk"), country__in=countries)))
        return said
