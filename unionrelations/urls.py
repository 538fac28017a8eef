"""Every address of the house; the doors name their own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("unionrelations.api.urls")),
    path("", include("unionrelations.web.urls")),
]

handler400 = "unionrelations.web.session.bad_request"
handler403 = "unionrelations.web.session.forbidden"
handler404 = "unionrelations.web.session.not_found"
handler500 = "unionrelations.web.session.broken"
