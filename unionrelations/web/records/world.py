"""The world as a drawing: its land, Hoàng Sa and Trường Sa of Vietnam, and a dot where we have been or come from.

Knows the style sheet's class names. Counts what its reader sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from activities.models import Activity, ActivityCountry
from partners.models import Country
from partners.models.countries import HOME
from unionrelations.kit.drawing.atlas import HEIGHT, ISLANDS, WIDTH, places

SMALL, LARGE = 4.0, 15.0  # radius of a dot, in pixels
# How far the first line of each archipelago's name is moved, in letters, so that both its lines fit beside the islands
# in the large letters of a small drawing too.
LIFTS = (-1.1, 0)


@dataclass(frozen=True)
class Dot:
    country: Country
    x: int
    y: int
    radius: float
    number: int
    url: str


class World:
    """`counted` are (country, number, address of the rows behind it)."""

    width, height = WIDTH, HEIGHT
    islands = tuple((*island, lift) for island, lift in zip(ISLANDS, LIFTS, strict=True))

    def __init__(self, counted: Iterable[tuple[Country, int, str]]):
        self.counted = sorted(counted, key=lambda one: (-one[1], one[0].folded))

    @classmethod
    def of_one(cls, country: Country) -> World:
        return cls([(country, 1, "")])

    @classmethod
    def known_to(cls, user) -> World:
        """Held activities by country, without our own; each number opens its rows."""
        touched = ActivityCountry.objects.visible_to(user).filter(activity__status=Activity.Status.HELD)
        numbers = dict(touched.values_list("country").annotate(number=Count("activity", distinct=True)).order_by())
        countries = Country.objects.visible_to(user).filter(pk__in=numbers).exclude(code=HOME)
        address = reverse("activities-list")
        return cls(
            (one, numbers[one.pk], f"{address}?{urlencode({'country': one.code, 'status': Activity.Status.HELD})}")
            for one in countries
        )

    @property
    def home(self) -> list[int]:
        return places()[HOME]

    @property
    def dots(self) -> Iterator[Dot]:
        """The larger first, so that a small one is never hidden; a country too small for the outline has none."""
        most = max((number for _country, number, _url in self.counted), default=1)
        for country, number, url in self.counted:
            if country.code in places():
                x, y = places()[country.code]
                yield Dot(country, x, y, round(SMALL + (LARGE - SMALL) * (number / most) ** 0.5, 1), number, url)
