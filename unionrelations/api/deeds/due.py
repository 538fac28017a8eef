"""What is due, as the page tells it. Never notes that somebody looked: a program is not its person's eyes."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from activities.reports.due.asked import BELOW, UNION, WHOSE, Asked
from activities.reports.due.everything import RULES, due
from activities.reports.due.things import Due

from .base import Deed

MOST = 5000  # of each kind
ASKED = [
    OpenApiParameter("whose", str, enum=[code for code, _words in WHOSE], default=UNION),
    OpenApiParameter("kind", str, enum=list(RULES)),
]


class DueThing(serializers.Serializer):
    kind = serializers.ChoiceField(list(RULES))
    label = serializers.CharField()
    key = serializers.CharField(help_text="With kind and day it is this thing and no other.")
    title = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    first_day = serializers.DateField()
    last_day = serializers.DateField(help_text="The last one on which it is in time.")
    reminded_on = serializers.DateField()
    is_late = serializers.BooleanField()
    distance = serializers.CharField(help_text="How far off, in words.")
    union = serializers.CharField(allow_blank=True)
    page = serializers.URLField()


class DueThings(serializers.Serializer):
    results = DueThing(many=True)


class WhatIsDue(Deed):
    """Of one's own union, unless `whose` says otherwise; the nearest first."""

    refuses = {"GET": ("400",)}

    @extend_schema(parameters=ASKED, responses=DueThings, operation_id="due_list")
    def get(self, request):
        today = timezone.localdate()
        whose = self._one_of("whose", [code for code, _words in WHOSE]) or UNION
        kind = self._one_of("kind", RULES)
        reach = whose if request.user.union_id is not None else BELOW
        found = due(Asked.by(request.user, today, whose=reach, most=MOST), (kind,) if kind else ())
        return Response({"results": [self._told(one, today) for one in found]})

    def _one_of(self, name: str, known) -> str:
        said = self.request.query_params.get(name, "")
        if said and said not in known:
            raise ValidationError({name: [", ".join(known)]})
        return said

    def _told(self, one: Due, today) -> dict:
        return {
            "kind": one.rule.code,
            "label": str(one.rule.label),
            "key": one.key,
            "title": one.title,
            "why": one.why,
            "first_day": one.window.start,
            "last_day": one.window.last,
            "reminded_on": one.reminded_on,
            "is_late": one.is_late(today),
            "distance": one.distance(today),
            "union": one.union,
            "page": self.request.build_absolute_uri(one.url),
        }
