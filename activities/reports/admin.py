"""Report files, signed reports and audits, to look at: nobody writes them here. Templates, to upload."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path

from activities.reports.models import (
    AuditRun,
    Digest,
    Distinct,
    DuplicateSearch,
    Merge,
    Notice,
    PaperTemplate,
    ReportFile,
    ReportTemplate,
    SignedFile,
    Suspicion,
    TermReport,
)
from unionrelations.accounts.branches import BranchFilter
from unionrelations.kit.admin import ReadOnlyAdmin, ScopedAdmin
from unionrelations.kit.writers import FORMATS
from unionrelations.kit.writers.docx import HOUSE_TEMPLATE, house_template


@admin.register(ReportFile)
class ReportFileAdmin(ReadOnlyAdmin):
    list_display = ("union", "term", "first_day", "last_day", "under", "format", "language", "state", "asked_at")
    list_filter = ("state", "format", BranchFilter)
    date_hierarchy = "asked_at"
    search_fields = ("format",)
    search_through = ("union",)
    autocomplete_fields = ("union", "term", "asked_by")


@admin.register(ReportTemplate)
class ReportTemplateAdmin(ScopedAdmin):
    """A faulty file is refused when it is uploaded, with the placeholder at fault."""

    list_display = ("union", "file", "note", "changed_at", "changed_by")
    list_filter = (BranchFilter,)
    search_fields = ("note",)
    search_through = ("union",)
    autocomplete_fields = ("union",)
    fields = ("union", "file", "note")

    def get_changeform_initial_data(self, request):
        return {"union": request.user.union_id} | super().get_changeform_initial_data(request)

    def get_urls(self):
        house = path("house/", self.admin_site.admin_view(self.house), name="reports_reporttemplate_house")
        return [house, *super().get_urls()]

    def house(self, request):
        """The house's own template, to begin with."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        headers = {"Content-Disposition": f'attachment; filename="{HOUSE_TEMPLATE.name}"'}
        return HttpResponse(house_template(), content_type=FORMATS["docx"].media_type, headers=headers)


@admin.register(PaperTemplate)
class PaperTemplateAdmin(ScopedAdmin):
    """The same files as on the page of templates, where the house's own and the placeholders are."""

    list_display = ("union", "kind", "language", "file", "note", "changed_at", "changed_by")
    list_filter = ("kind", "language", BranchFilter)
    search_fields = ("note",)
    search_through = ("union",)
    autocomplete_fields = ("union",)
    fields = ("union", "kind", "language", "file", "note")

    def get_changeform_initial_data(self, request):
        return {"union": request.user.union_id} | super().get_changeform_initial_data(request)


@admin.register(TermReport)
class TermReportAdmin(ReadOnlyAdmin):
    """Drafted, submitted and signed on the report's own pages. What was frozen is long, and is read there too."""

    list_display = ("title", "union", "first_day", "last_day", "under", "state", "number", "signed_at", "signed_by")
    list_filter = ("state", BranchFilter)
    date_hierarchy = "signed_at"
    search_fields = ("title",)
    search_through = ("union",)
    autocomplete_fields = ("union", "term", "partner", "country")
    exclude = ("figures", "rows", "frame")


@admin.register(SignedFile)
class SignedFileAdmin(ReadOnlyAdmin):
    list_display = ("report", "format", "state", "size", "sha256", "finished_at", "error")
    list_filter = ("state", "format")
    search_fields = ("format",)
    autocomplete_fields = ("report",)


@admin.register(Digest)
class DigestAdmin(ReadOnlyAdmin):
    list_display = ("person", "slot", "day", "state", "address", "finished_at", "error")
    list_filter = ("state",)
    date_hierarchy = "slot"
    search_fields = ("address", "person__username")
    autocomplete_fields = ("person",)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("person", "title", "rule", "due_on", "stage", "digest")
    list_filter = ("rule",)
    date_hierarchy = "due_on"
    search_fields = ("title", "person__username")
    autocomplete_fields = ("person", "digest")


@admin.register(AuditRun)
class AuditRunAdmin(ReadOnlyAdmin):
    """An audit compares every union's figures, so it is read by those who read every union's."""

    list_display = ("asked_at", "state", "compared", "mismatch_count", "finished_at", "error")
    list_filter = ("state",)
    date_hierarchy = "asked_at"

    def has_view_permission(self, request, obj=None):
        return request.user.sees_every_union and super().has_view_permission(request, obj)

    @admin.display(description=AuditRun._meta.get_field("mismatches").verbose_name)
    def mismatch_count(self, one):
        return len(one.mismatches)


@admin.register(Suspicion)
class SuspicionAdmin(ReadOnlyAdmin):
    list_display = ("label", "first", "second", "score")
    list_filter = ("label",)


@admin.register(Distinct)
class DistinctAdmin(ReadOnlyAdmin):
    """Said, and taken back, on the page of likely duplicates."""

    list_display = ("label", "first", "second", "why", "said_by", "said_at")
    list_filter = ("label",)
    date_hierarchy = "said_at"
    search_fields = ("why",)


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    """Merged and taken apart on pages of their own. What it takes to undo a merge is long, and read by nobody."""

    list_display = ("gone_name", "kept_name", "label", "merged_at", "merged_by", "undone_at", "undone_by")
    list_filter = ("label",)
    date_hierarchy = "merged_at"
    search_fields = ("gone_name", "kept_name")
    exclude = ("payload",)


@admin.register(DuplicateSearch)
class DuplicateSearchAdmin(ReadOnlyAdmin):
    list_display = ("asked_at", "state", "found", "finished_at", "error")
    list_filter = ("state",)
    date_hierarchy = "asked_at"
