"""The endpoints' addresses: each entity's slug, and the schema that describes them."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from unionrelations.catalogue import ENTITIES
from unionrelations.kit import converters  # noqa: F401 addresses name records by them

from .building import viewset_for
from .deeds import imports, merges, reports, undoing
from .deeds.due import WhatIsDue
from .deeds.search import Search
from .deeds.steps import StepsOf
from .parts import part_urls

router = DefaultRouter()
for entity in ENTITIES:
    router.register(entity.slug, viewset_for(entity), basename=f"api-{entity.slug}")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    path("activities/<key:pk>/steps/", StepsOf.as_view(), name="api-activity-steps"),
    path("imports/", imports.Imports.as_view(), name="api-imports"),
    path("imports/<key:pk>/", imports.OneImport.as_view(), name="api-import"),
    path("imports/<key:pk>/rows/", imports.RowsOfImport.as_view(), name="api-import-rows"),
    path("imports/<key:pk>/decide/", imports.DecideImport.as_view(), name="api-import-decide"),
    path("imports/<key:pk>/give-up/", imports.GiveUpImport.as_view(), name="api-import-give-up"),
    path("imports/<key:pk>/undo/", imports.TakeImportBack.as_view(), name="api-import-undo"),
    path("imports/<key:pk>/original/", imports.OriginalOfImport.as_view(), name="api-import-original"),
    path("imports/<key:pk>/refused/", imports.RefusedOfImport.as_view(), name="api-import-refused"),
    path("duplicates/", merges.Duplicates.as_view(), name="api-duplicates"),
    path("merges/", merges.Merges.as_view(), name="api-merges"),
    path("merges/<key:pk>/", merges.OneMerge.as_view(), name="api-merge"),
    path("merges/<key:pk>/undo/", merges.TakeApart.as_view(), name="api-merge-undo"),
    path("history/<key:pk>/undo/", undoing.UndoOf.as_view(), name="api-history-undo"),
    path("bin/", undoing.Bin.as_view(), name="api-bin"),
    path("due/", WhatIsDue.as_view(), name="api-due"),
    path("search/", Search.as_view(), name="api-search"),
    path("reports/<slug:code>/", reports.ReportOfDays.as_view(), name="api-report-days"),
    path("reports/<slug:code>/<slug:name>/", reports.ReportOfTerm.as_view(), name="api-report-term"),
    path("report-files/", reports.ReportFiles.as_view(), name="api-report-files"),
    path("report-files/<key:pk>/", reports.ReportFileStands.as_view(), name="api-report-file"),
    path("report-files/<key:pk>/content/", reports.ReportFileContent.as_view(), name="api-report-file-content"),
    path("signed-reports/", reports.SignedReports.as_view(), name="api-signed-reports"),
    path("signed-reports/<key:pk>/", reports.OneSignedReport.as_view(), name="api-signed-reports-detail"),
    *(url for entity in ENTITIES for url in part_urls(entity)),
    *router.urls,
]
