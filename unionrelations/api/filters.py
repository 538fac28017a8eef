"""The lists' filter sets behind the endpoints: words such as "this term" mean the same there, on today's day."""

from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend

from activities.entities.spans import spans_for


class SpansBackend(DjangoFilterBackend):
    def get_filterset_kwargs(self, request, queryset, view):
        spans = spans_for(request.user, timezone.localdate())
        return super().get_filterset_kwargs(request, queryset, view) | {"spans": spans}
