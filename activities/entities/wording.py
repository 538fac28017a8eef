"""Finds activities by several words, each in their own names or in those of a partner or a country of theirs.

How a word is asked for depends on how many hold it, what is found never does. Few are found by the indexes of the three
tables. Of many nobody wants a list: rows are read as they come, newest first, until the page is full and the count at
its limit. Never knows who asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from activities.models import Activity, ActivityCountry, PartnerRole
from partners.models import Country, Partner

SAMPLE = 2000  # of the newest activities, by which a word is judged
COMMON = SAMPLE // 100  # of them that hold a word of which no list is worth making
FEW = 1000  # hits of a word, up to which the activities are named one by one
FEW_PARTNERS = 200  # called by a word, up to which what they took part in is looked up first


@dataclass(frozen=True)
class Wording:
    """The folded words of a search."""

    words: list[str]

    def narrow(self, activities):
        """Those that hold every word."""
        for condition in self._conditions:
            activities = activities.filter(condition)
        return activities

    @cached_property
    def _conditions(self) -> list[Q]:
        common, found = [], []
        for word in self.words:
            by_index = None if word in self._in_many else self._by_index(word)
            if by_index is None:
                common.append(word)
            else:
                found.append(by_index)
        return [*found, *self._read_as_they_come(common)]

    @cached_property
    def _in_many(self) -> set[str]:
        """Those that so many of the newest activities hold that finding all of them takes longer than reading."""
        if len(self.words) == 1:
            return set()  # it is looked for once either way
        newest = Activity.objects.order_by("-starts_on", "-pk").values("folded")[:SAMPLE]
        holding = {f"_{place}": Count("folded", filter=Q(folded__contains=one)) for place, one in enumerate(self.words)}
        found = newest.aggregate(**holding)
        return {one for place, one in enumerate(self.words) if found[f"_{place}"] >= COMMON}

    @cached_property
    def _partners(self) -> dict[str, list[int]]:
        """By word, whom it calls; of many no more than show that they are."""
        named = {one: Partner.objects.filter(folded__contains=one).order_by() for one in self.words}
        return {one: list(some.values_list("pk", flat=True)[: FEW_PARTNERS + 1]) for one, some in named.items()}

    @cached_property
    def _countries(self) -> dict[str, list[int]]:
        every = list(Country.objects.order_by().values_list("pk", "folded"))
        return {one: [pk for pk, folded in every if one in folded] for one in self.words}

    def _by_index(self, word: str) -> Q | None:
        """Each way by its own index: tried one after another for each activity, all of them would be read.

        None where so many partners are called so that the list of what they took part in would be too long.
        """
        named = Activity.objects.filter(folded__contains=word).order_by().values_list("pk")
        partners, countries = PartnerRole.objects.order_by(), ActivityCountry.objects.order_by()
        by_name = (
            partners.filter(partner__folded__contains=word).values_list("activity_id"),
            countries.filter(country__folded__contains=word).values_list("activity_id"),
        )
        few = list(named.union(*by_name, all=True)[: FEW + 1])
        if len(few) <= FEW:
            return Q(pk__in={pk for (pk,) in few})
        if len(self._partners[word]) > FEW_PARTNERS:
            return None
        ways = (
            partners.filter(partner__in=self._partners[word]).values_list("activity_id"),
            countries.filter(country__in=self._countries[word]).values_list("activity_id"),
        )
        return Q(pk__in=named.union(*ways, all=True))

    def _read_as_they_come(self, words: list[str]) -> Iterator[Q]:
        """Of words that many hold, row by row.

        The index is offered the longest alone, as a rule the rarest: how many rows hold two words that like to stand
        together, the database guesses far too low. Beside a list of activities it would rather be used wrongly.
        """
        beside = {one: self._beside(one) for one in words}
        by_index = None if any(beside.values()) else max(words, key=len, default=None)
        for word in words:
            if word == by_index:
                yield Q(folded__contains=word)
            else:
                yield Q(GreaterThan(StrIndex(F("folded"), Value(word)), 0)) | beside[word]

    def _beside(self, word: str) -> Q:
        """Said by who took part or where; nothing where no partner and no country is called so."""
        said = Q()
        partners, countries = self._partners[word], self._countries[word]
        if len(partners) > FEW_PARTNERS:
            said |= Q(Exists(PartnerRole.objects.filter(activity=OuterRef("pk"), partner__folded__contains=word)))
        elif partners:
            said |= Q(Exists(PartnerRole.objects.filter(activity=OuterRef("pk"), partner__in=partners)))
        if countries:
            said |= Q(Exists(ActivityCountry.objects.filter(activity=OuterRef("pk"), country__in=countries)))
        return said
