"""One question for everything, answered group by group as the page's field answers it."""

from __future__ import annotations

from django.utils.html import strip_tags
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.reverse import reverse

from unionrelations.deeds.search import LONGEST, Finder

from .base import Deed, key

WORDS = OpenApiParameter("q", str, description="Names or words, with marks or without.")


class Found(serializers.Serializer):
    title = serializers.CharField()
    beside = serializers.CharField(allow_blank=True, help_text="What stands under the title on the page.")
    entity = serializers.CharField(allow_blank=True)
    id = key(allow_null=True)
    url = serializers.URLField(allow_null=True, help_text="In the API; null where the API has none.")
    page = serializers.URLField()


class FoundGroup(serializers.Serializer):
    label = serializers.CharField()
    results = Found(many=True)


class Answers(serializers.Serializer):
    groups = FoundGroup(many=True)


class Search(Deed):
    """A few of each kind; the list of that kind has all of them, asked with the same `q`."""

    @extend_schema(parameters=[WORDS], responses=Answers, operation_id="search")
    def get(self, request):
        finder = Finder(request.user, request.query_params.get("q", "").replace("\0", "").strip()[:LONGEST])
        groups = [{"label": one.label, "results": list(map(self._told, one.hits))} for one in finder.groups()]
        return Response({"groups": [one for one in groups if one["results"]]})

    def _told(self, hit) -> dict:
        url = reverse(f"api-{hit.slug}-detail", args=[hit.key], request=self.request) if hit.slug else None
        return {
            "title": str(hit.title),
            "beside": strip_tags(str(hit.sub)),
            "entity": hit.slug,
            "id": hit.key,
            "url": url,
            "page": self.request.build_absolute_uri(hit.url),
        }
