"""The page of a country: whom we know there, who went and came, and where it lies."""

from __future__ import annotations

from django.utils import timezone

from .meetings import Met
from .pages import EntityDetail
from .world import World


class CountryPage(EntityDetail):
    template_name = "records/country.html"

    def get_context_data(self, **context):
        met = Met(self.request, country=self.object.code)
        return super().get_context_data(
            met=met,
            last=met.last(timezone.localdate()),
            world=World.of_one(self.object),
            **context,
        )
