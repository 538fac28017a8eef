"""The endpoints' addresses: each entity's slug, and the schema that describes them."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from unionrelations.catalogue import ENTITIES

from .building import viewset_for

router = DefaultRouter()
for entity in ENTITIES:
    router.register(entity.slug, viewset_for(entity), basename=f"api-{entity.slug}")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    *router.urls,
]
