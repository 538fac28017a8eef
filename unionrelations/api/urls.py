"""The endpoints' addresses: each entity's slug, and the schema that describes them."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from unionrelations.catalogue import ENTITIES
from unionrelations.kit import converters  # noqa: F401 addresses name records by them

from .building import viewset_for
from .deeds.steps import StepsOf

router = DefaultRouter()
for entity in ENTITIES:
    router.register(entity.slug, viewset_for(entity), basename=f"api-{entity.slug}")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    path("activities/<key:pk>/steps/", StepsOf.as_view(), name="api-activity-steps"),
    *router.urls,
]
