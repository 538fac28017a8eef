"""Every address of the house; the doors name their own."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from unionrelations.web.door.urls import library

urlpatterns = [
    # One door and one place for a password: the back office has none of its own.
    path("admin/login/", login_not_required(RedirectView.as_view(pattern_name="sign-in", query_string=True))),
    path("admin/password_change/", RedirectView.as_view(pattern_name="password")),
    path("admin/", admin.site.urls),
    path("api/", include("unionrelations.api.urls")),
    path("", include("unionrelations.web.urls")),
    path("", include(library)),
]

handler400 = "unionrelations.web.session.bad_request"
handler403 = "unionrelations.web.session.forbidden"
handler404 = "unionrelations.web.session.not_found"
handler500 = "unionrelations.web.session.broken"
